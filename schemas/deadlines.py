"""By when something is due, and from when it counts.

A deadline lies so many working days after effective reception, at closing time; the rule is that
of the day of effective reception. `schemas.working_days` counts the days.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Literal, cast

from schemas.amounts import Group
from schemas.event import VN
from schemas.rules import Row, row_on
from schemas.working_days import (
    calendar_of,
    calendar_row,
    closing_after,
    due,
    effective_reception,
    is_working_day,
    opening_after,
)

Matter = Literal[
    "birth",
    "birth_verified",
    "death_insurance",
    "death_social_protection",
    "death_emergency",
    "death_social_pension",
    "death_merit",
    "death_veterans",
    "death_none",
    "temporary_residence",
    "identity_card",
    "supplement_notice",
    "supplement",
    "consent",
    "alone_residence",
    "alone_residence_removal",
    "alone_health_card",
    "alone_insurance",
    "alone_social_protection",
]
"""What has a deadline: a linked case (a death by its group), a service of it that takes longer, a
question to a citizen, or a service that is filed by itself."""


_DEATHS: Final[dict[Group, Matter]] = {
    "insurance": "death_insurance",
    "merit": "death_merit",
    "social_protection": "death_social_protection",
    "emergency": "death_emergency",
    "social_pension": "death_social_pension",
    "veterans": "death_veterans",
}


_SLOWER: Final[tuple[Matter, ...]] = ("identity_card",)
"""Services of a linked case for which the law gives more time than for the case."""
_BY: Final[Mapping[Matter, str]] = dict.fromkeys(
    ("temporary_residence", "consent", "alone_residence", "alone_residence_removal"), "residence"
)
"""Whose clock a matter's is, where it is not that of the one-stop."""


def clock_of(matter: Matter) -> str:
    """The system whose clock it is: who decides on the matter when it is filed, which is the
    one-stop for linked cases."""
    return _BY.get(matter, "one-stop")


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """When something is due, and why then."""

    received: datetime
    """Effective reception, in Vietnam's time: from when it counts."""
    working_days: int
    due: datetime
    rows: tuple[Row, ...]
    """The rule of the number of days, that of the cut-off, and the calendar of the system whose
    clock it is, if that is no common one."""


def deadline(matter: Matter, submitted: datetime, by: str | None = None) -> Deadline:
    """By when a submission of that moment is due.

    `by` is the system whose clock it is, by default `clock_of(matter)`.

    Raises:
        NoRuleError: there was no rule for it then.
    """
    system, day = by or clock_of(matter), submitted.astimezone(VN).date()
    calendar = calendar_of(system, day)
    received = effective_reception(submitted, calendar)
    days = row_on(f"deadline.{matter}", received.date())
    until = "cut_off" if is_working_day(received.date()) else "saturday_residence"
    rows = (days, row_on(f"office.{until}", received.date()))
    return Deadline(
        received=received,
        working_days=days.number,
        due=due(received, days.number, calendar),
        rows=rows if calendar == "office" else (*rows, calendar_row(system, day)),
    )


def verify_late_births(verified: bool) -> None:
    """Let late births need verification in this process, or not: no source says whether they do."""
    _late_births["verified"] = verified


def late_births_are_verified() -> bool:
    """Whether they do."""
    return _late_births["verified"]


_late_births = {"verified": False}


def promised(
    chain: str,
    groups: Sequence[Group],
    submitted: datetime,
    services: Collection[str] = (),
    *,
    late: bool = False,
) -> Deadline:
    """When a linked case is due (*ngày hẹn trả dự kiến*): a death by the slowest of its groups, any
    other chain by the matter of its own name, or the slowest of those of its `services` that have
    one of their own. A birth that is filed `late` is due later where this process takes it to need
    verification (`verify_late_births`); a death keeps its date.

    Raises:
        NoRuleError: there was no rule for it then.
    """
    verified = late and chain == "birth" and late_births_are_verified()
    first: Matter = "birth_verified" if verified else cast(Matter, chain)
    matters = [first, *(one for one in _SLOWER if one in services)]
    if chain == "death":
        matters = [_DEATHS[group] for group in groups] or ["death_none"]
    return max((deadline(one, submitted) for one in matters), key=lambda one: one.due)


def new_date(
    chain: str,
    groups: Sequence[Group],
    submitted: datetime,
    late: datetime,
    services: Collection[str] = (),
    *,
    filed_late: bool = False,
) -> datetime:
    """Until when a letter of apology puts off a case that was `late` at that date: as many working
    days later as the case had at first, see `promised`. How often it may is the rule
    `limit.new_dates`.

    Raises:
        NoRuleError: there was no rule for the case's own deadline.
    """
    first = promised(chain, groups, submitted, services, late=filed_late)
    return closing_after(late, first.working_days)


def identity_card_until(born: date, issued: date) -> date:
    """Until when the identity card of a child under 6 is valid: the day on which the child reaches
    the age of the rule `limit.identity_card`; born on 29 February, that is 1 March.

    Raises:
        NoRuleError: no such card was given then.
    """
    year = born.year + row_on("limit.identity_card", issued).number
    try:
        return born.replace(year=year)
    except ValueError:
        return date(year, 3, 1)


def polled_out(since: datetime) -> datetime:
    """When a result that civil status has owed since then has been asked for in vain so often that
    an officer gets the case: at the opening of the working day of the last poll."""
    day = since.astimezone(VN).date()
    polls, days = row_on("limit.polls", day), row_on("limit.poll_interval", day)
    return opening_after(since, polls.number * days.number)


def draft_checked_by(drafted: datetime) -> datetime:
    """Until when a requester may answer on the draft of a certificate: a day is 24 hours here."""
    days = row_on("limit.certificate_draft", drafted.astimezone(VN).date())
    return drafted + timedelta(days=days.number)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """Until when a birth or a death is to be registered, in days of the calendar."""

    last_day: date
    late: bool
    rows: tuple[Row, ...]


def filing(what: Literal["birth", "death"], happened: date, filed: date) -> Filing:
    """Whether a registration was asked for in time; the day after the event is day 1.

    Raises:
        NoRuleError: there was no rule for it then.
    """
    rule = row_on(f"filing.{what}", happened)
    last_day = happened + timedelta(days=rule.number)
    return Filing(last_day=last_day, late=filed > last_day, rows=(rule,))


def last_day_missed(
    what: Literal["birth", "death"], happened: datetime, submitted: datetime
) -> date | None:
    """The last day on which a registration that was asked for too late would have been in time;
    None of one that was."""
    days = (moment.astimezone(VN).date() for moment in (happened, submitted))
    found = filing(what, *days)
    return found.last_day if found.late else None
