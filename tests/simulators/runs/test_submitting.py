"""What whoever submits writes down and sends: the case, and the notice that it begins with."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import orjson
import pytest

from connectors.runtime.bus.memory import MemoryBus
from connectors.runtime.manifest import RunFolder
from schemas.event import from_text, to_text
from schemas.examples import CASE, DEATH_CASE, DEATH_SUBMISSION, SUBMISSIONS, example
from schemas.payloads import CaseSubmitted
from simulators.arrivals import Submission
from simulators.runs.in_memory import MemoryCountry
from simulators.runs.storyteller import story_of
from simulators.runs.submitting import Submitter, notice_event
from tests.simulators.runs.runs import folder_of

FILED = from_text("2023-07-10T08:00:00+07:00")
BIRTH = {
    "kind": "birth",
    "number": "00A1Z.GCS.79024.23",
    "facility": "79024",
    "name": "Nguyễn Minh An",
    "moment": "2023-07-08T05:30:00+07:00",
}
DEATH = {
    "kind": "death",
    "number": "0B7K2.GBT.79024.23",
    "facility": "79024",
    "name": "Lê Văn Thành",
    "moment": "2023-07-09T03:15:00+07:00",
}


def submission(case: str, payload: Any) -> Submission:
    """A case of the examples, filed on Monday morning."""
    whole = CaseSubmitted.model_validate_json(orjson.dumps(payload)).root
    return Submission(ordinal=0, case=case, at=FILED, payload=whole)


CASES = {
    "birth": (submission(CASE, example("case.submitted").data()), BIRTH),
    "death": (submission(DEATH_CASE, DEATH_SUBMISSION), DEATH),
}
both = pytest.mark.parametrize("chain", CASES)


@both
def test_a_case_begins_with_the_notice_of_a_health_facility(chain: str) -> None:
    """Made out four hours after birth or death, and known under the case that will be filed."""
    filed, expected = CASES[chain]
    notice = notice_event(filed)
    assert notice is not None
    assert notice.data() == expected
    assert (notice.system, notice.name) == ("health-facility", "notice.issued")
    assert notice.subject == filed.case
    assert notice.time == from_text(expected["moment"]) + timedelta(hours=4)


def test_a_notice_is_never_later_than_its_case() -> None:
    """Who files within the hour has it in hand."""
    filed, _ = CASES["birth"]
    at = from_text(BIRTH["moment"]) + timedelta(minutes=50)
    notice = notice_event(Submission(ordinal=0, case=filed.case, at=at, payload=filed.payload))
    assert notice is not None
    assert notice.time == at


def test_a_stay_begins_with_no_notice() -> None:
    """Nothing has happened that a health facility could attest."""
    case, payload = SUBMISSIONS["temporary_residence"]
    assert notice_event(submission(case, payload)) is None


async def submitted(folder: RunFolder, bus: MemoryBus, *, notices: bool) -> list[dict[str, Any]]:
    """The lines of the submissions file when both cases are handed in."""
    with Submitter(folder, folder.load(), await bus.producer(), notices=notices) as submitter:
        await submitter.submit([filed for filed, _ in CASES.values()])
    return [orjson.loads(line) for line in folder.submissions.read_bytes().splitlines()]


@both
async def test_a_story_begins_with_the_notice(chain: str, tmp_path: Path) -> None:
    """Before the case is filed, and by its number."""
    filed, notice = CASES[chain]
    folder, manifest = folder_of(tmp_path)
    country = MemoryCountry(folder, manifest)
    await country.open()
    try:
        await country.play([filed], notices=True)
    finally:
        await country.close()
    first, second, *_ = story_of(folder, filed.case).steps
    assert (first.system, first.event, first.to) == (
        "health-facility",
        "notice.issued",
        ("portal",),
    )
    paper = {"birth": "giấy chứng sinh", "death": "giấy báo tử"}[chain]
    assert first.text_vi == f"Cấp {paper}: số {notice['number']}"
    assert first.text_en == f"{chain.capitalize()} notice issued: no. {notice['number']}"
    assert second.event == "case.submitted"


@pytest.mark.parametrize("notices", [True, False])
async def test_notices_are_written_down_and_sent_where_they_are_wanted(
    tmp_path: Path, notices: bool
) -> None:
    """Like a withdrawal they stand in the case's line, so that nobody has to guess."""
    folder, manifest = folder_of(tmp_path)
    inboxes = [manifest.topics.inbox(system) for system in ("portal", "health-facility")]
    bus = MemoryBus("memory")
    await bus.create(inboxes, manifest.partitions)
    lines = await submitted(folder, bus, notices=notices)
    sent = []
    for inbox in inboxes:
        ends = await bus.ends([(inbox, number) for number in range(manifest.partitions)])
        sent.append(sum(ends.values()))
    assert sent == [2, 2 if notices else 0]
    if not notices:
        assert all("notice" not in line for line in lines)
        return
    for line, (filed, expected) in zip(lines, CASES.values(), strict=True):
        notice = notice_event(filed)
        assert notice is not None
        assert line["notice"] == {
            "id": notice.id,
            "time": to_text(notice.time),
            "payload": expected,
        }
