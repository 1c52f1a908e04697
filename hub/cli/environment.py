"""Settings from a `.env` in the working directory, and what libraries may print."""

import logging
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


def quiet_client() -> None:
    """Keep the Kafka client's own log lines off the screen: failures reach us as exceptions."""
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)


def log_of_role() -> None:
    """Print what libraries warn of, with the time, for a role's log."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(message)s")
    logging.getLogger("aiokafka").setLevel(logging.WARNING)
