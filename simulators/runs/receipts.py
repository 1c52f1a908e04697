"""What a citizen is told on filing: the case's number (*số hồ sơ*) and when to expect the result.

The portal says it as soon as the hub has brought it dvclt's first word. In a run whose roles are
not up yet, or whose portal somebody else plays, the date is what the law promises.
"""

import asyncio
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal

from connectors.agencies.codes import COMPACT_TIME, moment
from connectors.runtime.manifest import RunFolder
from connectors.runtime.store import reading
from schemas.deadlines import last_day_missed, promised
from schemas.event import from_text, to_text
from schemas.payloads import SubmittedCase
from simulators.arrivals import Submission

PATIENCE_S = 3.0
"""Real time; a country that is up says it in a small part of that."""
_POLL_S = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What is known of a case right after it was filed. `due` is RFC 3339."""

    case: str
    due: str | None
    """The expected date of return (*ngày hẹn trả dự kiến*); None for a case refused at intake."""
    said_by: Literal["portal", "rules"]
    reason: str | None
    """Why it was refused at intake: a code of `schemas.reasons.REFUSALS`."""

    def to_json(self) -> dict[str, Any]:
        """The receipt as JSON values."""
        return asdict(self)


async def receipts(
    folder: RunFolder, submitted: Sequence[Submission], patience: float = PATIENCE_S
) -> list[Receipt]:
    """A receipt for each case, from the portal if it says something within `patience` seconds."""
    until = time.monotonic() + patience
    found: list[Receipt] = []
    for one in submitted:
        shown = await _shown(folder, one.case, until)
        found.append(_by_rules(one) if shown is None else _by_portal(one.case, shown))
    return found


async def _shown(folder: RunFolder, case: str, until: float) -> Mapping[str, Any] | None:
    """The portal's record of a case, once it has a status; None if it has none in time."""
    while True:
        record = reading.state_of(folder.stores / "portal.db", case)
        if record and "trangThai" in record:
            return record
        if time.monotonic() >= until:
            return None
        await asyncio.sleep(_POLL_S)


def _by_portal(case: str, shown: Mapping[str, Any]) -> Receipt:
    due = shown["ngayHenTra"] and moment(COMPACT_TIME.read(shown["ngayHenTra"]))
    return Receipt(case=case, due=due, said_by="portal", reason=shown["lyDo"])


def _by_rules(submission: Submission) -> Receipt:
    payload = submission.payload
    due = promised(
        payload.chain,
        _groups(payload),
        submission.at,
        payload.services,
        late=_filed_late(payload, submission.at),
    ).due
    return Receipt(case=submission.case, due=to_text(due), said_by="rules", reason=None)


def _filed_late(payload: SubmittedCase, submitted: datetime) -> bool:
    if payload.chain != "birth":
        return False
    return last_day_missed("birth", from_text(payload.child.born), submitted) is not None


def _groups(payload: SubmittedCase) -> Sequence[Any]:
    return payload.groups if payload.chain == "death" else ()
