"""Where the agencies of a run answer: announced in a file, because a restart may change it."""

from collections.abc import Callable
from pathlib import Path

import orjson


def announce(file: Path, url: str, **credentials: str) -> None:
    """Write the address, whole or not at all: a connector may read it at any moment.

    `credentials` open the paths of the real systems there: `token`, `user` and `password`.
    """
    part = file.with_suffix(".part")
    part.write_bytes(orjson.dumps({"url": url, **credentials}))
    part.replace(file)


def address_in(file: Path) -> Callable[[], str]:
    """Reads the address that was announced last. It raises OSError where there is none yet."""

    def read() -> str:
        url: str = orjson.loads(file.read_bytes())["url"]
        return url

    return read


def token_in(file: Path) -> Callable[[], str]:
    """Reads the token that was announced last; OSError where there is none yet."""
    return credential_in(file, "token")


def credential_in(file: Path, name: str) -> Callable[[], str]:
    """Reads one of the credentials that were announced last; OSError where there is none yet."""

    def read() -> str:
        found = orjson.loads(file.read_bytes()).get(name)
        if found is None:
            raise FileNotFoundError(f"{file} names no {name}")
        return str(found)

    return read
