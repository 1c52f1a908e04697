"""Delivery rule 4: what is the same birth, and what is another one.

Each test takes nothing from fixtures, so that `test_rules_bite` can run the same function with the
rule taken away and see it fail. The other agencies' keys: `tests/simulators/agencies`.
"""

from contextlib import closing

from tests.simulators.agencies.asking import CASE, OTHER, opened, outcomes, request

SYSTEM, ENTRY = "civil-status", "birth.entry.requested"


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
    twin = request(SYSTEM, ENTRY, case=OTHER, so_gcs="00A2Z.GCS.79024.23")
    with closing(opened(SYSTEM)) as register:
        answers = await outcomes(register, request(SYSTEM, ENTRY), twin)
    assert [(answer.result, answer.record.get("so")) for answer in answers] == [
        ("done", 1),
        ("done", 2),
    ]
