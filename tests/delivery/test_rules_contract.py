"""Delivery rule 16: one reading of a payload.

Each test takes nothing from fixtures, so that `test_rules_bite` can run the same function with the
rule taken away and see it fail.
Rule 17 is the brokers', and its test stands with them.
"""

import pytest

from hub.router.checks import Checks, Rejected
from schemas.examples import example
from tests.connectors.runtime.desk import TOPICS
from tests.hub.router.records import with_value


async def test_rule_16_two_readers_can_not_see_two_values() -> None:
    """Duplicate keys, NaN and numbers out of range are refused, though a lenient reader passes."""
    event = example("birth.registered")
    for old, new in (
        (b'{"child"', b'{"child":null,"child"'),
        (b'"page":14', b'"page":1,"page":14'),
        (b'"page":14', b'"page":NaN,"page":14'),
        (b'"page":14', b'"page":1e400,"page":14'),
    ):
        assert old in event.payload
        with pytest.raises(Rejected):
            Checks(TOPICS).accept(with_value(event.payload.replace(old, new, 1), event))
