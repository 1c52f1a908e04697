"""What every agency does with a request, from arrival to acknowledgement."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from connectors.runtime.agency import Agency, AgencyUnavailable, Request, RequestFailed
from schemas.event import from_text, to_text
from schemas.working_days import Hours
from simulators.agencies import DESKS, open_agencies
from simulators.agencies.register import BATCH, Register
from simulators.world import Arranged, Step, World, draw
from tests.simulators.agencies.asking import (
    ASKED_AT,
    CASE,
    opened,
    outcome,
    outcomes,
    request,
    rows,
    world,
)


def births(count: int, *, start: int = 1) -> list[Request]:
    """Entries of different children for different cases."""
    return [
        request(
            "civil-status",
            "birth.entry.requested",
            case=f"G22.99.08-230710-{number:06}",
            so_gcs=f"{number:05}.GCS.79024.23",
            ho_ten=f"Nguyễn Minh An {number}",
        )
        for number in range(start, start + count)
    ]


class Hands:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.time = ASKED_AT

    def __call__(self) -> datetime:
        return self.time


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "civil-status.db"


@pytest.fixture
def register(path: Path) -> Iterator[Register]:
    """The civil-status agency in event time, with its register on disk."""
    with closing(opened("civil-status", path)) as agency:
        yield agency


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def waiting(path: Path, hands: Hands) -> Iterator[Register]:
    """The civil-status agency on a clock."""
    with closing(opened("civil-status", path, now=hands)) as agency:
        yield agency


async def test_in_event_time_an_answer_is_there_at_once_and_dated_later(
    register: Register,
) -> None:
    """The outcome is dated request time plus the service time that the hash draws."""
    (asked,) = births(1)
    answer = await outcome(register, asked)
    step = World.default().steps["civil-status/enter"]
    drawn = draw(1, asked.subject, "civil-status", "enter", 1)
    assert answer.time == asked.time + timedelta(seconds=step.service_seconds(drawn))
    assert (answer.subject, answer.step, answer.attempt) == (asked.subject, "enter", 1)
    assert (answer.result, answer.cause) == ("done", asked.cause)


@pytest.mark.parametrize(
    ("hours", "day"), [("office", "2023-07-17"), ("commune_police", "2023-07-15")]
)
async def test_an_agency_decides_when_it_is_at_work(path: Path, hours: Hours, day: str) -> None:
    """What it is asked on a Friday evening waits for Monday, or for Saturday; what is arranged is
    by the clock."""
    friday = from_text("2023-07-14T20:00:00.250+07:00")
    step = Step(service=(600, 600), hours=hours)
    asked, arranged = (replace(one, time=friday) for one in births(2))
    world = World(
        steps={"civil-status/enter": step},
        arranged={f"{arranged.subject}/civil-status/enter/1": Arranged(seconds=1_200)},
    )
    with closing(Register(DESKS["civil-status"], path, seed=1, world=world)) as agency:
        first, second = await outcomes(agency, asked, arranged)
    assert first.time == from_text(f"{day}T08:10:00.000+07:00")
    assert second.time == from_text("2023-07-14T20:20:00.250+07:00")


async def test_a_known_key_is_success_and_changes_nothing(register: Register, path: Path) -> None:
    """A request that is sent again before its outcome was read is queued once."""
    asked = births(1)
    await register.submit(asked * 2)
    await register.submit(asked)
    assert len(await register.collect(0, 10)) == 1
    assert len(rows(path, "so_khai_sinh")) == 1


async def test_a_known_key_whose_outcome_was_acknowledged_is_answered_again(
    register: Register,
) -> None:
    """The connector that lost its answer gets the very same one under a new cursor."""
    (asked,) = births(1)
    first = await outcome(register, asked)
    again = await outcome(register, asked)
    assert again.cursor > first.cursor
    assert (again.id, again.time, again.record) == (first.id, first.time, first.record)


async def test_reading_forgets_nothing_and_ack_only_what_it_names(register: Register) -> None:
    """Outcomes come again until they are acknowledged, in their order, after any cursor."""
    await register.submit(births(3))
    first, second, third = await register.collect(0, 10)
    assert list(await register.collect(first.cursor, 1)) == [second]
    await register.ack(first.cursor)
    assert list(await register.collect(0, 10)) == [second, third]


async def test_a_crash_between_collect_and_ack_gives_the_same_outcomes_again(
    path: Path,
) -> None:
    """What the connector may not have saved is still there after a restart."""
    with closing(opened("civil-status", path)) as agency:
        await agency.submit(births(2))
        before = list(await agency.collect(0, 10))
    with closing(opened("civil-status", path)) as agency:
        assert list(await agency.collect(0, 10)) == before


async def test_a_reopened_register_goes_on_where_it_was(path: Path) -> None:
    """Entries go on counting, and cursors never come twice."""
    with closing(opened("civil-status", path)) as agency:
        before = await outcomes(agency, *births(2))
    with closing(opened("civil-status", path)) as agency:
        (after,) = await outcomes(agency, *births(1, start=3))
    assert after.record["so"] == 3
    assert after.cursor > before[-1].cursor


async def test_a_batch_is_taken_whole_or_not_at_all(register: Register, path: Path) -> None:
    """A request that breaks the batch leaves no trace of its neighbours."""
    good, bad = births(2)
    broken = Request(
        subject=bad.subject,
        step="enter",
        attempt=1,
        time=bad.time,
        record={**bad.record, "ho_ten": None},
        cause=bad.cause,
    )
    with pytest.raises(RequestFailed) as refused:
        await register.submit([good, broken])
    assert (refused.value.code, refused.value.key) == ("record_invalid", broken.key)
    assert not refused.value.retryable
    assert [rows(path, table) for table in ("dossiers", "so_khai_sinh", "outcomes")] == [[], [], []]
    assert len(await outcomes(register, good, bad)) == 2


async def test_a_step_that_the_agency_does_not_have_is_refused(register: Register) -> None:
    """By name, so that whoever sent it can go on with the rest."""
    (asked,) = births(1)
    with pytest.raises(RequestFailed) as refused:
        await register.submit([replace(asked, step="marry")])
    assert (refused.value.code, refused.value.key) == ("step_unknown", f"{CASE}/marry/1")


async def test_a_record_can_not_name_columns_of_its_own(path: Path) -> None:
    """What a record calls its fields never becomes SQL."""
    with closing(opened("one-stop", path.with_name("one-stop.db"))) as agency:
        (received,) = await outcomes(agency, request("one-stop", "birth.registration.requested"))
        code = received.record["ma_ho_so"]
        evil = Request(
            subject=CASE,
            step="close",
            attempt=1,
            time=ASKED_AT,
            record={"ma_ho_so": code, "ly_do = 'x' --": "y"},
            cause="c",
        )
        with pytest.raises(RequestFailed):
            await agency.submit([evil])


async def test_on_a_clock_a_record_that_can_not_be_decided_is_an_outcome_of_its_own(
    waiting: Register, hands: Hands, path: Path
) -> None:
    """Taken long ago, it can't be refused any more; its neighbours are decided all the same."""
    good, bad = births(2)
    bad = replace(bad, record={**bad.record, "ho_ten": None})
    await waiting.submit([bad, good])
    hands.time += timedelta(days=1)
    answers = {a.subject: a for a in await waiting.collect(0, 10)}
    assert {subject: a.result for subject, a in answers.items()} == {
        good.subject: "done",
        bad.subject: "failed",
    }
    assert "NOT NULL" in answers[bad.subject].record["loi"]
    assert len(rows(path, "so_khai_sinh")) == 1


async def test_a_register_that_cannot_be_written_is_an_agency_out_of_reach(
    register: Register, path: Path
) -> None:
    """The connector may send the same again later."""
    with closing(sqlite3.connect(path)) as other:
        other.execute("DROP TABLE dossiers")
        other.execute("DROP TABLE outcomes")
    with pytest.raises(AgencyUnavailable):
        await register.submit(births(1))
    with pytest.raises(AgencyUnavailable):
        await register.collect(0, 10)
    with pytest.raises(AgencyUnavailable):
        await register.ack(10)


async def test_at_rest_nothing_waits_and_everything_is_on_file(
    register: Register, path: Path
) -> None:
    """Decisions stay with request time, decision time, result, record and cause."""
    (asked,) = births(1)
    answer = await outcome(register, asked)
    (dossier,) = rows(path, "dossiers")
    record = dossier.pop("record")
    assert dossier == {
        "key": f"{CASE}/enter/1",
        "case_code": CASE,
        "step": "enter",
        "attempt": 1,
        "received": to_text(asked.time),
        "decided": to_text(answer.time),
        "result": "done",
        "reason": None,
        "cause": asked.cause,
    }
    assert '"so":1' in record
    assert rows(path, "pending") == rows(path, "outcomes") == []


async def test_on_a_clock_an_agency_makes_one_wait(waiting: Register, hands: Hands) -> None:
    """Nothing is decided before its time; then it is dated on time, however late one asks."""
    await waiting.submit(births(1))
    assert list(await waiting.collect(0, 10)) == []
    due = waiting.next_ready()
    assert due is not None
    hands.time = due - timedelta(milliseconds=1)
    assert list(await waiting.collect(0, 10)) == []
    hands.time = due + timedelta(hours=5)
    (answer,) = await waiting.collect(0, 10)
    assert answer.time == due
    assert waiting.next_ready() is None


async def test_on_a_clock_requests_are_decided_in_the_order_of_their_times(
    waiting: Register, hands: Hands
) -> None:
    """Who is ready first gets the lower number, whoever came first."""
    await waiting.submit(list(reversed(births(20))))
    hands.time += timedelta(days=1)
    answers = list(await waiting.collect(0, 100))
    assert [a.time for a in answers] == sorted(a.time for a in answers)
    assert [a.record["so"] for a in answers] == list(range(1, 21))


async def test_on_a_clock_a_known_key_keeps_waiting(waiting: Register, path: Path) -> None:
    """Sending again neither shortens nor lengthens the wait."""
    await waiting.submit(births(1))
    before = rows(path, "pending")
    await waiting.submit(births(1))
    assert rows(path, "pending") == before


async def test_what_waits_survives_a_crash(path: Path, hands: Hands) -> None:
    """A request that was taken is decided after a restart, for the same moment."""
    with closing(opened("civil-status", path, now=hands)) as agency:
        await agency.submit(births(1))
        due = agency.next_ready()
    hands.time += timedelta(days=1)
    with closing(opened("civil-status", path, now=hands)) as agency:
        (answer,) = await agency.collect(0, 10)
    assert answer.time == due


async def test_a_crowd_is_decided_over_several_polls(waiting: Register, hands: Hands) -> None:
    """One transaction stays of a bounded size; nobody is left out."""
    await waiting.submit(births(BATCH + 1))
    hands.time += timedelta(days=1)
    first = list(await waiting.collect(0, 10_000))
    assert len(first) == BATCH
    await waiting.ack(first[-1].cursor)
    assert len(await waiting.collect(first[-1].cursor, 10_000)) == 1


async def test_both_kinds_of_time_decide_alike(
    register: Register, hands: Hands, tmp_path: Path
) -> None:
    """The clock changes when one hears the answer, never what it is or how it is dated."""
    at_once = await outcomes(register, *births(30))
    with closing(opened("civil-status", tmp_path / "other.db", now=hands)) as agency:
        await agency.submit(births(30))
        hands.time += timedelta(days=1)
        later = list(await agency.collect(0, 100))
    assert {a.subject: (a.time, a.result) for a in at_once} == {
        a.subject: (a.time, a.result) for a in later
    }


async def test_chance_depends_on_the_seed_alone(tmp_path: Path) -> None:
    """Two registers of one seed decide alike; another seed decides otherwise."""
    answers = []
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        path = tmp_path / name
        with closing(opened("civil-status", path, seed=seed, refusals={"enter": 0.5})) as agency:
            decided = await outcomes(agency, *births(50))
            answers.append([(a.subject, a.time, a.result) for a in decided])
    assert answers[0] == answers[1]
    assert answers[0] != answers[2]


async def test_every_agency_opens_in_a_folder_of_its_own_files(tmp_path: Path) -> None:
    """The registers of a run are files named by system, and each agency fits the port."""
    agencies = open_agencies(tmp_path / "registers", seed=1, world=world())
    ports: dict[str, Agency] = dict(agencies)
    for agency in agencies.values():
        agency.close()
    assert set(ports) == set(DESKS)
    files = {path.name for path in (tmp_path / "registers").iterdir()}
    assert files == {f"{system}.db" for system in DESKS}
