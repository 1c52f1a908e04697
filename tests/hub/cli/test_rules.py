"""The law on the screen: by date, with its source, in both languages."""

import json
from pathlib import Path
from typing import Any

import pytest

from schemas.rules import FOR_INFORMATION, RULES
from schemas.working_days import adopt_days
from tests.hub.cli.conftest import Command


def printed(lienthong: Command, *arguments: str) -> dict[str, dict[str, Any]]:
    """The rules that a command prints as JSON, by name."""
    ended = lienthong("rules", *arguments, "--json")
    assert ended.code == 0, ended.err
    return {told["rule"]: told for told in json.loads(ended.out)["rules"]}


def test_the_list_has_every_rule_with_all_its_rows(lienthong: Command) -> None:
    """Each row with dates, source and confidence."""
    told = printed(lienthong, "list")
    assert list(told) == list(RULES)
    for name, rule in told.items():
        assert len(rule["rows"]) == len(RULES[name].rows)
        assert all(row["confidence"] and row["source_vi"] for row in rule["rows"])


def test_a_list_of_a_day_has_at_most_one_row_each(lienthong: Command) -> None:
    """Before 2025 there was no social pension; the base salary was that of July 2023."""
    told = printed(lienthong, "list", "--on", "2024-06-30")
    assert [row["value"] for row in told["level.base"]["rows"]] == ["1800000"]
    assert told["allowance.social_pension"]["rows"] == []


def test_what_was_not_public_yet_is_not_shown(lienthong: Command) -> None:
    """The standard of July 2026 came out on 21 August."""
    asked = ("show", "level.social_standard", "--on", "2026-07-15")
    (now,) = printed(lienthong, *asked)["level.social_standard"]["rows"]
    (then,) = printed(lienthong, *asked, "--known", "2026-08-20")["level.social_standard"]["rows"]
    assert (now["value"], then["value"]) == ("540000", "500000")
    assert now["known_from"] == "2026-08-21"


def test_the_beginning_of_a_name_shows_several(lienthong: Command) -> None:
    """`level` is both levels."""
    assert set(printed(lienthong, "show", "level")) == {"level.base", "level.social_standard"}


@pytest.mark.parametrize("day", [(), ("--on", "2025-07-01")], ids=["all", "on a day"])
@pytest.mark.parametrize("name", sorted({rule.partition(".")[0] for rule in RULES}))
def test_a_rule_reads_well_without_json(
    lienthong: Command, name: str, day: tuple[str, ...]
) -> None:
    """Questions, sources and how sure they are, in both languages and without control codes."""
    ended = lienthong("rules", "show", name, *day)
    assert ended.code == 0, ended.err
    assert "\x1b" not in ended.out
    for rule in RULES.values():
        if rule.id.partition(".")[0] == name:
            assert rule.vi in ended.out
            assert rule.en in ended.out
    if not day:
        assert all(row.source_vi in ended.out for row in RULES[rule_of(name)].rows)


def rule_of(name: str) -> str:
    """The first rule of a group."""
    return next(rule for rule in RULES if rule.partition(".")[0] == name)


def test_a_deadline_names_the_calendar_by_which_it_counts(lienthong: Command) -> None:
    """A stay is the commune police's affair, a linked birth the one-stop's."""
    told = printed(lienthong, "show", "deadline")
    assert told["deadline.temporary_residence"]["calendar"] == "calendar.residence"
    assert told["deadline.birth"]["calendar"] == "calendar.others"
    assert printed(lienthong, "show", "level.base")["level.base"]["calendar"] is None
    said = lienthong("rules", "show", "deadline.temporary_residence").out
    assert "giờ hành chính và sáng thứ Bảy" in said


def test_what_is_told_and_not_applied_says_so(lienthong: Command) -> None:
    """On a line of the list, with its rows, and as JSON."""
    told = printed(lienthong, "list")
    assert {name for name, rule in told.items() if not rule["applied"]} == FOR_INFORMATION
    lines = lienthong("rules", "list").out.splitlines()
    noted = {line.split()[0] for line in lines if "để tham khảo · for information" in line}
    assert noted == FOR_INFORMATION
    assert "mô phỏng không áp dụng" in lienthong("rules", "show", "entitlement").out
    assert "mô phỏng không áp dụng" not in lienthong("rules", "show", "filing").out


def test_what_provinces_set_stands_beside_the_national_standard(
    lienthong: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By a table of one's own, with province and source; on a day only what holds then."""
    file = tmp_path / "standards.csv"
    rows = ["01,600000,2025-01-01,,V,Nghị quyết thử,Resolution", "79,700000,2027-01-01,,V,x,y"]
    header = "province,vnd,valid_from,known_from,confidence,source_vi,source_en"
    file.write_text("\n".join([header, *rows]), encoding="utf-8")
    monkeypatch.setenv("LIENTHONG_STANDARDS", str(file))
    told = lienthong("rules", "show", "level.social_standard").out
    for text in ("500.000 đồng", "600.000 đồng", "700.000 đồng", "mức của Hà Nội (01)"):
        assert text in told
    on = lienthong("rules", "show", "level.social_standard", "--on", "2025-08-01", "--json").out
    (rule,) = json.loads(on)["rules"]
    assert [row["value"] for row in rule["rows"]] == ["500000"]
    assert [(row["value"], row["source_vi"]) for row in rule["own_rows"]] == [
        ("600000", "Nghị quyết thử")
    ]


def test_exchanged_days_are_shown_with_who_says_so(
    lienthong: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those of the package, of the table, and of one's own file, which wins."""
    file = tmp_path / "days.csv"
    rows = ["2027-05-08,yes,2027-01-05,V,Thông báo thử,A notice", "2026-01-02,yes,,I,x,y"]
    header = "day,worked,known_from,confidence,source_vi,source_en"
    file.write_text("\n".join([header, *rows]), encoding="utf-8")
    assert "days_off" in lienthong("rules", "list").out
    plain = lienthong("rules", "show", "days_off").out
    for text in ("04/05/2024", "26/04/2025", "22/08/2026", "12729/VPCP-KGVX", "từ năm 2027"):
        assert text in plain
    monkeypatch.setenv("LIENTHONG_DAYS", str(file))
    try:
        told = lienthong("rules", "show", "days_off").out
        assert "Thông báo thử" in told
        assert "từ năm 2028" in told
        asked = ("rules", "show", "days_off", "--on", "2026-01-02", "--json")
        (on,) = (json.loads(lienthong(*asked).out)["days_off"],)
    finally:
        adopt_days(())
    assert (on["on"]["worked"], [row["source_vi"] for row in on["own_rows"]]) == (True, ["x"])


def test_a_line_of_the_list_says_the_value_of_the_day(lienthong: Command) -> None:
    """Sums as Vietnamese write them."""
    lines = lienthong("rules", "list", "--on", "2024-07-01").out.splitlines()
    (base,) = (line for line in lines if line.startswith("level.base "))
    assert "2.340.000 đồng" in base
    assert "Mức lương cơ sở" in base


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("show", "levl.base"), "did you mean level.base"),
        (("show", "qqq"), "no rule 'qqq'; `lienthong rules list` lists all"),
        (("list", "--known", "2026-08-20"), "give that with --on"),
        (("list", "--on", "01/07/2024"), "Invalid value for '--on'"),
    ],
)
def test_a_wrong_question_says_what_to_ask(
    lienthong: Command, arguments: tuple[str, ...], said: str
) -> None:
    """A line on stderr, exit code 2."""
    ended = lienthong("rules", *arguments)
    assert ended.code == 2
    assert said in ended.err
    assert ended.out == ""
