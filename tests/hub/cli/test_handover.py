"""A case that went over 1 July 2025 is found under its code, and tells who has it now."""

import json

import pytest

from tests.hub.cli.conftest import Command

HANDED_OVER, UNMAPPED = "finished-by-the-successor", "unmapped-commune"


@pytest.fixture
def played(lienthong: Command) -> dict[str, tuple[str, list[str]]]:
    """By scenario, its run and the codes of its cases."""
    found = {}
    for name in (HANDED_OVER, UNMAPPED):
        [one] = json.loads(lienthong("scenario", "run", name, "--json").out)["scenarios"]
        found[name] = one["run"], [case["case"] for case in one["cases"]]
    return found


def test_the_old_code_finds_the_case_its_trace_and_its_reasons(
    lienthong: Command, played: dict[str, tuple[str, list[str]]]
) -> None:
    """Filed in June, finished in July: `case show`, `trace` and `explain` know it by one code."""
    run, [birth, _] = played[HANDED_OVER]
    shown = json.loads(lienthong("case", "show", birth, "--run", run, "--json").out)
    assert (shown["case"], shown["status"]) == (birth, "completed")
    assert shown["dossier"] == "H22.024.00691-250630-0001"
    assert birth.startswith("G22.99.08-250630-")
    traced = lienthong("trace", birth, "--run", run)
    assert (traced.code, birth in traced.out) == (0, True)
    answers = json.loads(lienthong("explain", birth, "--run", run, "--json").out)["answers"]
    found = [one for one in answers if one["matter"] == "unit"]
    units = {service: one for one in found for service in one["services"]}
    assert units.keys() == {"birth", "residence", "health_card"}
    was = "Phường Trần Phú (00691), Thành phố Hà Giang, Hà Giang"
    successor = f"Phường Hà Giang 2 (00691), H60.00691: đơn vị kế thừa {was}"
    insurer = "BHXH cơ sở phụ trách Phường Hà Giang 2 (00691), thuộc BHXH tỉnh Tuyên Quang"
    for service, unit in units.items():
        assert unit["value_vi"] == (insurer if service == "health_card" else successor)
        [row] = [rule for rule in unit["rules"] if rule["rule"] == "units.provinces"]
        assert row["valid_from"] == "2025-07-01"
        assert "202/2025/QH15" in row["source_vi"]


def test_an_officer_sees_why_a_case_was_not_sent(
    lienthong: Command, played: dict[str, tuple[str, list[str]]]
) -> None:
    """In the manual queue with the reason in both languages, at status 1, waiting by name."""
    run, [birth, _, death] = played[UNMAPPED]
    listed = json.loads(lienthong("case", "list", "--manual", "--open", "--run", run, "--json").out)
    assert {one["case"] for one in listed["cases"]} == {birth, death}
    shown = lienthong("case", "show", birth, "--run", run).out
    for text in (
        "Chưa rõ đơn vị kế thừa của xã, phường trong hồ sơ",
        "no table says which unit deals with the case's commune",
        "Chờ xác định đơn vị tiếp nhận",
        "Mới đăng ký",
    ):
        assert text in " ".join(shown.split())
    answers = json.loads(lienthong("explain", birth, "--run", run, "--json").out)["answers"]
    [unit] = [one for one in answers if one["matter"] == "unit"]
    assert unit["value_vi"] == "chưa rõ đơn vị kế thừa: Phường Phúc Xá (00001)"
