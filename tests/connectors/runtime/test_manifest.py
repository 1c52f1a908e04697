"""A run's manifest and folder: what all its processes share."""

import io
from dataclasses import replace
from pathlib import Path

import orjson
import pytest

from connectors.runtime.clock import EventTime, ScaledClock
from connectors.runtime.manifest import Manifest, RunFolder, RunNotFound, home_folder
from connectors.runtime.submissions import record_submission
from schemas.event import to_text
from schemas.examples import example
from schemas.successions import adopt
from schemas.units import UnmappedUnitError, successor_of

MANIFEST = Manifest(
    run="r1",
    seed=7,
    engine="embedded",
    bootstrap="127.0.0.1:9092",
    instance="i",
    partitions=4,
    start="2023-07-10T08:00:00.000+07:00",
    real_anchor=1000.0,
    speed=60.0,
    world={"rates": {"a": 0.5}},
)


def test_a_manifest_survives_its_file(tmp_path: Path) -> None:
    """Every process reads the same facts."""
    folder = RunFolder.create(tmp_path, "r1")
    folder.save(MANIFEST)
    assert RunFolder.find(tmp_path, "r1").load() == MANIFEST
    assert Manifest.from_json(MANIFEST.to_json()) == MANIFEST


def test_a_runs_successors_hold_in_every_process_that_has_it(tmp_path: Path) -> None:
    """In the one that makes it and in those that load it; another run has its own."""
    row = {"old": "00001", "new": "00004", "source_vi": "nguồn", "source_en": "source"}
    own = RunFolder.create(tmp_path, "own")
    own.save(replace(MANIFEST, run="own", units=[row]))
    assert successor_of("00001").name == "Phường Ba Đình"
    RunFolder.create(tmp_path, "r1").save(MANIFEST)
    with pytest.raises(UnmappedUnitError):
        successor_of("00001")
    assert own.load().units == [row]
    assert successor_of("00001").name == "Phường Ba Đình"
    adopt(())


def test_a_run_with_a_speed_has_a_clock_and_one_without_has_event_time() -> None:
    """Benchmarks run in event time."""
    assert isinstance(MANIFEST.clock(), ScaledClock)
    assert isinstance(replace(MANIFEST, speed=None).clock(), EventTime)


def test_topics_have_the_runs_prefix() -> None:
    """Hubs that share a cluster differ by prefix."""
    assert replace(MANIFEST, prefix="lgsp79").topics.log == "lgsp79.log"


def test_the_newest_run_is_the_latest(tmp_path: Path) -> None:
    """`latest` follows, and an older run can still be named."""
    for run in ("r1", "r2"):
        RunFolder.create(tmp_path, run).save(replace(MANIFEST, run=run))
    assert RunFolder.find(tmp_path, None).load().run == "r2"
    assert RunFolder.find(tmp_path, "r1").load().run == "r1"
    latest = RunFolder.find(tmp_path, None).path
    assert latest.name == "r2", "the folder itself, which stays when a newer run comes"


def test_a_run_that_is_over_at_once_does_not_become_the_latest(tmp_path: Path) -> None:
    """Beside a run that is up it is found by its name only."""
    RunFolder.create(tmp_path, "up").save(replace(MANIFEST, run="up"))
    RunFolder.create(tmp_path, "over").save(replace(MANIFEST, run="over"), latest=False)
    assert RunFolder.find(tmp_path, None).load().run == "up"
    assert RunFolder.find(tmp_path, "over").load().run == "over"


def test_a_runs_name_is_taken_once(tmp_path: Path) -> None:
    """Nobody writes into another run by accident."""
    RunFolder.create(tmp_path, "r1")
    with pytest.raises(ValueError, match="exists already"):
        RunFolder.create(tmp_path, "r1")


@pytest.mark.parametrize("name", ["", "../x", "a/b", ".hidden", "a b", "x" * 81, "tên", "latest"])
def test_a_runs_name_is_a_plain_file_name(tmp_path: Path, name: str) -> None:
    """No name leads out of the folder of runs."""
    with pytest.raises(ValueError, match="run name"):
        RunFolder.create(tmp_path, name)


def test_an_unknown_run_is_answered_with_those_that_exist(tmp_path: Path) -> None:
    """The error helps to find the right one."""
    with pytest.raises(RunNotFound, match="none was started"):
        RunFolder.find(tmp_path, None)
    RunFolder.create(tmp_path, "r1").save(MANIFEST)
    with pytest.raises(RunNotFound, match=r"'r9'.*known runs: r1"):
        RunFolder.find(tmp_path, "r9")


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"run":"r1"}', b'{"unknown":1}'])
def test_a_manifest_that_can_not_be_read_is_a_clear_error(tmp_path: Path, content: bytes) -> None:
    """Half a file, or one of another version."""
    folder = RunFolder.create(tmp_path, "r1")
    (folder.path / "manifest.json").write_bytes(content)
    with pytest.raises(RunNotFound, match=r"manifest\.json"):
        folder.load()


def test_home_is_where_the_environment_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`$LIENTHONG_HOME`, else `.lienthong` here."""
    monkeypatch.setenv("LIENTHONG_HOME", str(tmp_path / "h"))
    assert home_folder() == tmp_path / "h"
    monkeypatch.delenv("LIENTHONG_HOME")
    monkeypatch.chdir(tmp_path)
    assert home_folder() == tmp_path / ".lienthong"


def test_a_submission_is_one_line_with_its_payload() -> None:
    """What was handed in can be read without the hub's code."""
    event, file = example("case.submitted"), io.BytesIO()
    for _ in range(2):
        record_submission(file, event.subject, event, None)
    first, second = file.getvalue().splitlines()
    assert first == second
    assert orjson.loads(first) == {
        "case": event.subject,
        "id": event.id,
        "time": to_text(event.time),
        "payload": event.data(),
    }


def test_a_submission_that_will_be_withdrawn_says_so_in_its_line() -> None:
    """The withdrawal is as sure as the submission, and written down with it."""
    event, wish = example("case.submitted"), example("case.withdrawal.requested")
    file = io.BytesIO()
    record_submission(file, event.subject, event, wish)
    (line,) = file.getvalue().splitlines()
    assert orjson.loads(line)["withdrawal"] == {
        "id": wish.id,
        "time": to_text(wish.time),
        "payload": wish.data(),
    }
