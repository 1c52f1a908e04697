"""Counting quotation marks tells a key that stands twice."""

import orjson
import pytest
from pydantic import ValidationError

from hub.router.quotes import quotes_of
from schemas.catalogue import CATALOGUE
from schemas.examples import example_payload
from schemas.payloads import CaseStatusChanged, Parent


@pytest.mark.parametrize("name", CATALOGUE)
def test_the_count_is_that_of_the_written_payload(name: str) -> None:
    """Of every type, the canonical bytes have as many quotation marks as were counted."""
    model, payload = CATALOGUE[name].model, example_payload(name)
    assert b"\\" not in payload, "the example must be without escapes"
    assert quotes_of(model)(orjson.loads(payload)) == payload.count(b'"')


def test_parts_that_may_be_absent_or_null_are_counted_as_they_are() -> None:
    """A reason may be left out, null or a text: 0, 2 or 4 quotation marks."""
    count = quotes_of(CaseStatusChanged)
    head = '{"chain":"birth","status":"refused","services":[{"service":"birth","status":3'
    tail = (
        '}],"province":"79","submitted":"2023-07-10T08:00:00+07:00","due":null,"reason":"over_six",'
        '"apology":null}'
    )
    for middle in ("", ',"reason":null', ',"reason":"over_six"'):
        text = head + middle + tail
        assert count(orjson.loads(text)) == text.count('"'), middle


@pytest.mark.parametrize("born", ["796694400", "19950402", "true", "null", "[]"])
def test_a_text_field_takes_nothing_but_a_text(born: str) -> None:
    """The count rests on it: a number in place of a text would hide two quotation marks."""
    text = f'{{"name":"Trần Thị Hà","personal_id":"079195001234","born":{born}}}'
    with pytest.raises(ValidationError):
        Parent.model_validate_json(text)
