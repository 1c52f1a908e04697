"""Options win over the environment, the environment over `.env`, and that over the defaults."""

import json
from datetime import datetime
from pathlib import Path

import pytest

from tests.hub.cli.conftest import Command


def topic(lienthong: Command, *arguments: str) -> str:
    """The portal's input topic, which shows the prefix in force."""
    told = json.loads(lienthong("contract", "case.submitted", "--json", *arguments).out)
    return str(told["publish_to"]["portal"])


def test_the_nearest_setting_wins(
    lienthong: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each place is overruled by the next nearer one."""
    assert topic(lienthong) == "lt.in.portal"
    # monkeypatch puts back what `.env` brings into the environment
    monkeypatch.setenv("LIENTHONG_PREFIX", "")
    monkeypatch.delenv("LIENTHONG_PREFIX")
    (tmp_path / ".env").write_text("LIENTHONG_PREFIX=file\nPATH=/nowhere\n", encoding="utf-8")
    assert topic(lienthong) == "file.in.portal"
    monkeypatch.setenv("LIENTHONG_PREFIX", "environment")
    assert topic(lienthong) == "environment.in.portal"
    assert topic(lienthong, "--prefix", "option") == "option.in.portal"


def test_the_file_sets_nothing_but_our_own(
    lienthong: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A `.env` written for something else changes nothing, and an empty value none of ours."""
    monkeypatch.delenv("SOMETHING", raising=False)
    (tmp_path / ".env").write_text("SOMETHING=else\nLIENTHONG_PREFIX=\n", encoding="utf-8")
    assert topic(lienthong) == "lt.in.portal"
    import os

    assert "SOMETHING" not in os.environ


def test_a_table_of_successors_stands_in_the_runs_plan(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By content: the file may change or go, and every process of the run has the same rows."""
    from hub.cli.plans import own_units, scaled_plan

    assert own_units() == ()
    file = tmp_path / "units.csv"
    file.write_text("old,new,source_vi,source_en\n00001,00004,nguồn,source\n", encoding="utf-8")
    monkeypatch.setenv("LIENTHONG_UNITS", str(file))
    plan = scaled_plan(start=datetime(2025, 6, 30), speed=1.0)
    assert [(row.old, row.new) for row in plan.units] == [("00001", "00004")]


def test_whose_code_a_personal_id_has_stands_in_the_runs_plan() -> None:
    """The successor's, unless somebody says otherwise."""
    from hub.cli.plans import scaled_plan

    start = datetime(2025, 7, 1)
    assert scaled_plan(start=start, speed=1.0).world.personal_id_province == "successor"
    plan = scaled_plan(start=start, speed=1.0, personal_id_province="former")
    assert plan.world.personal_id_province == "former"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("old,new,source_vi,source_en\n00001,26740,x,y\n", "line 2: Phường Phúc Xá (00001) was in"),
        ("old;new\n", "the first line has to be old,new,source_vi,source_en"),
        (None, "No such file"),
    ],
)
def test_a_table_of_successors_with_a_fault_starts_nothing(
    lienthong: Command,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    text: str | None,
    fault: str,
) -> None:
    """Told with the file, the line and the communes' names."""
    file = tmp_path / "units.csv"
    if text is not None:
        file.write_text(text, encoding="utf-8")
    monkeypatch.setenv("LIENTHONG_UNITS", str(file))
    for command in (("demo",), ("up",), ("bench", "chains", "--cases", "1")):
        ended = lienthong(*command)
        assert ended.code == 2
        assert "bảng đơn vị kế thừa" in ended.err
        assert f"LIENTHONG_UNITS={file}" in ended.err
        assert fault in ended.err


def test_a_wrong_setting_names_its_variable(
    lienthong: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever set it learns which one it is."""
    monkeypatch.setenv("LIENTHONG_SEED", "one")
    ended = lienthong("demo")
    assert ended.code == 2
    assert "LIENTHONG_SEED" in ended.err or "--seed" in ended.err
