"""What the agencies' dossiers of a birth answer, and what population is told without an answer."""

from collections.abc import Callable, Iterator

from hub.ledger.birth import drafts, records
from hub.ledger.birth.case import BirthCase
from hub.ledger.birth.records import person
from hub.ledger.chain import OneWay
from hub.ledger.course import Decided
from hub.ledger.fields import Record
from hub.ledger.records import closed, incomplete, supplied
from hub.ledger.texts import compact_day, dotted_day


def record(case: BirthCase, one: Decided) -> Record:
    """What a dossier answers."""
    civil = one.step == "civil-status/enter"
    key = {"so_gcs": case.payload["child"]["notice"]} if civil else person(case)
    if one.step == "portal/certificate":
        return drafts.remark(one)
    if one.system == "portal":
        return supplied(case, one)
    if one.result == "supplement":
        return incomplete(one, key, dotted_day if civil else compact_day)
    if one.result == "draft":
        return drafts.draft(case, one)
    if one.result == "consent_needed":
        return records.question(case, one)
    if one.result == "refused" and one.step != "vneid/consent":
        return {**key, "ly_do": one.reason}
    if one.step == "one-stop/receive":
        return records.received(case, one)
    return _RECORDS[one.step](case)


def _sure(make: Callable[[BirthCase], Record | None]) -> Callable[[BirthCase], Record]:
    def made(case: BirthCase) -> Record:
        row = make(case)
        assert row is not None, "a step that was decided has its record"
        return row

    return made


_RECORDS: dict[str, Callable[[BirthCase], Record]] = {
    "one-stop/return": closed,
    "one-stop/close": closed,
    "civil-status/enter": _sure(records.entered),
    "civil-status/certify": _sure(records.entry),
    "civil-status/issue": _sure(records.entry),
    "civil-status/mend": _sure(records.entry),
    "population/allocate": records.allocated,
    "residence/register": _sure(records.resident),
    "residence/decide": _sure(records.resident),
    "vneid/consent": _sure(records.consent),
    "social-insurance/card": _sure(records.insured),
    "population/identity_card": _sure(records.identified),
}


def one_way(case: BirthCase) -> Iterator[OneWay]:
    """What population is told without an answer: the entry, and where the child lives."""
    for name, step in (("birth.registered", "confirm"), ("residence.registered", "move")):
        for said in case.course.events:
            if said.name == name:
                yield OneWay(f"population/{step}", 1, said, person(case))
