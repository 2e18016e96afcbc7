"""`python -m skillsift` is `skillsift`."""

from skillsift.cli import main

main()
