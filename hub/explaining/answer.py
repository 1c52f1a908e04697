"""One thing that stands in a case, and why: what the parts of an explanation are made of."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from hub.orchestrator.labels import Label
from schemas.amounts import Group
from schemas.rules import Row

MOMENT: Final = "%H:%M %d/%m/%Y"


@dataclass(frozen=True, slots=True, kw_only=True)
class Granted:
    """An allowance that an agency granted, and the two days that decided on its sum."""

    service: str
    group: Group
    vnd: int
    died: date
    decided: date
    home: str | None = None
    """The code of the province that decided, where its standard may count."""
    elsewhere: int | None = None
    """What another agency had granted before, where this is the difference."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One thing that stands in a case: what, why, and the rows of law that say so."""

    matter: str
    """`regime`, `procedure`, `clock`, `filing`, `deadline`, `apology`, `unit`, `personal_id`,
    `draft`, `validity`, `amount`, `status`, or `no_rule` where the tables have no row for the
    day."""
    services: tuple[str, ...]
    """Of which services it is said; none where it is about the whole case."""
    question: Label
    value: Label
    decided_by: Label
    """The date that decides, and which it was."""
    why: tuple[Label, ...] = ()
    """How the value follows from that date and the rows, where they don't say it by themselves."""
    rows: tuple[Row, ...]


def merged(answers: Iterable[Answer]) -> list[Answer]:
    """The same answers, each said once for all services of which it is true."""
    found: dict[Answer, tuple[str, ...]] = {}
    for answer in answers:
        key = replace(answer, services=())
        found[key] = (*found.get(key, ()), *answer.services)
    return [replace(answer, services=services) for answer, services in found.items()]


def on(vi: str, en: str, day: date) -> Label:
    """A date that decides, by its name."""
    return Label(f"{vi} {day:%d/%m/%Y}", f"{en} {day:%d/%m/%Y}")


def same(text: str) -> Label:
    """A text that is the same in both languages."""
    return Label(text, text)


def at(moment: datetime) -> Label:
    """A moment, `17:00 13/07/2023`."""
    return same(moment.strftime(MOMENT))


def dong(vnd: int) -> Label:
    """A sum."""
    return Label(f"{vnd:,} đồng".replace(",", "."), f"{vnd:,} VND")
