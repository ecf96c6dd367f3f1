"""``python -m westphalia`` is the command line."""

from westphalia.cli import main

if __name__ == "__main__":
    main()
