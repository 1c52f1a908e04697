"""Options win over the environment, the environment over `.env`, and that over the defaults."""

import inspect
import json
import re
from datetime import datetime
from pathlib import Path

import pytest

from hub.cli import environment, options
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


def test_what_no_source_settles_stands_in_the_runs_plan() -> None:
    """Whose code a personal ID has: the successor's, unless somebody says otherwise; and nobody
    checks the draft of a certificate."""
    from hub.cli.plans import scaled_plan

    start = datetime(2025, 7, 1)
    assert scaled_plan(start=start, speed=1.0).world.personal_id_province == "successor"
    plan = scaled_plan(start=start, speed=1.0, personal_id_province="former")
    assert plan.world.personal_id_province == "former"
    assert not plan.world.draft_certificates
    plan = scaled_plan(start=start, speed=1.0, draft_certificates=True)
    assert plan.world.draft_certificates


def test_a_table_of_standards_stands_in_the_runs_plan(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Public from its first day on, unless another day stands there."""
    from hub.cli.plans import own_standards, scaled_plan

    assert own_standards() == ()
    file = tmp_path / "standards.csv"
    rows = ["01,600000,2025-01-01,,V,nguồn,source", "79,550000,2025-07-01,2025-08-02,K,x,y"]
    header = "province,vnd,valid_from,known_from,confidence,source_vi,source_en"
    file.write_text("\n".join([header, *rows]), encoding="utf-8")
    monkeypatch.setenv("LIENTHONG_STANDARDS", str(file))
    plan = scaled_plan(start=datetime(2025, 7, 1), speed=1.0)
    found = [(one.province, one.vnd, one.known_from) for one in plan.standards]
    assert found == [("01", 600_000, "2025-01-01"), ("79", 550_000, "2025-08-02")]


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("99,600000,2025-01-01,,V,x,y", "no province of 2023 has the code '99'"),
        ("02,600000,2025-07-01,,V,x,y", "Hà Giang (02) is part of Tuyên Quang (08) since"),
        ("01,0,2025-01-01,,V,x,y", "vnd has to be a sum"),
        ("01,600000,1/1/2025,,V,x,y", "valid_from has to be a day as 2024-07-01, not 1/1/2025"),
        ("01,600000,2025-01-01,2025,V,x,y", "known_from has to be a day"),
        ("01,600000,2025-01-01,,sure,x,y", "confidence is one of S, V, V2, K, I, not sure"),
        ("01,600000,2025-01-01,,V,x", "it needs 7 values"),
        ("01,1,2025-01-01,,V,x,y\n01,2,2025-01-01,,V,x,y", "line 3: 01 has a row from 2025-01-01"),
    ],
)
def test_a_table_of_standards_with_a_fault_starts_nothing(
    lienthong: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, row: str, fault: str
) -> None:
    """Told with the file, the line and the province."""
    file = tmp_path / "standards.csv"
    header = "province,vnd,valid_from,known_from,confidence,source_vi,source_en"
    file.write_text(f"{header}\n{row}\n", encoding="utf-8")
    monkeypatch.setenv("LIENTHONG_STANDARDS", str(file))
    ended = lienthong("demo")
    assert ended.code == 2
    vi, _, en = ended.err.partition("\n  ")
    assert f"LIENTHONG_STANDARDS={file}: dòng " in vi, "the line is told in Vietnamese as well"
    assert fault in en


@pytest.mark.parametrize(
    ("row", "fault", "vi"),
    [
        ("15/2/2024,no,,V,x,y", "day has to be a day as 2026-01-10, not 15/2/2024", "phải là một"),
        ("2024-02-15,maybe,,V,x,y", "worked is yes or no, not maybe", "yes (làm việc)"),
        ("2024-02-15,no,,V,x,", "it needs 6 values", "cần đủ 6 giá trị"),
        ("2024-02-15,no,,V,x,y\n2024-02-15,yes,,V,x,y", "line 3: 2024-02-15 stands", "dòng 3"),
    ],
)
def test_a_table_of_days_off_stands_in_the_plan_or_starts_nothing(
    lienthong: Command,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    row: str,
    fault: str,
    vi: str,
) -> None:
    """A right row is in the plan; a faulty one is told with its line."""
    from hub.cli.plans import scaled_plan

    file = tmp_path / "days.csv"
    header = "day,worked,known_from,confidence,source_vi,source_en"
    file.write_text(f"{header}\n2024-02-19,no,,V,x,y\n", encoding="utf-8")
    monkeypatch.setenv("LIENTHONG_DAYS", str(file))
    plan = scaled_plan(start=datetime(2024, 2, 1), speed=1.0)
    assert [(one.day, one.worked, one.known_from) for one in plan.days] == [
        ("2024-02-19", "no", "2024-02-19")
    ]
    file.write_text(f"{header}\n{row}\n", encoding="utf-8")
    ended = lienthong("demo")
    assert ended.code == 2
    assert f"LIENTHONG_DAYS={file}" in ended.err
    assert fault in ended.err
    assert vi in ended.err


@pytest.mark.parametrize(
    ("text", "fault", "vi"),
    [
        (
            "old,new,source_vi,source_en\n00001,26740,x,y\n",
            "line 2: Phường Phúc Xá (00001) was in",
            "dòng 2: Phường Phúc Xá (00001) thuộc Hà Nội",
        ),
        ("old;new\n", "the first line has to be old,new,source", "dòng đầu phải là old,new,source"),
        (None, "No such file", "không đọc được bảng"),
    ],
)
def test_a_table_of_successors_with_a_fault_starts_nothing(
    lienthong: Command,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    text: str | None,
    fault: str,
    vi: str,
) -> None:
    """Told with the file, the line and the communes' names."""
    file = tmp_path / "units.csv"
    if text is not None:
        file.write_text(text, encoding="utf-8")
    monkeypatch.setenv("LIENTHONG_UNITS", str(file))
    for command in (("demo",), ("up",), ("bench", "chains", "--cases", "1")):
        ended = lienthong(*command)
        assert ended.code == 2
        assert vi in ended.err
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
    monkeypatch.delenv("LIENTHONG_SEED")
    for name, value in (("SPEED", "inf"), ("START", "1990-01-01"), ("PREFIX", "a b")):
        with monkeypatch.context() as one:
            one.setenv(f"LIENTHONG_{name}", value)
            ended = lienthong("up")
        assert ended.code == 2
        assert ended.err.startswith(f"lienthong: LIENTHONG_{name} "), ended.err


def test_every_variable_of_a_run_stands_in_the_example_file() -> None:
    """`.env.example` has each one's default, or a line to uncomment."""
    from hub.cli import plans, settings

    read = Path(inspect.getfile(options)).read_text(encoding="utf-8")
    for module in (plans, settings, environment):
        read += Path(inspect.getfile(module)).read_text(encoding="utf-8")
    example = Path(__file__).parents[3] / ".env.example"
    told = set(re.findall(r"^#? ?(LIENTHONG_[A-Z_]+)=", example.read_text("utf-8"), re.M))
    used = set(re.findall(r"LIENTHONG_[A-Z_]*[A-Z]\b", read))
    assert used, "variables are read"
    assert used <= told, "each of them is told in .env.example"
