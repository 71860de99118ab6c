"""`python -m deid`: the same program, where the command is not on the path, as often on Windows."""

from deid.cli import main

if __name__ == "__main__":
    main()
