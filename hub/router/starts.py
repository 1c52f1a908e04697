"""Where router processes began to read: the one small file that a router keeps (delivery rule 9).

It is locked as long as the router runs, so that a second one for the same partitions is refused.
"""

import fcntl
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Protocol

import orjson

from connectors.runtime.errors import StoreBusy
from connectors.runtime.store import Start


class Starts(Protocol):
    """What the routers of the same partitions note for their successors."""

    def read(self) -> Sequence[Start]:
        """A partition's last note each."""

    def write(self, starts: Iterable[Start]) -> None:
        """Note these; the notes of other partitions stand."""


class NoStarts:
    """A router of its own, without successor."""

    def read(self) -> Sequence[Start]:
        return ()

    def write(self, starts: Iterable[Start]) -> None:
        return


class StartsFile:
    """The file of one worker's routers in a run's folder. Close it when the router has ended.

    Raises:
        StoreBusy: another router of this run works on the same partitions.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = path.with_suffix(".lock").open("wb")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._lock.close()
            raise StoreBusy(
                f"another router of this run is at work ({path.with_suffix('.lock')}); two of "
                "them would deliver everything twice: stop that one first"
            ) from None
        self._starts = {(start.topic, start.partition): start for start in self._left()}

    def read(self) -> Sequence[Start]:
        return list(self._starts.values())

    def write(self, starts: Iterable[Start]) -> None:
        self._starts |= {(start.topic, start.partition): start for start in starts}
        part = self._path.with_suffix(".part")
        part.write_bytes(orjson.dumps([asdict(start) for start in self._starts.values()]))
        part.replace(self._path)

    def close(self) -> None:
        """Let another router begin."""
        self._lock.close()

    def _left(self) -> list[Start]:
        if not self._path.is_file():
            return []
        return [Start(**start) for start in orjson.loads(self._path.read_bytes())]
