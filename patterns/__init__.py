"""The vocabulary as a package, so that importlib.resources finds it in a wheel and in an editable install alike."""
