"""Verify, trace and submit, on a run that has been."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from schemas.examples import example, examples
from simulators.arrivals import Arrivals
from simulators.mix import Mix
from simulators.runs.in_memory import run_in_memory
from simulators.runs.live import OPENING
from tests.hub.cli.conftest import Command
from tests.simulators.runs.runs import folder_of

CASES = 4


@pytest.fixture
async def run(tmp_path: Path, lienthong: Command) -> list[str]:
    """A finished run of a few cases; their codes."""
    folder, manifest = folder_of(tmp_path)
    arrivals = Arrivals(seed=1, start=OPENING, mix=Mix(deaths=0.0))
    cases = [arrivals.submission(n) for n in range(CASES)]
    await run_in_memory(folder, manifest, cases)
    return [case.case for case in cases]


@pytest.mark.usefixtures("run")
def test_a_clean_run_is_verified(lienthong: Command) -> None:
    """The newest run is judged when none is named; all counts stand in the report."""
    ended = lienthong("verify", "--json")
    report = json.loads(ended.out)
    assert ended.code == 0, report["findings"]
    counts = {n: report[n] for n in ("submitted", "external", "finished", "open")}
    assert counts == {"submitted": CASES, "external": 0, "finished": CASES, "open": 0}
    assert (report["lost"], report["duplicated"], report["mismatched"]) == (0, 0, 0)
    assert (report["run"], report["ok"]) == ("run", True)
    assert "0 lost, 0 duplicated, 0 mismatched in 4 cases" in lienthong("verify").out


@pytest.mark.usefixtures("run")
def test_a_damaged_run_fails(lienthong: Command, tmp_path: Path) -> None:
    """Exit code 1, and the screen shows what is missing where."""
    store = tmp_path / "runs" / "run" / "stores" / "notification.db"
    with closing(sqlite3.connect(store)) as connection, connection:
        connection.execute("DELETE FROM subjects")
    ended = lienthong("verify", "--run", "run")
    assert ended.code == 1
    assert "stores/notification" in ended.out


@pytest.mark.usefixtures("run")
def test_whoever_waits_for_the_end_is_told_what_is_open(lienthong: Command, tmp_path: Path) -> None:
    """An open case is no fault, except for who asked to wait until none is."""
    assert lienthong("verify", "--wait", "0").code == 0
    submissions = tmp_path / "runs" / "run" / "submissions.jsonl"
    line = submissions.read_text(encoding="utf-8").splitlines()[0]
    unsent = json.loads(line) | {"case": "G22.99.08-230710-999999", "id": "never-sent"}
    with submissions.open("a", encoding="utf-8") as file:
        file.write(json.dumps(unsent) + "\n")
    ended = lienthong("verify", "--wait", "0")
    assert ended.code == 1
    assert "1 cases are open after 0 s" in ended.err


def test_a_case_is_traced(lienthong: Command, run: list[str]) -> None:
    """For people in both languages, for programs as JSON with the run's name."""
    text = lienthong("trace", run[1]).out
    assert run[1] in text
    assert "Đã cấp số định danh cá nhân" in text
    assert "Personal ID issued" in text
    told = json.loads(lienthong("trace", run[1], "--json").out)
    assert (told["run"], told["case"], told["status"]) == ("run", run[1], "completed")


@pytest.mark.usefixtures("run")
def test_an_unknown_case_is_a_wrong_usage(lienthong: Command) -> None:
    """It says in which run it looked."""
    ended = lienthong("trace", "G22.99.08-230710-9999")
    assert ended.code == 2
    assert "run run knows no case G22.99.08-230710-9999" in ended.err


@pytest.mark.usefixtures("run")
def test_nothing_is_submitted_to_a_run_that_is_over(lienthong: Command) -> None:
    """A dependency is missing, and the message says how to get it."""
    ended = lienthong("submit")
    assert ended.code == 3
    assert "lienthong up" in ended.err


@pytest.mark.usefixtures("run")
def test_a_wrong_case_is_refused_field_by_field(lienthong: Command, tmp_path: Path) -> None:
    """Before anything is sent, and with the part of an identifier that is wrong."""
    case = example("case.submitted").data()
    case["child"]["notice"] = "00A1Z.XYZ.79024.23"
    case["requester"]["personal_id"] = "099092004521"
    case["services"] = []
    del case["commune"]
    (tmp_path / "case.json").write_text(json.dumps(case), encoding="utf-8")
    ended = lienthong("submit", "--file", "case.json")
    assert ended.code == 2
    lines = [line.strip() for line in ended.err.splitlines()[2:]]
    assert [line.partition(":")[0] for line in lines] == [
        "services",
        "commune",
        "requester.personal_id",
        "child.notice",
    ]
    assert "province part '099'" in lines[2]
    assert "mark part 'XYZ' is not 'GCS'" in lines[3]


@pytest.mark.usefixtures("run")
def test_a_wrong_death_is_refused_field_by_field(lienthong: Command, tmp_path: Path) -> None:
    """Its notice and its people as a birth's; and it is no birth, whoever says so."""
    case = examples("case.submitted")[1].data()
    (tmp_path / "case.json").write_text(json.dumps(case), encoding="utf-8")
    ended = lienthong("submit", "--chain", "birth", "--file", "case.json")
    assert (ended.code, "is about a death" in ended.err) == (2, True), ended.err
    case["notice"]["number"] = "00A1Z.GCS.79024.23"
    case["deceased"]["personal_id"] = "099092004521"
    (tmp_path / "case.json").write_text(json.dumps(case), encoding="utf-8")
    ended = lienthong("submit", "--file", "case.json")
    assert ended.code == 2
    person, notice = (line.strip() for line in ended.err.splitlines()[2:])
    assert person.startswith("deceased.personal_id: ")
    assert "province part '099'" in person
    assert notice.startswith("notice.number: ")
    assert "mark part 'GCS' is not 'GBT'" in notice


@pytest.mark.usefixtures("run")
@pytest.mark.parametrize(
    ("raw", "said"),
    [("{", "Invalid JSON"), ("[]", "the whole"), (None, "No such file")],
)
def test_a_file_that_is_no_case_is_refused(
    lienthong: Command, tmp_path: Path, raw: str | None, said: str
) -> None:
    """Also where there is no JSON, or no file."""
    if raw is not None:
        (tmp_path / "case.json").write_text(raw, encoding="utf-8")
    ended = lienthong("submit", "--file", "case.json")
    assert ended.code == 2
    assert said in ended.err


@pytest.mark.usefixtures("run")
def test_the_places_of_a_death_are_checked_like_its_own(lienthong: Command, tmp_path: Path) -> None:
    """Each is named by its field."""
    case = examples("case.submitted")[1].data()
    case["permanent_residence"] = {"province": "40", "commune": "99998", "address": "Số 1"}
    case["allowance_office"] = {"province": "01", "commune": "99999"}
    (tmp_path / "case.json").write_text(json.dumps(case), encoding="utf-8")
    ended = lienthong("submit", "--file", "case.json")
    assert ended.code == 2
    for field in ("permanent_residence.commune", "allowance_office.commune"):
        assert f"{field}: không có xã, phường nào mang mã này · no commune" in ended.err


@pytest.mark.usefixtures("run")
def test_a_key_that_stands_twice_is_named(lienthong: Command, tmp_path: Path) -> None:
    """The hub would not take it, and two readers would see two values."""
    raw = json.dumps(example("case.submitted").data())
    twice = raw.replace('"child": {', '"child": {"name": "Lò Văn Nam", ', 1)
    (tmp_path / "case.json").write_text(twice, encoding="utf-8")
    ended = lienthong("submit", "--file", "case.json")
    assert ended.code == 2
    assert "khóa 'child.name' xuất hiện hai lần" in ended.err
    assert "the key 'child.name' stands twice" in ended.err


@pytest.mark.usefixtures("run")
def test_a_form_is_told_in_words_and_once(lienthong: Command, tmp_path: Path) -> None:
    """No regular expression, and no second fault that follows from the first."""
    case = examples("case.submitted")[2].data()
    case["until"], case["services"] = "30/12/2023", ["residence"]
    (tmp_path / "case.json").write_text(json.dumps(case), encoding="utf-8")
    ended = lienthong("submit", "--file", "case.json")
    services, until = (line.strip() for line in ended.err.splitlines()[2:])
    assert services.startswith("services.0: phải là một trong các giá trị")
    assert until == (
        "until: không đúng dạng quy định: một ngày có thật, dạng năm-tháng-ngày như 2023-07-12 · "
        "String should have its form: a day of the calendar, year-month-day, such as 2023-07-12"
    )
    ended = lienthong("submit", "--file", "case.json", "--count", "3")
    assert (ended.code, "leave out --count" in ended.err) == (2, True), ended.err


@pytest.mark.usefixtures("run")
def test_a_commune_must_exist(lienthong: Command, tmp_path: Path) -> None:
    """What the schema can't see is seen before the case is stuck at an officer's desk."""
    case = example("case.submitted").data()
    case["household"]["commune"] = "99999"
    (tmp_path / "case.json").write_text(json.dumps(case), encoding="utf-8")
    err = lienthong("submit", "--file", "case.json").err
    assert "household.commune: không có xã, phường nào mang mã này · no commune" in err


@pytest.mark.usefixtures("run")
@pytest.mark.parametrize(
    ("reference", "said"),
    [
        ("police", "no system 'police'; there are health-facility"),
        ("dvclt", "dvclt is `run orchestrator`"),
        ("nowhere:connector", "No module named 'nowhere'"),
        ("json:connector", "has no attribute 'connector'"),
        ("json:dumps", "is a function, not a Connector"),
    ],
)
def test_a_connector_that_is_none_is_refused(lienthong: Command, reference: str, said: str) -> None:
    """By name or as module:attribute, the message says what was found instead."""
    ended = lienthong("run", "connector", reference, "--run", "run")
    assert ended.code == 2
    assert said in ended.err
