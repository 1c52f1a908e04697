"""Handing cases in as the portal does, and watching what becomes of them."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import TracebackType
from typing import Final, Self

from connectors.runtime.bus import Bus, Consumer, Message, Partition, Producer
from connectors.runtime.manifest import Manifest, RunFolder
from connectors.runtime.submissions import record_submission
from schemas.bindings import from_kafka, to_kafka
from schemas.catalogue import CATALOGUE
from schemas.event import Event, derived_id, from_text, source_of
from schemas.payloads import (
    BirthCase,
    CaseWithdrawalRequested,
    DeathCase,
    NoticeIssued,
    SubmittedCase,
    canonical,
)
from schemas.topics import partition_of
from simulators.arrivals import Submission

_SUBMITTED = CATALOGUE["case.submitted"]
_WITHDRAWN = CATALOGUE["case.withdrawal.requested"]
_NOTICE = CATALOGUE["notice.issued"]
FACILITY: Final = "health-facility"
_NOTICE_AFTER: Final = timedelta(hours=4)
"""How long after a birth or death its notice is made out; a parameter of ours."""
_ENDS = frozenset({"completed", "partly_completed", "refused", "withdrawn"})


def submission_event(submission: Submission) -> Event:
    """`case.submitted` of a case; its id derives from the case code."""
    return Event(
        id=derived_id(submission.case, _SUBMITTED.name),
        source=source_of("portal"),
        type=_SUBMITTED.full,
        time=submission.at,
        subject=submission.case,
        payload=canonical(submission.payload),
        dataschema=_SUBMITTED.dataschema,
    )


def withdrawal_event(submission: Submission) -> Event | None:
    """`case.withdrawal.requested` of a case whose family will withdraw, dated then."""
    if submission.withdrawn is None:
        return None
    requester = submission.payload.requester
    return Event(
        id=derived_id(submission.case, _WITHDRAWN.name),
        source=source_of("portal"),
        type=_WITHDRAWN.full,
        time=submission.withdrawn,
        subject=submission.case,
        payload=canonical(CaseWithdrawalRequested(requester=requester, note=None)),
        dataschema=_WITHDRAWN.dataschema,
    )


def notice_event(submission: Submission) -> Event | None:
    """`notice.issued` of the birth or death that a case is about, before it is filed."""
    notice = _notice(submission.payload)
    if notice is None:
        return None
    return Event(
        id=derived_id(submission.case, _NOTICE.name),
        source=source_of(FACILITY),
        type=_NOTICE.full,
        time=min(from_text(notice.moment) + _NOTICE_AFTER, submission.at),
        subject=submission.case,
        payload=canonical(notice),
        dataschema=_NOTICE.dataschema,
    )


def _notice(case: SubmittedCase) -> NoticeIssued | None:
    """The notice that a case of this chain begins with, if it does with one."""
    match case:
        case BirthCase(child=child):
            return NoticeIssued(
                kind="birth",
                number=child.notice,
                facility=child.facility,
                name=child.name,
                moment=child.born,
            )
        case DeathCase(notice=notice, deceased=deceased):
            return NoticeIssued(
                kind="death",
                number=notice.number,
                facility=notice.facility,
                name=deceased.name,
                moment=deceased.died,
            )
        case _:
            return None


class Submitter:
    """Writes what it submits into the run's folder first, then sends it as the portal.

    A withdrawal goes out right behind its submission, so that nothing dated after it overtakes it:
    the chain judges by its date. With `notices`, the health facility tells of each birth and death
    as well, unless somebody else plays it in this run.
    """

    def __init__(
        self, folder: RunFolder, manifest: Manifest, producer: Producer, *, notices: bool = False
    ) -> None:
        self._notices = notices and FACILITY not in manifest.without
        self._file = folder.submissions.open("ab")
        self._topics = manifest.topics
        self._partitions = manifest.partitions
        self._producer = producer

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._file.close()

    async def submit(
        self,
        submissions: Sequence[Submission],
        beside: Callable[[Submission, Event], Sequence[tuple[str, Message]]] = lambda s, e: (),
    ) -> None:
        """Hand the cases in; the broker has acknowledged them on return.

        `beside` gives other records (system, message) to write on some `lt.in` behind each.
        """
        batches: dict[Partition, list[Message]] = {}
        for submission in submissions:
            event, withdrawal = submission_event(submission), withdrawal_event(submission)
            notice = notice_event(submission) if self._notices else None
            record_submission(self._file, submission.case, event, withdrawal, notice)
            partition = partition_of(event.key, self._partitions)
            for said in (notice, event, withdrawal):
                if said is not None:
                    place = (self._topics.inbox(said.system), partition)
                    message = (said.key.encode(), said.payload, to_kafka(said))
                    batches.setdefault(place, []).append(message)
            for system, other in beside(submission, event):
                batches.setdefault((self._topics.inbox(system), partition), []).append(other)
        self._file.flush()
        await self._producer.send(batches)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A status of a case as the portal was told it. `heard` is Unix seconds on this machine."""

    case: str
    status: str
    time: datetime
    heard: float

    @property
    def final(self) -> bool:
        """Whether the case has ended."""
        return self.status in _ENDS


class Watch:
    """Reads along on `lt.out.portal`, under a group of its own."""

    def __init__(self, bus: Bus, manifest: Manifest, group: str = "watch") -> None:
        self._bus = bus
        self._group = group
        topic = manifest.topics.outbox("portal")
        self._inputs = [(topic, number) for number in range(manifest.partitions)]
        self._consumer: Consumer | None = None
        self.first: dict[str, Seen] = {}
        """The first status of each case."""
        self.final: dict[str, Seen] = {}
        """The final status of each case that has ended."""

    async def start(self) -> None:
        """Begin to read."""
        self._consumer = await self._bus.consumer(self._group, self._inputs)

    async def step(self, timeout: float) -> Sequence[Seen]:
        """What the portal was told since."""
        assert self._consumer is not None, "start() comes first"
        told = []
        for record in await self._consumer.poll(1000, timeout):
            event = from_kafka(record.headers, record.value)
            if event.name != "case.status.changed":
                continue
            status = event.data()["status"]
            seen = Seen(case=event.subject, status=status, time=event.time, heard=time.time())
            self.first.setdefault(seen.case, seen)
            if seen.final:
                self.final.setdefault(seen.case, seen)
            told.append(seen)
        return told

    async def until(self, enough: Callable[[], bool], *, silence: float) -> bool:
        """Read until `enough()`; False when nothing was heard for `silence` seconds."""
        last = time.monotonic()
        while not enough():
            if await self.step(0.2):
                last = time.monotonic()
            elif time.monotonic() - last > silence:
                return False
        return True

    async def close(self) -> None:
        """Stop reading."""
        if self._consumer is not None:
            await self._consumer.close()
