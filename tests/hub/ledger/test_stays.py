"""Dozens of temporary residences in a whole country in memory, judged by the ledger."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson
import pytest

from connectors.runtime.store import reading
from hub.ledger import tables as t
from hub.ledger import verify
from hub.ledger.judge import Table
from schemas.event import from_text
from simulators.arrivals import Arrivals, Submission
from simulators.mix import Mix
from tests.hub.ledger.country import START, junk, manifest, play
from tests.hub.ledger.damage import a_copy, columns_of, delete, rows_of

STAY = "temporary_residence"
STAYS = 60
TWICE, LONG, ASTRAY = 6, 6, 2
"""Stays of somebody who has one already; too long or over; filed in another province."""
CASES = STAYS + TWICE + LONG + ASTRAY
AMONG_OTHERS = Mix(deaths=0.3, stays=0.4, withdrawn=0.3, withdrawal_hours=12, twins=0.1)
ONLY_STAYS = replace(AMONG_OTHERS, deaths=0.0, stays=1.0, twins=0.0)


def filed(seed: int, start: str = START) -> list[Submission]:
    """Stays of all kinds, ten a second: many withdrawn, some filed twice, some for too long."""
    arrivals = Arrivals(seed=seed, start=from_text(start), per_second=10, mix=ONLY_STAYS)
    made = [arrivals.submission(ordinal) for ordinal in range(STAYS)]
    later = [arrivals.submission(STAYS + n) for n in range(TWICE + LONG + ASTRAY)]
    again = [
        replace(one, payload=first.payload.model_copy(update={"until": "2023-12-31"}))
        for one, first in zip(later[:TWICE], made, strict=False)
    ]
    odd = ("2099-12-31", "2023-07-09")
    long = [
        replace(one, payload=one.payload.model_copy(update={"until": odd[n % 2]}))
        for n, one in enumerate(later[TWICE : TWICE + LONG])
    ]
    astray = [
        replace(one, payload=one.payload.model_copy(update={"province": _other(one)}))
        for one in later[TWICE + LONG :]
    ]
    return [*made, *again, *long, *astray]


def _other(one: Submission) -> str:
    return "01" if one.payload.province == "79" else "79"


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run of stays alone in which every fifth thing goes wrong; nobody changes it."""
    home, cases = tmp_path_factory.mktemp("home"), filed(21)
    return play(home, manifest("stays", seed=21), cases, outside=junk(cases[3]))


def documents(run: Path) -> Iterator[Mapping[str, Any]]:
    """What dvclt has of each case that was submitted."""
    for line in (run / "submissions.jsonl").read_bytes().splitlines():
        case = orjson.loads(line)["case"]
        yield {"case": case, **_state(run, "dvclt", case)}


def _state(run: Path, system: str, case: str) -> Mapping[str, Any]:
    found = reading.state_of(run / "stores" / f"{system}.db", case)
    assert found is not None, f"{system} has nothing of {case}"
    return found


def test_the_ledger_finds_every_stay_right(run: Path) -> None:
    """Nothing lost, twice or wrong; and in the run there is all that can become of a stay."""
    report = verify(run)
    assert report.findings == []
    assert (report.submitted, report.verified, report.open) == (CASES, CASES, 0)
    found = Counter((document["status"], document["reason"]) for document in documents(run))
    assert found.keys() == {
        ("completed", None),
        ("refused", "no_lawful_dwelling"),
        ("refused", "supplement_expired"),
        ("refused", "duplicate_of"),
        ("refused", "stay_too_long"),
        ("refused", "wrong_place"),
        ("withdrawn", "withdrawn"),
    }
    assert found["refused", "stay_too_long"] == LONG
    assert found["refused", "wrong_place"] == ASTRAY
    assert found["completed", None] > STAYS // 3


def test_supplements_and_withdrawals_are_among_them(run: Path) -> None:
    """Some sent the papers they were asked for; some withdrew and are registered all the same."""
    registered = [document for document in documents(run) if document["status"] == "completed"]
    assert any(document["withdrawn"] for document in registered)
    supplied = [
        document["case"]
        for document in registered
        if _state(run, "portal", document["case"]).get("boSung")
    ]
    assert supplied


def test_each_registered_stay_is_one_row_of_the_police(run: Path, tmp_path: Path) -> None:
    """One a person, numbered without a gap in each commune, and none that dvclt doesn't know."""
    with a_copy(run, t.TAM_TRU, tmp_path) as (_, db):
        rows = rows_of(db, t.TAM_TRU)
    numbers = {d["results"][STAY]["number"] for d in documents(run) if STAY in d["results"]}
    assert {row["so_ct08"] for row in rows} == numbers
    assert len({row["so_dinh_danh"] for row in rows}) == len(rows)
    by_commune: dict[str, list[int]] = {}
    for row in rows:
        by_commune.setdefault(row["xa"], []).append(row["so"])
    for numbered in by_commune.values():
        assert sorted(numbered) == list(range(1, len(numbered) + 1))


def test_a_stay_that_is_gone_from_the_register_is_lost(run: Path, tmp_path: Path) -> None:
    """Of each row that goes, the ledger names the case."""
    with a_copy(run, t.TAM_TRU, tmp_path) as (damaged, db):
        row = rows_of(db, t.TAM_TRU)[0]
        delete(db, t.TAM_TRU, row)
        report = verify(damaged)
    assert (report.lost, report.duplicated) == (1, 0)
    (finding,) = report.findings
    assert (finding.case, finding.table) == (row["ma_lien_thong"], "tam_tru")


def test_every_column_of_a_stay_is_held_against_what_was_filed(run: Path, tmp_path: Path) -> None:
    """A changed name, address, last day or hash is found, and where."""
    with a_copy(run, t.TAM_TRU, tmp_path) as (damaged, db):
        row = rows_of(db, t.TAM_TRU)[0]
        for column in columns_of(db, t.TAM_TRU):
            if column in ("so_dinh_danh", "ma_lien_thong"):
                continue  # what a row is found by: it is another one's then
            other = 9_999 if isinstance(row[column], int) else f"{row[column]}?"
            where = "WHERE ma_lien_thong = ?"
            db.execute(f"UPDATE tam_tru SET {column} = ? {where}", (other, row["ma_lien_thong"]))
            findings = verify(damaged).findings
            named = {f.column for f in findings if f.case == row["ma_lien_thong"]}
            assert column in named, f"{column} is {other!r}, found was {findings}"
            db.execute(
                f"UPDATE tam_tru SET {column} = ? {where}", (row[column], row["ma_lien_thong"])
            )
        assert verify(damaged).findings == []


@pytest.mark.parametrize("table", [t.TAM_TRU, t.subjects_table("dvclt")], ids=lambda x: x.name)
def test_stays_without_a_line_are_held_against_themselves(
    run: Path, tmp_path: Path, table: Table
) -> None:
    """Handed in by a client of one's own: complete and right, or a finding."""
    with a_copy(run, table, tmp_path) as (damaged, db):
        (damaged / "submissions.jsonl").unlink()
        (damaged / "submissions.jsonl").touch()
        report = verify(damaged)
        assert report.findings == []
        assert (report.external, report.open) == (CASES, 0)
        delete(db, table, rows_of(db, table)[0])
        assert not verify(damaged).ok


@pytest.mark.parametrize(
    ("seed", "start"),
    [
        (5, START),
        (6, "2024-02-29T16:30:00.000+07:00"),
        (7, "2025-06-30T14:00:00.000+07:00"),
        (8, "2025-08-16T11:29:50.000+07:00"),  # a Saturday, at noon of the commune police
    ],
)
def test_stays_go_well_beside_births_and_deaths(tmp_path: Path, seed: int, start: str) -> None:
    """Three chains in one run, on any day."""
    arrivals = Arrivals(seed=seed, start=from_text(start), per_second=2, mix=AMONG_OTHERS)
    cases = [arrivals.submission(ordinal) for ordinal in range(40)]
    assert Counter(case.payload.chain for case in cases).keys() == {"birth", "death", STAY}
    report = verify(play(tmp_path, manifest("three", seed=seed, start=start), cases))
    assert report.findings == []
    assert report.submitted == 40


def test_open_stays_are_open_and_no_fault(tmp_path: Path) -> None:
    """A run that was stopped after a day has both."""
    run = play(tmp_path, manifest("halfway", seed=21), filed(21), hours=range(0, 30, 3))
    report = verify(run)
    assert report.findings == []
    assert report.open > 0
    assert report.finished > LONG
