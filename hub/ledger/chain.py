"""What is peculiar to one chain: its model, and who writes what of it.

`hub.ledger.birth` and `hub.ledger.death` each fill one `Chain`; everything else is shared.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from hub.ledger.case import Case
from hub.ledger.codes import Codes
from hub.ledger.course import Decided, Said
from hub.ledger.fields import Record
from hub.ledger.judge import Table
from hub.ledger.walk import Walk

if TYPE_CHECKING:
    from hub.ledger.evidence import Evidence

Payload = dict[str, Any]
State = dict[str, Any]


class EntryKey(NamedTuple):
    """The natural key of an entry of civil status: two cases with one key have one entry."""

    table: Table
    column: str
    step: str
    of: Callable[[Mapping[str, Any]], str]
    """The key in a submission's payload."""


class OneWay(NamedTuple):
    """A request that takes effect when it arrives and has no outcome."""

    step: str
    attempt: int
    request: Said
    """The event that led to it."""
    record: Record


class Counted(NamedTuple):
    """A number that counts from 1 without a gap, and what it counts within."""

    table: Table
    column: str
    within: tuple[Any, ...]
    number: int


class Formed(NamedTuple):
    """A code that nobody else has, and the check of its form: None, or what it should be."""

    table: Table
    column: str
    value: str
    wrong: Callable[[Any, str], str | None]


def _nothing(case: Any) -> State:
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """One chain, as the ledger sees it."""

    name: str
    case: type[Case]
    walk: type[Walk]
    entry: EntryKey
    done: Mapping[str, str]
    """By service, its state at dvclt once it is done."""
    deciders: Mapping[str, str]
    """By service, the agency that decides on it."""
    natural: Mapping[Table, Callable[[Any], Record | list[Record] | None]]
    """The rows that agencies keep: one, several, or none."""
    record: Callable[[Any, Decided], Record]
    """What a dossier answers."""
    one_way: Callable[[Any], Iterable[OneWay]]
    payloads: Mapping[str, Callable[[Any, Said], Payload]]
    """What every event says that is not said in each chain."""
    agencies: Mapping[str, Callable[[Any], State | None]]
    """What each agency's connector remembers."""
    portal: Callable[[Any], State] = _nothing
    """What the portal remembers beside what it does of any case."""
    papers: Callable[[Any], State]
    """What the citizen's store holds."""
    results: Callable[[Any], State]
    """What dvclt learned."""
    codes: Callable[["Evidence", str], Codes]
    formed: Callable[[Any], Iterable[Formed]]
    counted: Callable[[Any], Iterable[Counted]]
    first_status: int = 1
    """Of the services, while the first one is with its agency: on the portal 1 to 10."""
    reconstruct: Callable[["Evidence", str, Record, Record, datetime], Iterable[Record]]
    """What the submission of a case that came without a line may have said in this chain: of
    evidence, case, the one-stop's form, what every submission says, and the time."""
