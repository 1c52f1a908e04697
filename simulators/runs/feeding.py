"""Handing cases in to a run that is up, from its present moment on, whoever else does so too."""

import asyncio
import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

from connectors.runtime.bus import Producer
from connectors.runtime.manifest import Manifest, RunFolder
from connectors.runtime.submissions import ACTION_LINE
from schemas.event import from_text
from schemas.payloads import CaseChain, SubmittedCase
from simulators.arrivals import Arrivals, Submission
from simulators.mix import Mix
from simulators.runs.submitting import Submitter

_CHUNK = 100
"""Cases in one write: more would make another submitter wait."""


class Feed:
    """Submits to one run. Use it inside `with`.

    Each case takes the next ordinal that no line of the run's submissions file has taken, under a
    lock, so that several processes can submit at once and no case code is given twice.
    """

    def __init__(self, folder: RunFolder, manifest: Manifest, producer: Producer) -> None:
        self._submitter = Submitter(folder, manifest, producer, notices=True)
        self._path = folder.submissions
        self._manifest = manifest
        self._mix = Mix(**manifest.mix)
        self._counted = 0
        """Bytes of the submissions file whose lines are counted."""
        self._lines = 0

    def __enter__(self) -> "Feed":
        self._submitter.__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        self._submitter.__exit__(None, None, None)

    def now(self) -> datetime:
        """The run's present moment; its start in a run where no time passes by itself."""
        return self._manifest.clock().now() or from_text(self._manifest.start)

    async def submit(self, count: int, chain: CaseChain | None = None) -> list[Submission]:
        """Hand in generated cases; the broker has acknowledged them on return.

        `chain`: all of them about that, in place of the run's mix; then there are no twins.
        """
        mix = self._mix
        if chain is not None:
            mix = mix.only(chain)
        done: list[Submission] = []
        while len(done) < count:
            with self._turn() as ordinal:
                arrivals = self._arrivals(mix)
                chunk = [
                    arrivals.submission(ordinal + more)
                    for more in range(min(_CHUNK, count - len(done)))
                ]
                await self._submitter.submit(chunk)
            done += chunk
        return done

    async def submit_own(self, payload: SubmittedCase) -> Submission:
        """Hand in a case of one's own, under the next case code of the run."""
        with self._turn() as ordinal:
            one = self._arrivals(self._mix.only(payload.chain)).submission(ordinal)
            submission = replace(one, payload=payload, withdrawn=None)
            await self._submitter.submit([submission])
        return submission

    async def load(self, rate: float, limit: int | None = None) -> int:
        """Hand in `rate` cases a second of real time, until `limit` or for ever; how many."""
        loop = asyncio.get_running_loop()
        begun, done = loop.time(), 0
        while limit is None or done < limit:
            due = int((loop.time() - begun) * rate) + 1 - done
            if due > 0:
                done += len(await self.submit(due if limit is None else min(due, limit - done)))
            await asyncio.sleep(max(0.0, begun + done / rate - loop.time()))
        return done

    def _arrivals(self, mix: Mix) -> Arrivals:
        return Arrivals(seed=self._manifest.seed, start=self.now(), mix=mix)

    @contextmanager
    def _turn(self) -> Iterator[int]:
        """The next free ordinal, while nobody else takes one."""
        with self._path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            file.seek(self._counted)
            for line in file:
                self._counted += len(line)
                self._lines += not line.startswith(ACTION_LINE)
            yield self._lines
