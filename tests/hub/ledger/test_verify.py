"""The verdict on runs that are right, unfinished, unusual, or partly played by others."""

import fcntl
import shutil
import sqlite3
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

import orjson
import pytest

from connectors.runtime.store.reading import states_of
from hub.ledger import folder as reading
from hub.ledger import tables as t
from hub.ledger import verify
from hub.ledger.judge import Table
from hub.ledger.report import SHOWN, Finding, Report
from schemas.days_off import ExchangedDay
from schemas.event import from_text, full_type
from schemas.payloads import BirthCase, canonical
from schemas.standards import adopt_standards
from schemas.units import provinces
from schemas.working_days import adopt_days, due
from simulators.arrivals import Arrivals
from simulators.mix import Mix
from simulators.runs.submitting import submission_event
from simulators.world import World
from tests.hub.ledger.conftest import CASES
from tests.hub.ledger.country import ADDED, BIRTHS, manifest, message, play, submissions, world
from tests.hub.ledger.damage import a_copy, delete, rows_of


def _lines(run: Path) -> list[bytes]:
    return (run / "submissions.jsonl").read_bytes().splitlines(keepends=True)


def _with_lines(run: Path, to: Path, lines: list[bytes]) -> Path:
    """The same run with other lines in its submissions file."""
    copy = to / "other-lines"
    shutil.copytree(run, copy)
    (copy / "submissions.jsonl").write_bytes(b"".join(lines))
    return copy


@pytest.mark.parametrize(("seed", "sequence"), [(1, "parallel"), (2, "strict"), (3, "strict")])
def test_a_right_run_is_found_right(
    tmp_path: Path, seed: int, sequence: Literal["parallel", "strict"]
) -> None:
    """Whatever the seed and the order of the services."""
    run = play(tmp_path, manifest("right", seed=seed, sequence=sequence), submissions(seed, 16))
    report = verify(run)
    assert report.findings == []
    cases = 16 + ADDED
    assert (report.submitted, report.finished, report.open) == (cases, cases, 0)
    assert 8 * cases < report.events_accepted < 17 * cases
    assert report.deliveries > report.events_accepted


@pytest.mark.parametrize(
    "start",
    [
        "2023-12-31T18:00:00.123+07:00",  # entries of two years, a holiday, fractions of a second
        "2026-01-01T15:00:00.001+07:00",  # before an exchanged Friday that the package lacks
    ],
)
def test_a_run_may_start_on_any_day(tmp_path: Path, start: str) -> None:
    """Deadlines and book years follow the calendar."""
    plan = manifest("other-day", seed=8, start=start)
    assert verify(play(tmp_path, plan, submissions(8, 12, start))).findings == []


def test_a_day_off_of_the_run_s_own_moves_deadlines_in_both_programs(tmp_path: Path) -> None:
    """Wednesday 12 July 2023 is off by the run's table, so what is filed on the 10th is due on
    Friday the 14th; the ledger reads the row in the manifest, and finds the same run wrong
    without it."""
    row = {
        "day": "2023-07-12",
        "worked": "no",
        "known_from": "2023-07-01",
        "confidence": "I",
        "source_vi": "thử",
        "source_en": "made up",
    }
    plan = replace(manifest("own-days", seed=6), days=[row])
    adopt_days([ExchangedDay(**row)])  # type: ignore[arg-type]
    try:
        filed = from_text("2023-07-10T09:00:00.000+07:00")
        assert due(filed, 3) == from_text("2023-07-14T17:00:00.000+07:00")
        run = play(tmp_path, plan, submissions(6, 4))
    finally:
        adopt_days(())
    assert verify(run).findings == []
    assert due(filed, 3) == from_text("2023-07-13T17:00:00.000+07:00")
    file = run / "manifest.json"
    file.write_bytes(orjson.dumps({**orjson.loads(file.read_bytes()), "days": []}))
    assert verify(run).findings, "the dates of the run are wrong by the calendar without its row"


def test_a_sum_by_another_standard_than_the_run_s_is_found(tmp_path: Path) -> None:
    """What provinces pay above the floor stands in the manifest, and the ledger goes by it."""
    plan = manifest("standards", seed=6)
    everywhere = [
        {
            "province": province.code,
            "vnd": 400_000,
            "valid_from": "2023-01-01",
            "known_from": "2023-01-01",
            "confidence": "I",
            "source_vi": "thử",
            "source_en": "made up",
        }
        for province in provinces()
    ]
    plan = replace(plan, standards=everywhere)
    mix = Mix(deaths=1.0, group_insurance=0.0, group_social_protection=0.8)
    run = play(tmp_path, plan, submissions(6, 6, mix=mix))
    adopt_standards(())
    assert verify(run).findings == []
    file = run / "manifest.json"
    file.write_bytes(orjson.dumps({**orjson.loads(file.read_bytes()), "standards": []}))
    found = verify(run).findings
    sums = {(one.expected, one.found) for one in found if one.column == "so_tien"}
    assert (7_200_000, 8_000_000) in sums


def test_a_late_birth_is_promised_as_the_run_has_it(
    tmp_path: Path, late_births_verified: None
) -> None:
    """Five working days where the manifest says that it is to be verified; three elsewhere."""
    plan = replace(manifest("late", seed=4), verify_late_births=True)
    run = play(tmp_path, plan, submissions(4, 12))
    assert verify(run).findings == []
    file = run / "manifest.json"
    told = orjson.loads(file.read_bytes())
    file.write_bytes(orjson.dumps({**told, "verify_late_births": False}))
    found = verify(run).findings
    assert {finding.table for finding in found} >= {"subjects"}, "dvclt promised another day"


def test_a_death_of_long_ago_is_decided_by_the_law_of_its_day(tmp_path: Path) -> None:
    """Filed years late: paid by the level of that month, or refused where no table reaches."""
    mix = Mix(deaths=1.0, withdrawn=0.0)
    families = (one for one in submissions(9, 40, mix=mix) if one.death.groups == ("insurance",))
    days = {"2005-05-05": None, "2016-04-30": 11_500_000, "2019-06-30": 13_900_000}
    late, sums = [], {}
    for (day, vnd), one in zip(days.items(), families, strict=False):
        deceased = one.death.deceased.model_copy(update={"died": f"{day}T03:15:00+07:00"})
        payload = one.payload.model_copy(update={"deceased": deceased})
        late.append(replace(one, payload=payload))
        if vnd is not None:
            sums[one.case] = vnd
    plan = replace(manifest("long-ago", seed=9), world=world(often=0.0).to_json())
    run = play(tmp_path, plan, late)
    report = verify(run)
    assert (report.findings, report.finished) == ([], len(days))
    granted = t.TRO_CAP_MAI_TANG["social-insurance"]
    with sqlite3.connect(run / f"{granted.store}.db") as db:
        rows = {row["ma_lien_thong"]: row["so_tien"] for row in rows_of(db, granted)}
    assert rows == sums


def test_a_case_may_wait_for_ever_for_the_successor_of_its_commune(tmp_path: Path) -> None:
    """What is asked on or after 1 July 2025 may have nobody to receive it: an officer has the case,
    and that is right. One that no officer has is a fault, and so is one without such a request."""
    start = "2025-06-30T14:00:00.000+07:00"
    run = play(tmp_path, manifest("handed-over", seed=8, start=start), submissions(8, 60, start))
    report = verify(run)
    assert report.findings == []
    assert report.open > 0
    unknown = verify(_with_lines(run, tmp_path, []))
    assert unknown.findings == []
    assert (unknown.external, unknown.open) == (report.submitted, report.open)
    manual = next(x for x in t.store_rest("dvclt") if x.name == "manual")
    unmapped = "reason = 'unit_unmapped'"
    for change, more in (("DELETE FROM manual WHERE", 0), ("UPDATE manual SET at = '' WHERE", 1)):
        with a_copy(run, manual, tmp_path) as (damaged, db):
            rows = db.execute(f"SELECT subject FROM manual WHERE {unmapped}").fetchall()
            db.execute(f"{change} {unmapped}")
            assert len(rows) >= report.open
            found = verify(damaged)
            assert {finding.case for finding in found.findings} - {None} == {
                case for (case,) in rows
            }
            # one row may stand for two services that could not be asked for at the same moment
            assert len(rows) * (1 + more) <= found.mismatched <= len(rows) * (2 + more)


def test_another_seed_does_not_fit_the_run(finished: Path, tmp_path: Path) -> None:
    """The model knows outcomes and times from the seed, so a wrong one contradicts every case."""
    with a_copy(finished, t.LOG, tmp_path) as (run, _):
        wrong = orjson.loads((run / "manifest.json").read_bytes()) | {"seed": 12}
        (run / "manifest.json").unlink()
        (run / "manifest.json").write_bytes(orjson.dumps(wrong))
        report = verify(run)
    cases = states_of(finished / "stores" / "dvclt.db", ended=True)
    refused_at_once = sum(document["due"] is None for _, document in cases)
    assert refused_at_once > 0
    assert report.verified == refused_at_once, "only those need no draw"


def test_a_birth_that_another_case_has_is_refused(finished: Path, tmp_path: Path) -> None:
    """Natural keys beat the dice: two cases with one birth notice, one entry."""
    payloads = [orjson.loads(one)["payload"] for one in _lines(finished)]
    notices = [one["child"]["notice"] for one in payloads if one["chain"] == "birth"]
    notice = notices[0]
    assert notices.count(notice) == 2
    with a_copy(finished, t.SO_KHAI_SINH, tmp_path) as (run, db):
        entries = [row for row in rows_of(db, t.SO_KHAI_SINH) if row["so_gcs"] == notice]
        assert len(entries) == 1
        assert verify(run).ok


def test_a_death_s_agencies_sit_where_the_case_says(finished: Path, tmp_path: Path) -> None:
    """The run has removals and decisions elsewhere than where the deceased last lived, and the
    ledger finds an agency that is not the one named."""
    filed = {one["case"]: one["payload"] for one in map(orjson.loads, _lines(finished))}
    with a_copy(finished, t.XOA_THUONG_TRU, tmp_path) as (run, db):
        rows = {row["ma_lien_thong"]: row for row in rows_of(db, t.XOA_THUONG_TRU)}
        named = {case for case in rows if "permanent_residence" in filed[case]}
        for case in named:
            home = filed[case]["permanent_residence"]
            assert (rows[case]["xa"], rows[case]["dia_chi"]) == (home["commune"], home["address"])
        for case in rows.keys() - named:
            assert rows[case]["xa"] == filed[case]["commune"]
        case = min(named)
        db.execute(
            "UPDATE xoa_thuong_tru SET xa = ? WHERE ma_lien_thong = ?",
            (filed[case]["commune"], case),
        )
        assert {finding.case for finding in verify(run).findings} == {case}
    granted = t.TRO_CAP_MAI_TANG["social-insurance"]
    with a_copy(finished, granted, tmp_path) as (_, db):
        offices = {row["ma_lien_thong"]: row["noi"] for row in rows_of(db, granted)}
    elsewhere = {case for case in offices if "allowance_office" in filed[case]}
    assert elsewhere
    for case, office in offices.items():
        assert office == filed[case].get("allowance_office", filed[case])["province"]


def test_a_death_that_another_case_has_is_refused(finished: Path, tmp_path: Path) -> None:
    """Nobody dies twice: two cases about one person, one entry, one allowance."""
    payloads = [orjson.loads(one)["payload"] for one in _lines(finished)]
    people = Counter(one["deceased"]["personal_id"] for one in payloads if one["chain"] == "death")
    person, cases = people.most_common(1)[0]
    assert cases > 1
    with a_copy(finished, t.SO_KHAI_TU, tmp_path) as (run, db):
        entries = [row for row in rows_of(db, t.SO_KHAI_TU) if row["so_dinh_danh"] == person]
        assert len(entries) == 1
        assert verify(run).ok


# --- from outside ------------------------------------------------------------------------------


def test_cases_without_a_line_are_external_and_held_against_themselves(
    finished: Path, tmp_path: Path
) -> None:
    """They are counted and complete; nobody wrote down what they asked for, and that is right."""
    run = _with_lines(finished, tmp_path, _lines(finished)[::2])
    report = verify(run)
    assert report.findings == []
    half = (CASES + 1) // 2
    assert (report.submitted, report.external, report.finished) == (half, CASES - half, CASES)
    assert report.verified == half


@pytest.mark.parametrize("table", [*t.NATURAL, t.subjects_table("dvclt")], ids=lambda x: x.name)
def test_damage_to_an_external_case_is_found(finished: Path, tmp_path: Path, table: Table) -> None:
    """What stores say of it is held against each other."""
    run = _with_lines(finished, tmp_path, [])
    with a_copy(run, table, tmp_path / "damaged") as (damaged, db):
        delete(db, table, rows_of(db, table)[0])
        assert verify(damaged).lost


def test_a_child_born_to_the_second_in_another_zone_is_registered_to_the_minute(
    tmp_path: Path,
) -> None:
    """A form has hours and minutes, in Vietnam's time."""
    made = submissions(4, 6, mix=BIRTHS)[:6]
    born = "2023-07-05T17:29:31Z"
    cases = [replace(one, payload=_with_child(one.birth, {"born": born})) for one in made]
    run = play(tmp_path, manifest("seconds", seed=4), cases)
    assert verify(run).findings == []


def _with_child(payload: BirthCase, changes: dict[str, Any]) -> BirthCase:
    return payload.model_copy(update={"child": payload.child.model_copy(update=changes)})


def test_an_id_that_a_client_uses_twice_is_the_clients_fault(tmp_path: Path) -> None:
    """The receiver refuses the second use with a dead letter, and the case goes on."""
    cases = submissions(9, 6)[:6]
    event = submission_event(cases[0])
    other = cases[0].payload.model_copy(update={"channel": "post"})
    twice = [message(event), message(replace(event, payload=canonical(other)))]
    run = play(tmp_path, manifest("twice", seed=9), cases[1:], outside=twice)
    report = verify(run)
    assert report.findings == []
    assert (report.submitted, report.external, report.finished) == (5, 1, 6)


def test_a_client_may_say_more_of_its_case(tmp_path: Path) -> None:
    """dvclt keeps a supplement that nobody asked for for an officer, and the ledger knows why."""
    cases = submissions(9, 6)[:6]
    event = submission_event(cases[0])
    answer: dict[str, Any] = {"service": "birth", "documents": [], "payout": None, "note": None}
    more = replace(
        event,
        id="more",
        time=event.time + timedelta(seconds=1),
        type=full_type("case.supplement.provided"),
        payload=orjson.dumps(answer),
    )
    outside = [message(event), message(more)]
    run = play(tmp_path, manifest("more", seed=9), cases[1:], outside=outside)
    assert verify(run).findings == []
    table = t.subjects_table("dvclt")
    with a_copy(run, table, tmp_path / "damaged") as (damaged, db):
        row = next(row for row in rows_of(db, table) if row["subject"] == event.subject)
        assert "supplement_provided" in row["state"]
        db.execute("DELETE FROM manual")
        db.execute("UPDATE subjects SET state = replace(state, 'more', 'less')")
        assert verify(damaged).mismatched


# --- what is missing -----------------------------------------------------------------------------


def test_a_submission_without_any_trace_is_lost(finished: Path, tmp_path: Path) -> None:
    """Its line was written before it was sent."""
    line = orjson.loads(_lines(finished)[0])
    line |= {"case": "G22.99.08-230710-123456", "id": "never-sent"}
    line["payload"]["child"]["notice"] = "ZZZZZ.GCS.01001.23"
    run = _with_lines(finished, tmp_path, [*_lines(finished), orjson.dumps(line)])
    report = verify(run)
    assert (report.lost, report.open, len(report.findings)) == (1, 1, 1)


def test_a_line_may_come_twice_but_not_with_other_words(finished: Path, tmp_path: Path) -> None:
    """Whoever submits may start again and write the same line."""
    lines = _lines(finished)
    assert verify(_with_lines(finished, tmp_path / "a", [*lines, lines[0]])).ok
    changed = lines[0].replace(b'"online"', b'"post"').replace(b'"direct"', b'"post"')
    assert verify(_with_lines(finished, tmp_path / "b", [*lines, changed])).mismatched == 1


@pytest.fixture(scope="module")
def halfway(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run that was stopped when some cases had ended and some had not."""
    home = tmp_path_factory.mktemp("halfway")
    return play(home, manifest("halfway", seed=7), submissions(7, 16), hours=range(1, 8))


def test_open_cases_are_counted_and_are_no_fault(halfway: Path) -> None:
    """Of a case under way nothing is missing yet."""
    report = verify(halfway)
    assert report.findings == []
    assert report.open > 3
    assert report.finished > 3
    assert report.finished + report.open == 16 + ADDED


def test_a_citizen_who_withdrew_may_still_have_a_question_to_answer(tmp_path: Path) -> None:
    """dvclt has closed the case; what the citizen sends later is still to come, and not lost."""
    steps = {
        name: replace(step, supplement=1.0 if step.defects else 0.0, refusal=0.0, silence=0.0)
        for name, step in World.default().steps.items()
    }
    plan = replace(
        manifest("withdrawn", seed=7), world=replace(World.default(), steps=steps).to_json()
    )
    arrivals = Arrivals(
        seed=7, start=from_text(plan.start), mix=Mix(withdrawn=1.0, withdrawal_hours=9.0)
    )
    cases = [arrivals.submission(number) for number in range(12)]
    run = play(tmp_path, plan, cases, hours=range(1, 12))
    with sqlite3.connect(run / "registers" / "portal.db") as register:
        asked = {case for (case,) in register.execute("SELECT case_code FROM pending")}
    with sqlite3.connect(run / "stores" / "dvclt.db") as store:
        ended = {c for (c,) in store.execute("SELECT subject FROM subjects WHERE ended = 1")}
    assert asked & ended, "some are closed while their question is open"
    report = verify(run)
    assert report.findings == []
    assert report.open >= len(asked & ended)


def test_a_case_that_waited_long_for_somebody_else_s_agency_was_an_officer_s(
    finished: Path, tmp_path: Path
) -> None:
    """Where others decide, dvclt's manual queue may hold it as overdue; elsewhere that is wrong."""
    for run, right in ((finished, False), (_without(finished, tmp_path, "residence"), True)):
        table = t.store_rest("dvclt")[2]
        with a_copy(run, table, tmp_path / str(right)) as (late, db):
            case = rows_of(db, table)[0]["subject"]
            row = (case, "timer:residence", "overdue", "", "2023-07-28T17:00:00.000+07:00")
            db.execute("INSERT INTO manual VALUES (?, ?, ?, ?, ?)", row)
            assert verify(late).ok is right


def test_what_an_open_case_has_must_be_right(halfway: Path, tmp_path: Path) -> None:
    """A dossier that contradicts the draw is wrong, whatever comes later."""
    table = t.dossiers_table("one-stop")
    documents = {}
    with a_copy(halfway, t.subjects_table("dvclt"), tmp_path / "read") as (_, db):
        for row in rows_of(db, t.subjects_table("dvclt")):
            documents[row["subject"]] = row["ended"]
    with a_copy(halfway, table, tmp_path) as (run, db):
        row = next(row for row in rows_of(db, table) if not documents[row["case_code"]])
        db.execute("UPDATE dossiers SET decided = received WHERE key = ?", (row["key"],))
        report = verify(run)
    assert [(f.case, f.column) for f in report.findings] == [(row["case_code"], "decided")]


def test_while_processes_work_on_a_run_what_is_missing_may_still_come(
    finished: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A store that somebody holds and files that change mean: not yet."""
    table = t.subjects_table("portal")
    with a_copy(finished, table, tmp_path) as (run, db):
        delete(db, table, rows_of(db, table)[0])
        lock = run / "stores" / "portal.lock"
        with lock.open("wb") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            monkeypatch.setattr(reading.Folder, "_changes", lambda self: True)
            busy = verify(run)
            monkeypatch.setattr(reading.Folder, "_changes", lambda self: False)
            idle = verify(run)
        stopped = verify(run)
    assert (busy.ok, busy.open) == (True, 1)
    assert (idle.lost, idle.open) == (1, 0)
    assert (stopped.lost, stopped.open) == (1, 0)


def test_files_that_change_after_they_were_first_looked_at_are_noticed(
    finished: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Otherwise a run is still after a while, whoever holds it."""
    monkeypatch.setattr(reading, "STILL_SECONDS", 0.01)
    table = t.subjects_table("portal")
    lock = tmp_path / "run" / "stores" / "portal.lock"
    with a_copy(finished, table, tmp_path) as (run, db), lock.open("wb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        assert not reading.Folder(run).under_way()
        folder = reading.Folder(run)
        delete(db, table, rows_of(db, table)[0])
        assert folder.under_way()


def test_a_run_without_a_fault_is_not_watched(
    finished: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether somebody works on it still takes seconds to see, and matters to a finding only."""

    def watched(run: reading.Folder) -> bool:
        raise AssertionError(f"nothing is missing in {run.path.name}")

    monkeypatch.setattr(reading.Folder, "under_way", watched)
    assert verify(finished).ok


# --- at least once, and played by others ---------------------------------------------------------


def test_a_batch_that_the_router_repeats_after_a_crash_is_no_fault(
    finished: Path, tmp_path: Path
) -> None:
    """The hub delivers at least once; receivers absorb it, and so does the ledger."""
    with a_copy(finished, t.LOG, tmp_path) as (run, db):
        last = rows_of(db, t.LOG)[-1]
        again = orjson.loads(last["body"]) | {"at": "2030-01-01T00:00:00+00:00"}
        _append(db, last, again)
        report = verify(run)
    assert report.findings == []
    assert report.events_accepted == verify(finished).events_accepted


def test_an_event_that_says_something_else_the_second_time_is_found(
    finished: Path, tmp_path: Path
) -> None:
    """The same (source, id) with another time is not a repetition."""
    with a_copy(finished, t.LOG, tmp_path) as (run, db):
        last = rows_of(db, t.LOG)[-1]
        again = orjson.loads(last["body"]) | {"at": "2030-01-01T00:00:00+00:00"}
        again["events"][0][7] = "0123456789abcdef"
        _append(db, last, again)
        assert verify(run).mismatched == 1


def _append(db: Any, last: dict[str, Any], body: dict[str, Any]) -> None:
    raw = orjson.dumps(body)
    row = (last["partition"], last["offset"] + 1, sha256(raw).hexdigest(), raw.decode())
    db.execute("INSERT INTO log VALUES (?, ?, ?, ?)", row)


def _without(run: Path, to: Path, *systems: str) -> Path:
    copy = to / "without"
    shutil.copytree(run, copy)
    for system in systems:
        for part in ("stores", "registers"):
            (copy / part / f"{system}.db").unlink(missing_ok=True)
    wrong = orjson.loads((copy / "manifest.json").read_bytes()) | {"without": systems}
    (copy / "manifest.json").write_bytes(orjson.dumps(wrong))
    return copy


def test_a_system_that_only_listens_may_be_played_by_others(finished: Path, tmp_path: Path) -> None:
    """Its store is somewhere else; everything else is checked as ever."""
    run = _without(finished, tmp_path, "notification")
    assert verify(run).findings == []
    with a_copy(run, t.THE_BHYT, tmp_path / "damaged") as (damaged, db):
        delete(db, t.THE_BHYT, rows_of(db, t.THE_BHYT)[0])
        assert verify(damaged).lost == 1


@pytest.mark.parametrize("system", ["residence", "social-protection", "payout"])
def test_where_others_decide_the_stores_must_agree(
    finished: Path, tmp_path: Path, system: str
) -> None:
    """No model knows how they decide, but everybody remembers what was said."""
    run = _without(finished, tmp_path, system)
    report = verify(run)
    assert report.findings == []
    assert report.finished == CASES
    for other in ("portal", "dvclt", "social-insurance"):
        table = t.subjects_table(other)
        with a_copy(run, table, tmp_path / other) as (damaged, db):
            delete(db, table, rows_of(db, table)[0])
            assert not verify(damaged).ok, other


def test_where_others_decide_a_running_run_tells_which_cases_ended(
    finished: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A case is open only as long as somebody has not taken in its end."""
    monkeypatch.setattr(reading.Folder, "under_way", lambda self: True)
    run = _without(finished, tmp_path, "residence")
    assert (verify(run).finished, verify(run).open) == (CASES, 0)
    table = t.subjects_table("portal")
    with a_copy(run, table, tmp_path / "late") as (late, db):
        delete(db, table, rows_of(db, table)[0])
        report = verify(late)
    assert (report.ok, report.finished, report.open) == (True, CASES - 1, 1)


# --- the report ----------------------------------------------------------------------------------


def test_the_report_says_when_cases_ended(finished: Path) -> None:
    """In the run's time, and when the hub wrote the last message down."""
    report = verify(finished)
    assert len(report.ends) == CASES
    for end in report.ends.values():
        assert from_text(end.time) >= from_text("2023-07-10T08:00:00+07:00")
        assert end.at is not None


def test_the_json_report_shows_some_findings_and_counts_all() -> None:
    """A run that went wholly wrong stays readable."""
    finding = Finding("lost", "case", "log", "log", "key", None, "this", None)
    shown = Report(run="r", submitted=1, findings=[finding] * (SHOWN + 1)).to_json()
    assert (shown["lost"], shown["ok"], len(shown["findings"])) == (SHOWN + 1, False, SHOWN)
    assert orjson.dumps(shown)


def test_a_folder_without_a_run_is_an_error(tmp_path: Path) -> None:
    """Nothing can be said of it."""
    with pytest.raises(FileNotFoundError):
        verify(tmp_path)
