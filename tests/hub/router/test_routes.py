"""Routes: the rights table made ready, and the cut of a payload to what a receiver may see."""

from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.router.routes import cutter, routes, sources
from schemas.catalogue import CATALOGUE
from schemas.examples import example
from schemas.systems import RIGHTS, SYSTEMS
from tests.hub.router.records import TOPICS

CUTS = [
    pytest.param(name, fields, id=f"{name}-{receiver}")
    for name, right in RIGHTS.items()
    for receiver, fields in right.receivers.items()
    if fields is not None
]

_names = st.sampled_from(["a", "b", "c", "d", "tên"])
_leaves = st.none() | st.integers(-5, 5) | st.text(max_size=5) | st.lists(st.integers(), max_size=2)
_parts = _leaves | st.dictionaries(_names, _leaves)
_payloads = st.dictionaries(_names, _parts)
_fields = st.lists(
    _names | st.tuples(_names, _names).map(".".join), max_size=6, unique=True
).filter(lambda fields: not {f.partition(".")[0] for f in fields if "." in f} & set(fields))


def allowed(data: dict[str, Any], fields: list[str]) -> dict[str, Any]:
    """What the fields name of a payload, worked out field by field."""
    seen: dict[str, Any] = {}
    for field in fields:
        part, dot, inner = field.partition(".")
        if not dot and part in data:
            seen[part] = data[part]
        elif isinstance(data.get(part), dict):
            seen.setdefault(part, {})
            if inner in data[part]:
                seen[part][inner] = data[part][inner]
    return seen


@given(data=_payloads, fields=_fields)
def test_a_cut_has_exactly_the_fields_that_may_be_seen(
    data: dict[str, Any], fields: list[str]
) -> None:
    """Nothing that the list does not name is in the cut, and nothing it names is missing."""
    assert orjson.loads(cutter(fields)(data)) == allowed(data, fields)


@pytest.mark.parametrize(("name", "fields"), CUTS)
def test_each_cut_of_the_table_keeps_values_unchanged(name: str, fields: tuple[str, ...]) -> None:
    """A cut example is the example with other fields taken out."""
    data = example(name).data()
    cut = orjson.loads(cutter(fields)(data))
    assert cut == allowed(data, list(fields))
    assert cut != data, "a right to all fields is written as the whole"


def test_the_certificate_shows_the_one_stop_no_parent() -> None:
    """The one-stop needs number, entry and paper of a registered birth, and no family."""
    fields = RIGHTS["birth.registered"].receivers["one-stop"]
    assert fields is not None
    cut = orjson.loads(cutter(fields)(example("birth.registered").data()))
    assert set(cut) == {"child", "entry", "certificate"}
    assert set(cut["child"]) == {"personal_id"}


def test_every_type_of_the_table_has_a_route_with_all_its_receivers() -> None:
    """Whole and cut receivers together are the receivers of the table."""
    table = routes(TOPICS)
    assert set(table) == {CATALOGUE[name].full.encode() for name in RIGHTS}
    for route in table.values():
        right = RIGHTS[route.name]
        cut = [receiver for part in route.cuts for receiver in part.receivers]
        assert sorted([*route.whole, *cut]) == sorted(right.receivers)
        assert set(route.whole) == {r for r, fields in right.receivers.items() if fields is None}
        assert route.whole_topics == tuple(TOPICS.outbox(system) for system in route.whole)


def test_each_inbox_belongs_to_one_source() -> None:
    """The topic is the identity."""
    table = sources(TOPICS)
    assert table == {
        TOPICS.inbox(system): (system, f"/systems/{system}".encode()) for system in SYSTEMS
    }
