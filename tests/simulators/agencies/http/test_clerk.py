"""What goes on between the agencies while a province looks on: papers without a hub."""

from contextlib import ExitStack, closing
from datetime import datetime
from pathlib import Path

import pytest

from schemas.event import VN
from schemas.examples import example
from simulators.agencies.http.clerk import SYSTEMS, Clerk
from tests.simulators.agencies.asking import CASE, opened, request, rows

ENTERED = datetime(2026, 9, 3, 9, tzinfo=VN)


@pytest.mark.parametrize("asked", [[], ["identity_card"]])
async def test_a_child_gets_an_identity_card_where_the_family_asked_for_one(
    tmp_path: Path, asked: list[str]
) -> None:
    """Once the birth is registered, beside the health card, under the child's own number."""
    case = {**example("case.submitted").data(), "services": ["birth", *asked]}
    paths = {system: tmp_path / f"{system}.db" for system in SYSTEMS}
    with ExitStack() as stack:
        agencies = {
            system: stack.enter_context(closing(opened(system, path)))
            for system, path in paths.items()
        }
        entry = request("civil-status", "birth.entry.requested", time=ENTERED)
        await agencies["civil-status"].submit([entry])
        await Clerk(agencies, {CASE: case}).settle()
    [child] = rows(paths["population"], "cong_dan")
    [health] = rows(paths["social-insurance"], "the_bhyt")
    assert health["so_dinh_danh"] == child["so_dinh_danh"]
    cards = [card["so_the"] for card in rows(paths["population"], "the_can_cuoc")]
    assert cards == [child["so_dinh_danh"]] * len(asked)
