"""Where the agencies of a run answer: announced in a file, because a restart may change it."""

from collections.abc import Callable
from pathlib import Path

import orjson


def announce(file: Path, url: str, *, token: str | None = None) -> None:
    """Write the address, whole or not at all: a connector may read it at any moment.

    `token` opens the paths of the real systems there.
    """
    part = file.with_suffix(".part")
    part.write_bytes(orjson.dumps({"url": url, **({"token": token} if token else {})}))
    part.replace(file)


def address_in(file: Path) -> Callable[[], str]:
    """Reads the address that was announced last. It raises OSError where there is none yet."""

    def read() -> str:
        url: str = orjson.loads(file.read_bytes())["url"]
        return url

    return read


def token_in(file: Path) -> Callable[[], str]:
    """Reads the token that was announced last; OSError where there is none yet."""

    def read() -> str:
        token = orjson.loads(file.read_bytes()).get("token")
        if token is None:
            raise FileNotFoundError(f"{file} names no token")
        return str(token)

    return read
