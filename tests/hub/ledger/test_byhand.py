"""Cases on which an officer acted: the order is held to the byte, the rest against itself."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import orjson
import pytest

from hub.ledger import Report, verify
from hub.ledger import tables as t
from hub.manual_checks import ActionName
from schemas.payloads import Payout
from simulators.runs.live import OPENING
from simulators.world import Arranged
from tests.hub.ledger.damage import a_copy, rows_of
from tests.simulators.runs.test_manual_orders import GROUPS, PAPER, SILENT, office

pytestmark = pytest.mark.timeout(60)

FIRST_CARD = OPENING.replace(year=2026, month=9, day=3)
WITH_CARD = {"identity_card": 1.0}
CORRECTION = Arranged(result="refused", reason="que_quan", seconds=3_600)
PAID = {"deaths": 1.0, **GROUPS, "paid_into_account": 1.0, "paid_by_post": 0.0}


class Story(NamedTuple):
    """What is arranged, when the officer comes, and what is ordered then."""

    arranged: Mapping[str, Arranged]
    service: str
    state: str
    action: ActionName
    brought: Mapping[str, Any] = {}
    mix: Mapping[str, float] = {}
    late: bool = False
    """Not before the case is in the manual queue."""
    drafts: bool = False
    """Requesters check a draft of the birth certificate."""
    start: datetime = OPENING


STORIES = {
    "a lost request is sent again": Story(
        {"residence/register/1": SILENT}, "residence", "requested", "retry", late=True
    ),
    "a request is sent again beside its answer": Story(
        {"residence/register/1": Arranged(seconds=90_000)}, "residence", "requested", "retry"
    ),
    "papers at the counter": Story(
        {
            "residence/register/1": Arranged(result="supplement", missing=("CHO_O",)),
            "portal/residence/1": SILENT,
        },
        "residence",
        "supplement_asked",
        "supplement",
        {"documents": (PAPER,)},
    ),
    "a consent on paper": Story(
        {"vneid/consent/1": SILENT},
        "residence",
        "awaiting_consent",
        "consent",
        {"agreed": True},
        {"consent_needed": 1.0, "consent_signed": 0.0},
    ),
    "a consent on paper, and then the head declines on the phone": Story(
        {"vneid/consent/1": Arranged(result="refused", reason="declined", seconds=30_000)},
        "residence",
        "awaiting_consent",
        "consent",
        {"agreed": True},
        {"consent_needed": 1.0, "consent_signed": 0.0},
    ),
    "withdrawn at the counter": Story({}, "birth", "requested", "withdraw"),
    "done outside the system": Story(
        {"civil-status/enter/1": SILENT}, "birth", "processing", "close", late=True
    ),
    "closed, and then the agency answers": Story(
        {"social-insurance/card/1": Arranged(seconds=90_000)}, "health_card", "requested", "close"
    ),
    "a lost identity card is asked for again": Story(
        {"population/identity_card/1": SILENT},
        "identity_card",
        "requested",
        "retry",
        mix=WITH_CARD,
        late=True,
        start=FIRST_CARD,
    ),
    "papers for an identity card at the counter": Story(
        {
            "population/identity_card/1": Arranged(result="supplement", missing=("DAI_DIEN",)),
            "portal/identity_card/1": SILENT,
        },
        "identity_card",
        "supplement_asked",
        "supplement",
        {"documents": (PAPER,)},
        WITH_CARD,
        start=FIRST_CARD,
    ),
    "an identity card is closed, and then it is issued": Story(
        {"population/identity_card/1": Arranged(seconds=90_000)},
        "identity_card",
        "requested",
        "close",
        mix=WITH_CARD,
        start=FIRST_CARD,
    ),
    "a birth is sent again while its draft is out, and the answer comes in between": Story(
        {"portal/certificate/1": Arranged(seconds=7_200), "portal/certificate/2": SILENT},
        "birth",
        "drafted",
        "retry",
        drafts=True,
    ),
    "a birth is sent again while its draft is out, which nobody answers": Story(
        {"portal/certificate/1": SILENT}, "birth", "drafted", "retry", drafts=True
    ),
    "a birth is sent again whose certificate never came": Story(
        {"civil-status/mend/1": SILENT, "portal/certificate/1": CORRECTION},
        "birth",
        "checked",
        "retry",
        late=True,
        drafts=True,
    ),
    "withdrawn while the draft is out": Story({}, "birth", "drafted", "withdraw", drafts=True),
    "closed while the draft is out": Story({}, "birth", "drafted", "close", drafts=True),
    "nothing to do but to say so": Story({}, "birth", "returned", "settle"),
    "cash at the counter": Story(
        {
            "payout/pay/1": Arranged(result="refused", reason="account_closed"),
            "portal/insurance_allowance/1": SILENT,
        },
        "insurance_allowance",
        "account_asked",
        "supplement",
        {"payout": Payout(method="cash", account=None)},
        PAID,
    ),
    "the death was registered by hand": Story(
        {"civil-status/enter_death/1": SILENT}, "death", "processing", "close", {}, PAID, late=True
    ),
}


async def _played(home: Path, story: Story) -> Path:
    """The folder of a run in which the story happened."""
    async with office(home, story.arranged, story.drafts, story.start, **story.mix) as one:

        def reached() -> bool:
            waits = one.document.get("waiting", {}).get(story.service, {})
            return one.stages.get(story.service) == story.state and (
                not story.late or "manual" in waits
            )

        await one.until(reached)
        about = None if story.action == "withdraw" else story.service
        await one.orders(story.action, about, **story.brought)
        await one.rest()
        return one.folder.path


@pytest.mark.parametrize("story", STORIES.values(), ids=STORIES.keys())
async def test_what_an_officer_did_has_no_finding(tmp_path: Path, story: Story) -> None:
    """The case ends, and everybody remembers what was said of it."""
    report = verify(await _played(tmp_path, story))
    assert report.findings == []
    assert (report.submitted, report.verified) == (1, 1)


async def test_a_word_on_a_case_that_has_ended_has_no_finding(tmp_path: Path) -> None:
    """dvclt keeps it, and nothing else changes."""
    async with office(tmp_path, {}) as one:
        await one.country.play([one.one])
        ended = one.document
        await one.orders("settle")
        await one.rest()
        assert ended["ended"] is not None
        assert [action["action"] for action in one.document["actions"]] == ["settle"]
        assert one.document["services"] == ended["services"]
    report = verify(one.folder.path)
    assert report.findings == []
    assert (report.submitted, report.verified) == (1, 1)


@pytest.fixture
async def retried(tmp_path: Path) -> Path:
    """A run with an order that sent a request again."""
    return await _played(tmp_path / "home", STORIES["a lost request is sent again"])


def _with_order(run: Path, changes: Mapping[str, Any]) -> Report:
    """The verdict where the order's line says something else."""
    path = run / "submissions.jsonl"
    first, order = path.read_bytes().splitlines()
    line = orjson.loads(order)
    line["events"][0] |= changes
    path.write_bytes(first + b"\n" + orjson.dumps(line) + b"\n")
    return verify(run)


@pytest.mark.parametrize(
    ("column", "changes"),
    [
        (
            "payload",
            {"payload": {"action": "retry", "service": "residence", "by": "A", "why": "B"}},
        ),
        ("type", {"name": "case.withdrawal.requested"}),
        ("causationid", {"causationid": "nothing"}),
        ("time", {"time": "2023-07-10T08:00:00.000+07:00"}),
    ],
)
async def test_an_order_that_was_sent_otherwise_is_found(
    retried: Path, column: str, changes: Mapping[str, Any]
) -> None:
    """Its line was written before; the log says what came."""
    assert column in {finding.column for finding in _with_order(retried, changes).findings}


async def test_an_order_that_never_came_is_lost(retried: Path) -> None:
    """Written down, and not in the log; what is there instead is nobody's."""
    report = _with_order(retried, {"id": "another"})
    assert report.lost == 1


@pytest.mark.parametrize(
    ("column", "value"), [("decided", "2023-07-10T08:00:00.000+07:00"), ("result", "refused")]
)
async def test_what_chance_could_not_decide_is_found(
    retried: Path, tmp_path: Path, column: str, value: str
) -> None:
    """Each request has its outcome and its time, also one that an officer sent."""
    table = t.dossiers_table("residence")
    with a_copy(retried, table, tmp_path) as (run, db):
        db.execute(f"UPDATE dossiers SET {column} = ? WHERE attempt = 2", (value,))
        assert column in {finding.column for finding in verify(run).findings}


async def test_an_action_that_dvclt_does_not_keep_is_found(retried: Path, tmp_path: Path) -> None:
    """Who did it and why."""
    table = t.subjects_table("dvclt")
    with a_copy(retried, table, tmp_path) as (run, db):
        (row,) = rows_of(db, table)
        state = orjson.loads(row["state"])
        state["actions"][0]["by"] = "Ai đó"
        db.execute("UPDATE subjects SET state = ?", (orjson.dumps(state).decode(),))
        assert [f.column for f in verify(run).findings] == ["state.actions"]


async def test_a_number_that_is_left_out_is_found_of_a_case_by_hand(
    retried: Path, tmp_path: Path
) -> None:
    """Its rows count among those of all cases."""
    with a_copy(retried, t.THUONG_TRU, tmp_path) as (run, db):
        db.execute("UPDATE thuong_tru SET so = 2")
        assert [(f.kind, f.column) for f in verify(run).findings] == [("lost", "so")]


async def test_a_certificate_before_the_answer_to_its_draft_is_found_of_a_case_by_hand(
    tmp_path: Path,
) -> None:
    """Asked for with the answer, after a day, or when the number was told once more."""
    run = await _played(tmp_path / "home", STORIES["withdrawn while the draft is out"])
    table = t.dossiers_table("civil-status")
    with a_copy(run, table, tmp_path) as (copy, db):
        early = "UPDATE dossiers SET received = ? WHERE step = 'issue'"
        db.execute(early, ("2023-07-10T11:00:00.000+07:00",))
        assert "received" in {finding.column for finding in verify(copy).findings}
