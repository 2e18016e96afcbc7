"""One posting in, one tagged posting out: clean → tokens → matching → sections → resolving → levels → fields → stages."""
