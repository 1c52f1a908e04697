"""`python -m hub.cli` is the command `lienthong`."""

from hub.cli import main

if __name__ == "__main__":
    main()
