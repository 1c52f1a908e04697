"""The router's validators give dicts and are as strict as the models."""

from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from hub.router.shapes import dict_validator
from schemas.catalogue import CATALOGUE
from schemas.examples import example_payload

ODD: list[Any] = [
    None,
    True,
    0,
    -1,
    1.5,
    "",
    "1",
    "x" * 600,
    "1700000000",
    [],
    {},
    [{}],
    {"more": 1},
]


@pytest.mark.parametrize("name", CATALOGUE)
def test_a_good_payload_comes_out_as_it_went_in(name: str) -> None:
    """Nothing is added, left out or read as something else."""
    raw = example_payload(name)
    validated = dict_validator(CATALOGUE[name].model)(raw)
    assert orjson.dumps(validated) == orjson.dumps(orjson.loads(raw))


@given(st.sampled_from(sorted(CATALOGUE)), st.data())
def test_whatever_is_changed_model_and_shape_agree(name: str, data: st.DataObject) -> None:
    """One change at a random place: both pass, or both find fault at the same places."""
    payload = orjson.loads(example_payload(name))
    _change(payload, data)
    raw, model = orjson.dumps(payload), CATALOGUE[name].model
    expected = _faults(model.model_validate_json, raw)
    assert _faults(dict_validator(model), raw) == expected, raw


def _change(payload: Any, data: st.DataObject) -> None:
    place = data.draw(st.sampled_from(list(_places(payload))))
    part, key = place
    match data.draw(st.sampled_from(["set", "remove", "add"])):
        case "set":
            part[key] = data.draw(st.sampled_from(ODD))
        case "remove":
            del part[key]
        case _ if isinstance(part, dict):
            part["unknown"] = data.draw(st.sampled_from(ODD))
        case _:
            part.append(data.draw(st.sampled_from(ODD)))


def _places(part: Any) -> Any:
    for key, value in part.items() if isinstance(part, dict) else enumerate(part):
        yield part, key
        if isinstance(value, dict | list):
            yield from _places(value)


def _faults(validate: Any, raw: bytes) -> Any:
    try:
        validate(raw)
    except ValidationError as error:
        return [fault["loc"] for fault in error.errors(include_url=False)]
    return "passes"
