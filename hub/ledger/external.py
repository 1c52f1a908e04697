"""Cases that came without a line in the submissions file: what they asked for, from the stores.

The submission itself is kept nowhere. What registers and stores say of the case is put together to
one, so that they can be held against each other and against the model as for any other case.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from hub.ledger import tables
from hub.ledger.chain import Chain
from hub.ledger.course import Submission, Withdrawal
from hub.ledger.evidence import Evidence
from hub.ledger.hublog import Entry
from hub.ledger.texts import local

UNKNOWN = {"name": "", "personal_id": ""}


def reconstruct(evidence: Evidence, submitted: Entry, chain: Chain) -> Iterator[Submission]:
    """The submissions that a case's traces may come from."""
    case = submitted.subject
    time = _to_the_millisecond(local(submitted.time))
    document = evidence.document(case)
    counted = evidence.document(case, "monitoring")
    form = dict(evidence.row(case, tables.HO_SO) or evidence.dossier(case, "one-stop/receive"))
    payload = {
        "chain": chain.name,
        "procedure": document.get("procedure"),
        "services": counted.get("dichVu") or list(document.get("services", ())),
        "province": counted.get("tinh") or document.get("province"),
        "commune": document.get("commune"),
        "requester": person_of(form, "nyc") or UNKNOWN,
    }
    withdrawal = _withdrawal(evidence, case)
    for more in chain.reconstruct(evidence, case, form, payload, time):
        yield Submission(case, submitted.id, time, payload | more, withdrawal)


def _withdrawal(evidence: Evidence, case: str) -> Withdrawal | None:
    """The first withdrawal that dvclt did not keep for an officer."""
    document = evidence.document(case)
    parked = {kept.get("id") for kept in document.get("parked", ()) if isinstance(kept, dict)}
    said = [
        entry
        for entry in evidence.entries(case).values()
        if entry.name == "case.withdrawal.requested" and entry.id not in parked
    ]
    if not said:
        return None
    first = min(said, key=lambda entry: entry.offset)
    return Withdrawal(first.id, _to_the_millisecond(local(first.time)), None)


def _to_the_millisecond(time: datetime) -> datetime:
    return time.replace(microsecond=time.microsecond // 1000 * 1000)


def meaning(codes: Mapping[str, object], code: object, default: str) -> str:
    """What an agency's code stands for in a table of `hub.ledger.texts`; of no code the default."""
    return next((name for name, written in codes.items() if written == code), default)


def person_of(row: Mapping[str, Any], role: str) -> dict[str, Any] | None:
    """A person in a role of an agency's row."""
    name = row.get(f"ho_ten_{role}")
    return name and {"name": name, "personal_id": row.get(f"so_dinh_danh_{role}")}
