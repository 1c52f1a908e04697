"""Runs over 1 July 2025, when no case is lost and none is a fault because its commune is gone; and
over New Year, when offices begin to count anew."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path

import pytest

from connectors.runtime.manifest import RunFolder
from connectors.runtime.store import reading
from hub.ledger import tables as t
from hub.ledger.calendar import VN
from hub.ledger.units import Place, receiving
from hub.ledger.verify import verify
from schemas import units
from schemas.event import from_text
from schemas.regimes import competent_commune
from schemas.successions import adopt, read_successions
from schemas.units import Succession
from tests.hub.ledger.country import MIX, manifest, play, submissions
from tests.hub.ledger.damage import rows_of

EVE = "2025-06-30T15:20:00.000+07:00"
DAYS = [from_text(EVE).astimezone(VN).date(), from_text(EVE).replace(month=7, day=1).date()]


def everywhere() -> tuple[Succession, ...]:
    """A made-up table that leaves no commune without a successor: one commune of each province."""
    first = {unit.province: unit.code for unit in reversed(units.today_communes())}
    today = {unit.code for unit in units.today_communes()}
    gone = (commune for commune in units.communes() if commune.code not in today)
    successor = {province.code: province.successor for province in units.provinces()}
    rows = [f"{one.code},{first[successor[one.province]]},bảng thử,made up" for one in gone]
    return read_successions("\n".join(["old,new,source_vi,source_en", *rows]))


@pytest.fixture(autouse=True)
def no_rows_left() -> Iterator[None]:
    """A run's rows hold in its process; none is left for other tests."""
    yield
    adopt(())


@pytest.fixture(scope="module")
def mapped() -> tuple[Succession, ...]:
    """That table, read once."""
    return everywhere()


@pytest.mark.timeout(240)
@pytest.mark.parametrize("start", [EVE, "2025-07-01T08:00:00.000+07:00"])
@pytest.mark.parametrize("sequence", ["parallel", "strict"])
def test_hundreds_of_cases_over_the_day(tmp_path: Path, start: str, sequence: str) -> None:
    """Whatever nobody receives is open, with an officer, and nobody's dead letter."""
    plan = manifest("over", seed=11, start=start, sequence=sequence)  # type: ignore[arg-type]
    run = play(tmp_path, plan, submissions(11, 150, start))
    report = verify(run)
    assert report.findings == []
    assert report.submitted > 150
    assert (report.open > 0) == (start == EVE)
    assert report.finished + report.open == report.submitted
    queue = reading.manual_queue(run / "stores" / "dvclt.db")
    told = {item.subject for item in queue if item.reason == "unit_unmapped"}
    states = reading.states_of(run / "stores" / "dvclt.db", ended=False)
    assert {case for case, _ in states} <= told


@pytest.mark.timeout(240)
def test_a_table_of_one_s_own_leaves_no_case_behind(
    tmp_path: Path, mapped: tuple[Succession, ...]
) -> None:
    """With a row for every commune all cases end, with the successors' codes in every register."""
    plan = replace(manifest("own", seed=11, start=EVE), units=[asdict(row) for row in mapped])
    run = play(tmp_path, plan, submissions(11, 150, EVE))
    report = verify(run)
    assert report.findings == []
    assert report.finished == report.submitted
    today = {unit.code for unit in units.today_communes()}
    handed_over = [
        row
        for row in _dossiers(run)
        if row["ma_don_vi"].rpartition(".")[2] != row["ma_ho_so"].split("-")[0].rpartition(".")[2]
    ]
    assert handed_over != []
    assert all(row["ma_don_vi"].rpartition(".")[2] in today for row in handed_over)


def test_a_number_with_the_other_province_s_code_is_found(tmp_path: Path) -> None:
    """What the run's parameter says is the rule by which each number is judged."""
    start = "2025-07-01T08:00:00.000+07:00"
    plan = manifest("former", seed=3, start=start)
    plan = replace(plan, world=plan.world | {"personal_id_province": "former"})
    run = play(tmp_path, plan, submissions(3, 12, start))
    assert verify(run).findings == []
    RunFolder(run).save(replace(plan, world=plan.world | {"personal_id_province": "successor"}))
    found = verify(run).findings
    assert {finding.column for finding in found} == {"so_dinh_danh"}
    assert all("a number of province" in str(finding.expected) for finding in found)


@pytest.mark.timeout(120)
def test_decisions_count_anew_on_the_other_side_of_new_year(tmp_path: Path) -> None:
    """Two decisions of one number are told apart by their day, and each is paid once."""
    start = "2023-12-28T08:00:00.000+07:00"
    deaths = submissions(5, 120, start, mix=replace(MIX, deaths=1.0))
    run = play(tmp_path, manifest("years", seed=5, start=start), deaths)
    assert verify(run).findings == []
    years: dict[str, set[int]] = defaultdict(set)
    with closing(sqlite3.connect(run / "registers" / "social-insurance.db")) as db:
        for row in rows_of(db, t.TRO_CAP_MAI_TANG["social-insurance"]):
            if row["so"] == 1:
                years[row["noi"]].add(row["nam"])
    assert {2023, 2024} in years.values(), "some province has a number 1 of each year"


def _dossiers(run: Path) -> list[dict[str, str]]:
    with closing(sqlite3.connect(run / "registers" / "one-stop.db")) as db:
        return rows_of(db, t.HO_SO)


def test_the_ledger_s_table_agrees_with_the_program_s(mapped: tuple[Succession, ...]) -> None:
    """Of every commune, on both days, with rows of one's own and without."""
    codes = [one.code for one in units.communes()] + [one.code for one in units.today_communes()]
    for rows in ((), mapped):
        adopt(rows)
        own = {row.old: row.new for row in rows}
        for day in DAYS:
            for code in codes:
                assert receiving(code, day, own) == _competent(code, day), (code, day)


def _competent(code: str, day: date) -> Place | None:
    try:
        office = competent_commune(code, day)
    except units.UnknownUnitError:
        return None
    return Place(office.province, office.commune)
