"""When civil status had to suspect that a birth is registered already (*nghi trùng*).

Another case has a child of the same mother, name and day of birth in the register, under another
birth notice. Then the family has to explain it, once, unless the dossier is refused anyway. Which
of such cases was entered first is in no model: it is read from the register's own file, in which
decisions stand in the order in which they were made.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple
from unicodedata import normalize

from hub.ledger.course import Submission
from hub.ledger.defects import SUSPECTED
from hub.ledger.draws import QUESTIONS, World
from hub.ledger.evidence import Evidence, whole
from hub.ledger.judge import Row, Table
from hub.ledger.texts import local

ENTER = "civil-status/enter"

Order = Callable[[Table, Sequence[str]], Mapping[str, int]]
"""Rows of a table by their key → their place in the order of writing."""


class _Child(NamedTuple):
    """A child of one case, with civil status's decisions on its entry."""

    case: str
    notice: str
    decisions: Sequence[Row]
    """Dossiers by their attempt."""


def suspected(
    world: World, evidence: Evidence, submissions: Mapping[str, Submission], order: Order
) -> dict[str, int]:
    """The cases whose families had to explain, each with the attempt at which they were asked."""
    if "civil-status" not in evidence.dossiers:
        return {}
    groups = [_children(evidence, group) for group in _alike(submissions.values())]
    keys = [str(row[0]) for group in groups for child in group for row in child.decisions]
    places = order(evidence.dossiers["civil-status"].table, keys)
    return dict(found for group in groups for found in _asked(world, group, places))


def _alike(submissions: Iterable[Submission]) -> Iterator[list[Submission]]:
    """Births by several notices that have mother, name and day in common."""
    families: dict[str, list[Submission]] = defaultdict(list)
    for one in submissions:
        if one.payload["chain"] == "birth" and one.payload["child"]["name"]:
            families[one.payload["mother"]["personal_id"]].append(one)
    for family in families.values():
        if len(family) > 1:
            yield from _of_one_name(family)


def _of_one_name(family: Sequence[Submission]) -> Iterator[list[Submission]]:
    groups: dict[tuple[str, str], list[Submission]] = defaultdict(list)
    for one in family:
        child = one.payload["child"]
        groups[_spoken(child["name"]), local(child["born"]).date().isoformat()].append(one)
    for group in groups.values():
        if len({one.payload["child"]["notice"] for one in group}) > 1:
            yield group


def _spoken(name: str) -> str:
    """Spaces, capitals and the encoding of accents make no other name."""
    return " ".join(normalize("NFC", name).casefold().split())


def _children(evidence: Evidence, group: Sequence[Submission]) -> list[_Child]:
    dossiers = evidence.dossiers["civil-status"]
    found = []
    for one in group:
        rows = [row for row in dossiers.of(one.case) if _is_entry(row)]
        rows.sort(key=lambda row: row[3])
        found.append(_Child(one.case, str(one.payload["child"]["notice"]), rows))
    return found


def _is_entry(dossier: Row) -> bool:
    return f"civil-status/{dossier[2]}" == ENTER and whole(dossier[3]) is not None


def _asked(
    world: World, group: Sequence[_Child], places: Mapping[str, int]
) -> Iterator[tuple[str, int]]:
    entered = [
        (min(done), child.notice)
        for child in group
        if (done := [places[row[0]] for row in child.decisions if row[6] == "done"])
    ]
    for child in group:
        attempt = _attempt(world, child, entered, places)
        if attempt is not None:
            yield child.case, attempt


def _attempt(
    world: World,
    child: _Child,
    entered: Sequence[tuple[int, str]],
    places: Mapping[str, int],
) -> int | None:
    """At which attempt the family is asked; `entered` are places and notices of entries."""
    questions = 0
    for row in child.decisions:
        draw = world.draw(child.case, ENTER, row[3])
        before = [notice for place, notice in entered if place < places[row[0]]]
        # an entry by the same notice refuses the case, and so ends it, or is its own
        if child.notice in before or questions == QUESTIONS or SUSPECTED in draw.missing:
            return None
        if before and draw.result not in ("refused", "silent"):
            return int(row[3])
        questions += row[6] == "supplement"
    return None
