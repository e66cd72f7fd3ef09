"""The door from a checkout: ``python cli.py …`` is ``textsafe …``."""

from textsafe.cli import main

if __name__ == "__main__":
    main()
