"""A field that does not fit is told in Vietnamese too, whatever is wrong with it."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import orjson
import pytest
from pydantic import ValidationError

from hub.cli.field_faults import FAULTS_VI, in_vietnamese
from hub.cli.forms import FORMS
from schemas.examples import examples
from schemas.payloads import CaseSubmitted

WRONG: tuple[Any, ...] = (None, 5, "", "x" * 600, [], ["a"] * 200, {"x": 1})


def broken(payload: Any) -> Iterator[Any]:
    """Copies of a payload, each with one value of another kind, or without it."""
    places: list[tuple[Any, ...]] = [()]
    for place in places:
        part = payload
        for step in place:
            part = part[step]
        keys = part if isinstance(part, dict) else range(len(part)) if type(part) is list else ()
        places.extend((*place, key) for key in keys)
        for wrong in (..., *WRONG) if place else ():
            copy = whole = deepcopy(payload)
            for step in place[:-1]:
                whole = whole[step]
            if wrong is ...:
                del whole[place[-1]]
            else:
                whole[place[-1]] = wrong
            yield copy


def test_whatever_can_be_wrong_with_a_case_is_said_in_vietnamese() -> None:
    """Every kind of fault that a wrong or missing value of an example brings has its words."""
    cases = [one.data() for one in examples("case.submitted")]
    assert len(cases) == 3, "an example of each chain"
    raws = [b"{", b"[]", *(orjson.dumps(copy) for case in cases for copy in broken(case))]
    kinds = set()
    for raw in raws:
        try:
            CaseSubmitted.model_validate_json(raw)
        except ValidationError as error:
            for fault in error.errors():
                assert "{" not in in_vietnamese(fault), "its parts are filled in"
                kinds.add(fault["type"])
    assert kinds >= {"missing", "string_type", "literal_error", "json_invalid"}, "faults are found"
    assert kinds - FAULTS_VI.keys() == set()


def test_every_pattern_of_a_case_has_words() -> None:
    """Nobody who writes a case has to read a regular expression."""

    def patterns(schema: Any) -> Iterator[str]:
        if isinstance(schema, dict):
            yield from [schema["pattern"]] if "pattern" in schema else []
        parts = schema.values() if isinstance(schema, dict) else schema
        for part in parts if isinstance(schema, dict | list) else ():
            yield from patterns(part)

    found = set(patterns(CaseSubmitted.model_json_schema()))
    assert found, "the schema has patterns"
    assert found - FORMS.keys() == set()


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ({"type": "string_too_long", "ctx": {"max_length": 120}}, "không được dài quá 120 ký tự"),
        (
            {"type": "literal_error", "ctx": {"expected": "'direct', 'online' or 'post'"}},
            "phải là một trong các giá trị 'direct', 'online' hoặc 'post'",
        ),
        ({"type": "never_seen"}, "không đúng hợp đồng dữ liệu"),
    ],
)
def test_the_parts_of_a_fault_are_told(fault: dict[str, Any], said: str) -> None:
    """A limit, the words to choose from; and of an unknown kind that it does not fit."""
    assert in_vietnamese(fault) == said
