"""What an officer types to act on a case, and what is said when that makes no sense."""

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from connectors.runtime.manifest import RunFolder
from hub.cli.orders import tell
from hub.manual_orders import Done
from tests.hub.cli.conftest import Command, Ended
from tests.hub.cli.test_case import filled, item, row, told
from tests.hub.orchestrator.country import CASE, said, submitted
from tests.hub.orchestrator.test_handover import AFTER, GONE, filed, on
from tests.simulators.runs.runs import folder_of

WITH_POLICE, ASKED, UNPAID, ENDED = (f"G22.99.08-230710-000{n}" for n in range(1, 5))
"""Residence and card are open; a supplement is asked for; nothing is known of it; at its end."""
WHY = ("--why", "Công an xã báo chưa nhận")


@pytest.fixture
async def run(tmp_path: Path) -> AsyncIterator[RunFolder]:
    """A run whose broker is gone, with three cases; an officer had one, and has acted on it."""
    folder, _ = folder_of(tmp_path)
    registered = (submitted(), said("birth.registered", 100))
    retried = said("case.action.taken", 150, service="residence", why="[mất]")
    cases = {
        WITH_POLICE: told(*registered, retried),
        ASKED: told(*registered, said("supplement.requested", 200, by="residence")),
        ENDED: told(submitted("birth", "health_card"), said("birth.registration.refused", 100)),
    }
    rows = [row(case, dvclt) for case, dvclt in cases.items()]
    late = replace(item(WITH_POLICE, "overdue", minutes=120), input="timer:residence")
    store = await filled(folder.stores / "dvclt.db", rows, [late])
    yield folder
    await store.close()


def refused(ended: Ended, en: str, vi: str) -> None:
    """It is a wrong usage, told in both languages; nothing was printed or written down."""
    assert (ended.code, ended.out) == (2, ""), ended.err
    assert en in ended.err
    assert vi in ended.err


def test_the_case_shows_who_did_what_and_why(lienthong: Command, run: RunFolder) -> None:
    """With the time; what was typed is shown as it is."""
    text = lienthong("case", "show", WITH_POLICE).out
    assert (
        "✎ 10/07/2023 10:30 Gửi lại yêu cầu cho cơ quan · request sent to the agency again "
        "(thường trú); Trần Quốc Huy: [mất]"
    ) in text
    [action] = json.loads(lienthong("case", "show", WITH_POLICE, "--json").out)["actions"]
    assert (action["action"], action["service"], action["why"]) == ("retry", "residence", "[mất]")


def test_what_an_officer_has_dealt_with_is_listed_when_asked_for(
    lienthong: Command, run: RunFolder
) -> None:
    """The queue shows what still waits; `--all` and the case itself who dealt with the rest."""
    queue = ("case", "list", "--manual", "--json")
    assert json.loads(lienthong(*queue).out)["cases"] == []
    [found] = json.loads(lienthong(*queue, "--all").out)["cases"]
    [item] = found["manual"]
    assert (item["service"], item["open"], item["settled"]["action"]) == (
        "residence",
        False,
        "retry",
    )
    text = lienthong("case", "show", WITH_POLICE).out
    assert "✓ 10/07/2023 10:00 dvclt: Quá hạn lâu mà chưa có kết quả" in text
    assert "Trần Quốc Huy đã xử lý · dealt with by Trần Quốc Huy, 10/07/2023 10:30" in text
    assert "✓" not in lienthong("case", "list").out


def test_what_makes_no_sense_is_a_wrong_usage(lienthong: Command, run: RunFolder) -> None:
    """Said before any broker is asked."""
    refused(
        lienthong("case", "retry", WITH_POLICE, *WHY),
        "retry can be about residence, health_card: say which with --service",
        "hãy chọn bằng --service",
    )
    refused(
        lienthong("case", "close", ENDED, *WHY),
        "nothing of it is open any more",
        "không còn gì để xử lý",
    )
    refused(
        lienthong("case", "consent", ASKED, "--given", *WHY, "--service", "residence"),
        "it is not waiting for the household head",
        "không chờ chủ hộ đồng ý",
    )
    for answer in ((), ("--given", "--declined"), ("--declined", "--given")):
        refused(
            lienthong("case", "consent", ASKED, *WHY, *answer),
            "--given or --declined, one of them",
            "--given (đồng ý) hoặc --declined (không đồng ý), chỉ một",
        )
    refused(
        lienthong("case", "withdraw", UNPAID, *WHY),
        f"has no case {UNPAID}",
        f"không có hồ sơ {UNPAID}",
    )
    assert run.submissions.read_bytes() == b"", "what was refused is not written down"


@pytest.mark.parametrize(
    ("options", "en", "vi"),
    [
        ((), "name papers (--document URI --sha256 HEX)", "cần giấy tờ"),
        (("--document", "doc:1", "--payout", "cash"), "name papers", "cần giấy tờ"),
        (("--document", "doc:1"), "1 --document but 0 --sha256", "mỗi giấy tờ cần một mã"),
        (
            ("--document", "doc:1", "--sha256", "12"),
            "--sha256: String should",
            "--sha256: không đúng dạng",
        ),
        (
            ("--document", "no uri", "--sha256", "a" * 64),
            "--document: String",
            "--document: không đúng",
        ),
        (("--payout", "account"), "go with --payout account", "đi cùng --payout account"),
        (("--payout", "cash", "--bank", "VCB"), "go with --payout account", "cần đủ cả hai"),
        (
            ("--payout", "account", "--bank", "VCB", "--account", "x"),
            "--account: String should",
            "--account: không đúng dạng",
        ),
        (("--payout", "cash"), "it waits for papers, not for a way to be paid", "cần --document"),
    ],
)
def test_what_is_handed_in_must_be_whole(
    lienthong: Command, run: RunFolder, options: tuple[str, ...], en: str, vi: str
) -> None:
    """Each fault names the option that it came from."""
    refused(
        lienthong("case", "supplement", ASKED, *WHY, "--service", "residence", *options), en, vi
    )


@pytest.mark.parametrize(
    ("options", "en", "vi"),
    [
        (
            ("--why", "x" * 501),
            "--why: String should have at most 500",
            "không được dài quá 500 ký tự",
        ),
        (("--why", ""), "--why: String should have at least 1", "phải có ít nhất 1 ký tự"),
        (("--why", "   "), "--why: a reason of spaces", "--why: lý do không được để trống"),
        ((*WHY, "--by", ""), "--by: String should have at least 1", "--by: phải có ít nhất 1"),
        ((*WHY, "--by", "  "), "--by: String should have its form", "--by: không đúng dạng"),
        ((*WHY, "--by", " Huy"), "--by: String should have its form", "--by: không đúng dạng"),
    ],
)
def test_who_and_why_fit_the_contract(
    lienthong: Command, run: RunFolder, options: tuple[str, ...], en: str, vi: str
) -> None:
    """They are kept with the case for good."""
    ended = lienthong("case", "retry", WITH_POLICE, "--service", "residence", *options)
    refused(ended, en, vi)


def test_only_what_is_in_a_queue_can_be_dealt_with(lienthong: Command, run: RunFolder) -> None:
    """An officer's action dealt with the one item that there was; the rest never had any."""
    for case, about in ((ASKED, ()), (ENDED, ()), (WITH_POLICE, ("--service", "residence"))):
        refused(
            lienthong("case", "settle", case, *WHY, *about),
            f"case {case} has nothing{' about residence' if about else ''} in any manual queue",
            f"hồ sơ {case} không có việc nào{' về residence' if about else ''} trong hàng đợi",
        )
    assert not run.submissions.exists(), "what was refused is not written down"


async def test_what_is_settled_does_not_end_the_wait_for_a_unit(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The word is kept; the officer reads that the case still waits, and what would help."""
    folder, _ = folder_of(tmp_path)
    dvclt = told(filed("birth", GONE), on(AFTER, said("birth.registered", 0)))
    dvclt.hears(on("2025-07-02 09:00", said("case.action.taken", 0, action="settle", service=None)))
    store = await filled(folder.stores / "dvclt.db", [row(CASE, dvclt)], [])
    try:
        at = dvclt.state["actions"][0]["at"]
        line = {"case": CASE, "action": {"action": "settle"}, "events": [{"time": at}]}
        tell(folder, Done(line=line, before=False, taken=True))
    finally:
        await store.close()
    text = capsys.readouterr().out
    assert "Xác nhận đã xử lý xong · noted as dealt with" in text
    assert "Việc chờ đơn vị tiếp nhận vẫn còn" in text
    assert "The wait for a receiving unit itself stays" in text


def test_without_its_broker_nothing_is_written_down(lienthong: Command, run: RunFolder) -> None:
    """What makes sense needs the run; it can be given again when that is up."""
    ended = lienthong("case", "retry", WITH_POLICE, *WHY, "--service", "residence")
    assert ended.code == 3, ended.err
    assert "không kết nối được broker" in ended.err
    assert "is not up: no broker answers at" in ended.err
    assert "lienthong up" in ended.err
    assert run.submissions.read_bytes() == b""


def test_each_command_says_what_it_does_with_an_example(lienthong: Command) -> None:
    """In both languages."""
    for name, vi in (
        ("retry", "Gửi lại yêu cầu"),
        ("supplement", "Nhận bổ sung thay công dân"),
        ("consent", "chủ hộ ký trên tờ khai CT01"),
        ("withdraw", "Rút hồ sơ thay công dân"),
        ("close", "Kết thúc thủ công"),
    ):
        text = " ".join(lienthong("case", name, "--help").out.split())
        assert vi in text
        assert f"Example: lienthong case {name} G22.99.08-230710-786800" in text
