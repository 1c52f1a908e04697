"""Each rule's test fails when the rule is taken away: so it does prove the rule."""

from pathlib import Path

import pytest

from tests.delivery import mutations as without
from tests.delivery.bites import BITES, Check, checks_by_rule, notices, told
from tests.delivery.check_rules import rules

DOCS = Path(__file__).parents[2] / "docs" / "delivery.md"


@pytest.mark.parametrize(("check", "mutation"), BITES, ids=told)
async def test_the_rules_test_fails_without_the_rule(
    check: Check, mutation: without.Mutation
) -> None:
    """The very function that passes as the rule's test, run with the rule taken away."""
    assert await notices(check, mutation), "the test passes although its rule is gone"


def test_every_rules_test_has_a_mutation() -> None:
    """No rule's test is believed without having been seen to fail."""
    tests = {check for checks in checks_by_rule().values() for check in checks}
    assert tests == {check for check, _ in BITES}


def test_every_rule_has_a_test() -> None:
    """The rules of the document, from 1 to 17."""
    assert list(rules(DOCS)) == list(range(1, 18))
    assert sorted(checks_by_rule()) == list(rules(DOCS))
