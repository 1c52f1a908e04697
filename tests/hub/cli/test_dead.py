"""`lienthong dead`: the dead letters of a run as an operator sees them."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from connectors.runtime.bus.memory import MemoryRecord
from connectors.runtime.deadletters import dead_letter
from connectors.runtime.manifest import RunFolder
from connectors.runtime.store.hub_log import HubLog
from hub.requeues import record_requeue
from schemas.examples import CASE, example
from schemas.topics import Topics
from tests.hub.cli.conftest import Command
from tests.hub.router.records import record
from tests.simulators.runs.runs import folder_of

EVENT = example("case.submitted")
REGISTERED = example("birth.registered")


@pytest.fixture
def folder(tmp_path: Path) -> RunFolder:
    """A run with a refused submission, an event that one-stop gave up, and a stranger's record."""
    folder, _ = folder_of(tmp_path)
    read = record(REGISTERED, topic=Topics().outbox("one-stop"), offset=7)
    letters = [
        dead_letter(record(value=b"{"), by="hub", reason="payload_not_json", detail="cut short"),
        dead_letter(read, by="one-stop", reason="handler_failed", detail="KeyError: 'x'"),
        (None, b"what a stranger wrote", []),
    ]
    log = HubLog(folder.hub_log, durable=False)
    log.write(
        [],
        [
            MemoryRecord(Topics().dead_letters, 0, offset, key, value, headers)
            for offset, (key, value, headers) in enumerate(letters)
        ],
    )
    log.close()
    return folder


def test_the_list_says_who_gave_up_what_and_why(lienthong: Command, folder: RunFolder) -> None:
    """A line each and the event below it; strangers' records are no letters."""
    ended = lienthong("dead", "list", "--run", folder.path.name)
    assert ended.code == 0, ended.err
    assert "0/0      hub              payload_not_json" in ended.out
    assert "0/1      one-stop         handler_failed" in ended.out
    assert f"{REGISTERED.type}  {CASE}  {REGISTERED.id}" in ended.out
    assert "stranger" not in ended.out


@pytest.mark.parametrize(
    ("options", "letters"),
    [
        ((), ["0/0", "0/1"]),
        (("--reason", "handler_failed"), ["0/1"]),
        (("--system", "hub"), ["0/0"]),
        (("--case", CASE), ["0/0", "0/1"]),
        (("--case", "G22.99.08-230710-999999"), []),
        (("--limit", "1"), ["0/0"]),
    ],
)
def test_the_list_can_be_narrowed(
    lienthong: Command, folder: RunFolder, options: tuple[str, ...], letters: list[str]
) -> None:
    """By reason, by who gave it up, by case."""
    told = json.loads(lienthong("dead", "list", "--json", *options).out)
    assert [letter["letter"] for letter in told["letters"]] == letters
    assert told["more"] == (1 if "--limit" in options else 0)


def test_one_letter_is_shown_whole_with_its_remedy(lienthong: Command, folder: RunFolder) -> None:
    """In both languages, with headers, payload, and who has sent it again."""
    told = json.loads(lienthong("dead", "show", "0/1", "--json").out)
    record_requeue(folder, told, topic="lt.out.one-stop", by="Lan", why="đã sửa mã xã")
    out = lienthong("dead", "show", "0/1").out
    assert "[dim]" not in out
    for part in (
        "one-stop: handler_failed",
        "Cán bộ xem lỗi trong hàng đợi thủ công; sửa xong, đưa lại bằng",
        "An officer reads the error in the manual queue; once mended, `lienthong dead requeue`.",
        "KeyError: 'x'",
        "lt.out.one-stop/0/7",
        f"ce_id: {REGISTERED.id}",
        "Nguyễn Minh An",
        "Lan: đã sửa mã xã",
    ):
        assert part in out, f"expected {part!r} in\n{out}"
    assert "đã đưa lại" in lienthong("dead", "list").out


def test_an_unknown_letter_is_a_usage_fault(lienthong: Command, folder: RunFolder) -> None:
    """The message says how to find the right one."""
    ended = lienthong("dead", "show", "5/5")
    assert ended.code == 2
    assert "`lienthong dead list` shows them" in ended.err


def test_a_requeue_without_a_broker_says_that_it_is_gone(
    lienthong: Command, folder: RunFolder
) -> None:
    """Exit code 3, and nothing is recorded as sent."""
    gone = replace(folder.load(), engine="kafka", bootstrap="127.0.0.1:9")
    folder.save(gone)
    ended = lienthong("dead", "requeue", "0/1", "--why", "mended")
    assert ended.code == 3, ended.err
    assert json.loads(lienthong("dead", "list", "--json").out)["letters"][1]["requeued"] == []
