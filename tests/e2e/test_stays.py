"""Temporary residence in a country that is up, as its users file and follow it."""

import json

import pytest

from schemas.examples import SUBMISSIONS
from tests.e2e.processes import Lienthong

pytestmark = [pytest.mark.e2e, pytest.mark.embedded, pytest.mark.timeout(240)]

_, STAY = SUBMISSIONS["temporary_residence"]


def test_stays_are_filed_from_a_file_or_made_and_followed_to_their_notice(
    lienthong: Lienthong,
) -> None:
    """One's own, one that is too long, and some of made-up people: each told, papered, verified."""
    with lienthong.up("--seed", "2", "--speed", "100000"):
        (lienthong.folder / "stay.json").write_text(json.dumps(STAY), encoding="utf-8")
        (own,) = lienthong.json("submit", "--file", "stay.json")["receipts"]
        made = lienthong.json("submit", "--chain", "temporary_residence", "--count", "3")
        long = json.dumps({**STAY, "until": "2033-07-10"})
        refused = lienthong.run("submit", "--file", "-", "--json", given=long)
        assert refused.returncode == 0, refused.stderr
        (receipt,) = json.loads(refused.stdout)["receipts"]
        report = lienthong.verdict(finished=5)
        assert report["ok"], report["findings"]
        assert (report["submitted"], report["finished"]) == (5, 5)

    assert own["case"].startswith("G22.99.10-")
    assert all(case.startswith("G22.99.10-") for case in made["cases"])
    assert own["due"] is not None
    assert (receipt["due"], receipt["reason"]) == (None, "stay_too_long")
    story = lienthong.json("trace", own["case"])
    assert (story["chain"], story["resident"]["name"]) == ("temporary_residence", "Phạm Thu Trang")
    papers = [one["kind"] for one in lienthong.json("document", "list", own["case"])["documents"]]
    # the code has the day of filing, and with it the chance of being refused
    assert papers == (["ct08"] if story["status"] == "completed" else [])


def test_a_stay_of_another_shape_is_refused_field_by_field(lienthong: Lienthong) -> None:
    """Before any broker is asked: the fields that are wrong, each by name."""
    wrong = {**STAY, "until": "30/06/2025", "services": []}
    ended = lienthong.run("submit", "--file", "-", given=json.dumps(wrong))
    assert ended.returncode == 2
    for named in ("until", "services"):
        assert named in ended.stderr
