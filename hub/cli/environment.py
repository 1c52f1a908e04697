"""Settings from a `.env` in the working directory."""

import os
from pathlib import Path

PREFIX = "LIENTHONG_"


def read_dotenv(path: Path = Path(".env")) -> None:
    """Put the file's `LIENTHONG_` settings into the environment, under what stands there already.

    So options win over the environment, the environment over the file, the file over defaults.
    """
    if not path.is_file():
        return
    from dotenv import dotenv_values

    for name, value in dotenv_values(path).items():
        if name.startswith(PREFIX) and value:
            os.environ.setdefault(name, value)
