"""The systems and their rights: who says what, and who hears how much of it."""

from typing import Any

import orjson
import pytest

from schemas.catalogue import CATALOGUE
from schemas.examples import example_payload
from schemas.systems import HUB, NAMED, RIGHTS, SYSTEMS, may_receive, without_others
from simulators.documents.references import KINDS

CUTS = [
    (name, receiver, fields)
    for name, right in RIGHTS.items()
    for receiver, fields in right.receivers.items()
    if fields is not None
]
PERSONAL = ("requester", "child", "mother", "father", "household", "head", "name", "address")


def test_every_system_has_its_names_and_its_keeper() -> None:
    """Fourteen systems, none of which is the hub itself."""
    assert len(SYSTEMS) == 14
    assert HUB not in SYSTEMS
    for name, system in SYSTEMS.items():
        assert system.name == name
        assert system.vi
        assert system.en
        assert system.keeper


@pytest.mark.parametrize("name", RIGHTS)
def test_rights_name_only_systems_that_exist(name: str) -> None:
    """Someone publishes each type, someone receives it, and both are systems."""
    right = RIGHTS[name]
    assert right.publishers
    assert right.receivers
    assert {*right.publishers, *right.receivers} <= set(SYSTEMS)
    both = set(right.publishers) & set(right.receivers)
    # what an officer does at dvclt's console reaches its cases through the hub like all else
    assert both == ({"dvclt"} if name == "case.action.taken" else set()), "nobody hears itself"


def test_who_decides_on_an_allowance_is_named_by_the_payload() -> None:
    """Of the agencies that may decide only the named one receives; dvclt hears of it as ever."""
    for right in RIGHTS.values():
        if right.named_by is not None:
            for decider in NAMED:
                receivers = without_others(right.receivers, decider)
                assert set(receivers) == set(right.receivers) - (set(NAMED) - {decider})


@pytest.mark.parametrize(("name", "receiver", "fields"), CUTS)
def test_fields_that_may_be_seen_are_fields_of_the_payload(
    name: str, receiver: str, fields: tuple[str, ...]
) -> None:
    """A right to a field that does not exist would hide a typo for ever."""
    data: dict[str, Any] = orjson.loads(example_payload(name))
    for field in fields:
        part, dot, inner = field.partition(".")
        assert part in data, f"{receiver} may see {field} of {name}"
        assert not dot or inner in data[part], f"{receiver} may see {field} of {name}"
    assert len(set(fields)) == len(fields)


def test_monitoring_hears_of_every_case_and_of_no_person() -> None:
    """Monitoring receives case events without personal data."""
    told = [name for name in may_receive("monitoring") if name.startswith("case.")]
    assert {"case.submitted", "case.status.changed"} <= set(told)
    for name in may_receive("monitoring"):
        fields = RIGHTS[name].receivers["monitoring"]
        seen = fields if fields is not None else tuple(CATALOGUE[name].model.model_fields)
        assert not set(seen) & set(PERSONAL), f"{name} shows monitoring a person"


def _fields(value: Any, path: str = "") -> dict[str, Any]:
    """All values inside a payload, parts too, by their path."""
    found = {path: value}
    for name, inner in value.items() if isinstance(value, dict) else ():
        found |= _fields(inner, f"{path}.{name}".strip("."))
    return found


RESULTS = {
    name: path
    for name in RIGHTS
    for path, value in _fields(orjson.loads(example_payload(name))).items()
    if isinstance(value, dict) and value.get("kind") in KINDS
}
"""By type, where its payload names a paper that an agency made out."""


def test_papers_come_with_what_is_registered_issued_and_granted() -> None:
    """One event for each of the papers: three of residence, and one of each other kind."""
    assert RESULTS == {
        "birth.registered": "certificate",
        "death.registered": "extract",
        "residence.registered": "document",
        "residence.removed": "document",
        "residence.temporary.registered": "document",
        "health-card.issued": "document",
        "identity-card.issued": "document",
        "funeral-allowance.granted": "document",
    }


@pytest.mark.parametrize(("name", "paper"), RESULTS.items())
def test_the_citizens_store_is_told_of_every_paper_and_of_little_else(
    name: str, paper: str
) -> None:
    """Whose paper it is, and the paper; nothing of where people live, of others, or of why."""
    fields = RIGHTS[name].receivers["citizen-store"]
    assert fields is not None, f"the citizen store sees all of {name}"
    assert paper in fields
    assert sum(field.endswith("personal_id") for field in fields) == 1, "whose folder it is"
    seen = {field.partition(".")[2] or field for field in fields}
    assert not seen & {*PERSONAL, "commune", "cause", "died", "notice", "deceased", "until"}


def test_the_two_ways_to_read_the_table_agree() -> None:
    """What a system may receive is the table read by system."""
    for system in SYSTEMS:
        assert all(system in RIGHTS[name].receivers for name in may_receive(system))
    assert sum(len(may_receive(s)) for s in SYSTEMS) == sum(
        len(right.receivers) for right in RIGHTS.values()
    )


def test_every_system_that_hears_or_speaks_has_a_reason_to_take_part() -> None:
    """No system stands in the table for nothing."""
    speak = {system for right in RIGHTS.values() for system in right.publishers}
    for system in SYSTEMS:
        assert system in speak or may_receive(system), system
