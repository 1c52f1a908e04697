"""Delivery rule 4: what is the same birth, death or allowance, and what is another one.

Each test takes nothing from fixtures, so that `test_rules_bite` can run the same function with the
rule taken away and see it fail. The other agencies' keys: `tests/simulators/agencies`.
"""

from contextlib import closing
from dataclasses import replace

from tests.simulators.agencies.asking import CASE, OTHER, opened, outcomes, request

SYSTEM, ENTRY = "civil-status", "birth.entry.requested"
DEATH = "death.entry.requested"
DECIDER, ALLOWANCE = "social-insurance", "funeral-allowance.requested"


async def test_rule_04_the_same_birth_in_another_case_is_a_duplicate() -> None:
    """The birth notice names the birth; the second case is refused, the first entry stands."""
    with closing(opened(SYSTEM)) as register:
        answers = await outcomes(
            register, request(SYSTEM, ENTRY), request(SYSTEM, ENTRY, case=OTHER)
        )
    assert [answer.result for answer in answers] == ["done", "refused"]
    assert answers[1].record["ly_do"] == "duplicate_of"


async def test_rule_04_the_same_birth_in_its_own_case_is_success() -> None:
    """Asked again, the register answers with the entry that it has."""
    with closing(opened(SYSTEM)) as register:
        (first,) = await outcomes(register, request(SYSTEM, ENTRY, case=CASE))
        (again,) = await outcomes(register, request(SYSTEM, ENTRY, case=CASE, attempt=2))
    assert (first.result, again.result) == ("done", "done")
    assert again.record["so"] == first.record["so"]


async def test_rule_04_twins_are_two() -> None:
    """One mother, two birth notices: two entries."""
    brother = {"so_gcs": "00A2Z.GCS.79024.23", "ho_ten": "Nguyễn Minh Bảo"}
    twin = request(SYSTEM, ENTRY, case=OTHER)
    twin = replace(twin, record={**twin.record, **brother})
    with closing(opened(SYSTEM)) as register:
        answers = await outcomes(register, request(SYSTEM, ENTRY), twin)
    assert [(answer.result, answer.record.get("so")) for answer in answers] == [
        ("done", 1),
        ("done", 2),
    ]


async def test_rule_04_nobody_dies_in_two_cases() -> None:
    """The deceased names the death, whatever notice the second case brings."""
    again = request(SYSTEM, DEATH, case=OTHER, so_gbt="0B7K9.GBT.79024.23")
    with closing(opened(SYSTEM)) as register:
        answers = await outcomes(register, request(SYSTEM, DEATH), again)
    assert [answer.result for answer in answers] == ["done", "refused"]
    assert answers[1].record["ly_do"] == "duplicate_of"


async def test_rule_04_the_same_death_in_its_own_case_is_success() -> None:
    """Asked again, the register answers with the entry and the extract that it has."""
    with closing(opened(SYSTEM)) as register:
        (first,) = await outcomes(register, request(SYSTEM, DEATH))
        (again,) = await outcomes(register, request(SYSTEM, DEATH, attempt=2))
    assert (first.result, again.result) == ("done", "done")
    assert again.record["trich_luc"] == first.record["trich_luc"]


async def test_rule_04_a_death_has_one_allowance() -> None:
    """An agency decides once on somebody's death; the decision stands, and is paid once."""
    with closing(opened(DECIDER)) as register:
        answers = await outcomes(
            register, request(DECIDER, ALLOWANCE), request(DECIDER, ALLOWANCE, case=OTHER)
        )
    assert [answer.result for answer in answers] == ["done", "refused"]
    assert answers[1].record["ly_do"] == "duplicate_of"
