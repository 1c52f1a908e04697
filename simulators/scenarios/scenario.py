"""What a scenario is: a real failure with its source, who files what, and what must come of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from re import Pattern
from typing import Any, Final, Literal

from hub.orchestrator.labels import Label
from schemas.amounts import Group
from schemas.event import VN
from schemas.identifiers import Sex
from schemas.payloads import SubmittedCase
from schemas.standards import Standard
from simulators.agencies.documents import Paper
from simulators.world import Arranged

Expected = str | int | tuple[str, ...] | None | Pattern[str]
"""A value typed by hand from the scenario's source; a pattern where chance gives the digits."""


def moment(text: str) -> datetime:
    """A moment in Vietnam's time, from `2023-07-10 08:00`."""
    return datetime.fromisoformat(text).replace(tzinfo=VN)


THE_CASE: Final = Label("Hồ sơ", "the case")


@dataclass(frozen=True, slots=True)
class Baby:
    """A newborn; the family's name comes from its parents."""

    sex: Sex
    given: str
    born: str
    """`2023-07-03 09:15`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Death:
    """A death that a family files, with the allowances that it ticks."""

    died: str
    """`2023-06-29 04:10`."""
    groups: tuple[Group, ...] = ()
    method: Literal["account", "post", "cash"] = "account"
    """How the allowance is to be paid."""
    facility: str | None = None
    """Where the notice was made out, if not in the province of the last residence: `79001`."""
    registered: str | None = None
    """The commune of 2023 in which the deceased was a permanent resident, if another one."""
    insured: str | None = None
    """The commune of 2023 of whoever paid or insured the deceased, if another one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """One case that is filed; what it does not say, the generator of people does."""

    at: str
    """When, in Vietnam's time: `2023-07-10 08:00`."""
    title: Label = THE_CASE
    changes: Mapping[str, Any] = field(default_factory=dict)
    """JSON pointer into the payload → what stands there instead."""
    commune: str = "00001"
    """Where the family lives, by the code of a commune of 2023; by default Phúc Xá, Hà Nội."""
    baby: Baby | None = None
    death: Death | None = None
    """There where the case is about a death."""
    family_of: int | None = None
    """The place among the scenario's filings of the one whose parents and household it has."""
    same_person: bool = False
    """It is about the very person of that family's case, by the same notice."""
    mix: Mapping[str, float] = field(default_factory=dict)
    """Rates of `simulators.mix` for this family; without one, everything takes its plain way."""
    withdrawn: str | None = None
    arranged: Mapping[str, Arranged] = field(default_factory=dict)
    """`<system>/<step>/<attempt>` → what becomes of it."""
    malformed: bool = False
    """Its payload is sent as it is, whatever the contract says: the hub refuses it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """An event that somebody sends beside what the systems say by themselves."""

    at: str
    system: str
    name: str
    """Of the catalogue: `dossier.progressed`."""
    data: Callable[[SubmittedCase], Mapping[str, Any]]
    """Its payload, from what the case's citizen submitted."""
    filing: int = 0
    """About which of the scenario's cases."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outage:
    """A time at which the interface of civil status does not serve whoever calls."""

    since: str
    """From when, in Vietnam's time: `2023-07-10 08:00`."""
    until: str
    answer: Literal["token", "address", "unit", "server_error", "soap_fault"]
    """See `simulators.agencies.http.passage.Hindrance`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unwritten:
    """A time at which a paper can't be made out, whichever agency it is of."""

    since: str
    until: str
    paper: Paper
    why: Literal["disk", "form"]
    """The disk is full, for all papers that come; or the form can't be filled in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A real failure. Rates are 0: nothing but what is arranged goes wrong."""

    name: str
    title: Label
    source: Label
    """Who says that this happens, and where this project holds the fact."""
    story: Label
    """What happens, and what is right then."""
    filings: Sequence[Filing]
    world: Mapping[str, Any] = field(default_factory=dict)
    """Parameters of `simulators.world.World` that are not the usual ones."""
    standards: Sequence[Standard] = ()
    """What provinces pay above the national floor, in this run."""
    remarks: Sequence[Remark] = ()
    lost_answers: Sequence[str] = ()
    """`<system>/<step>`: the agency takes the request, and its answer does not come back."""
    outages: Sequence[Outage] = ()
    unwritten: Sequence[Unwritten] = ()
    documents: Literal["pdf", "digest"] = "digest"
    """What agencies make out: PDF files, or only the hashes of what would stand on them."""
    heard: tuple[str, ...] = ()
    """`<system>: <text>`: what agencies said when they did not do as they were asked, in order."""
    expected: Sequence[Mapping[str, Expected]]
    """For each filing: the name of a fact (`simulators.scenarios.facts`) → its value."""
    glance: str | None = None
    """A moment on the way at which the cases are looked at as well."""
    meanwhile: Sequence[Mapping[str, Expected]] = ()
    """What is then to be seen of each filing."""
    open: int = 0
    """So many cases have not ended when nothing is left to happen."""
