"""The notice that a case begins with is held against the case that was filed."""

import asyncio
from pathlib import Path

import orjson
import pytest

from connectors.runtime.manifest import RunFolder
from hub.ledger import tables as t
from hub.ledger import verify
from simulators.runs.in_memory import MemoryCountry
from tests.hub.ledger.country import manifest, submissions
from tests.hub.ledger.damage import a_copy


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run in which a health facility tells of every birth and death."""
    plan = manifest("notices", seed=5)
    folder = RunFolder.create(tmp_path_factory.mktemp("home"), plan.run)
    folder.save(plan)

    async def play() -> None:
        country = MemoryCountry(folder, plan)
        await country.open()
        try:
            await country.play(submissions(seed=5, cases=8), notices=True)
        finally:
            await country.close()

    asyncio.run(play())
    return folder.path


def test_a_run_with_notices_has_no_finding(finished: Path) -> None:
    """One event more a case, and the portal keeps what it says."""
    report = verify(finished)
    assert report.findings == []
    assert report.verified == report.submitted
    lines = [*map(orjson.loads, (finished / "submissions.jsonl").read_bytes().splitlines())]
    stays = [one for one in lines if one["payload"]["chain"] == "temporary_residence"]
    assert all(("notice" in one) == (one not in stays) for one in lines)


def test_a_portal_that_forgot_the_notice_is_found(finished: Path, tmp_path: Path) -> None:
    """Its state differs from what the submission says."""
    table = t.subjects_table("portal")
    with a_copy(finished, table, tmp_path) as (copy, db):
        case, state = db.execute("SELECT subject, state FROM subjects").fetchone()
        kept = orjson.loads(state)
        del kept["giayToNguon"]
        db.execute(
            "UPDATE subjects SET state = ? WHERE subject = ?", (orjson.dumps(kept).decode(), case)
        )
    (finding,) = verify(copy).findings
    assert (finding.kind, finding.case, finding.column) == ("mismatched", case, "state")


def test_a_notice_that_the_log_lost_is_found(finished: Path, tmp_path: Path) -> None:
    """Whoever filed wrote down that it was sent."""
    with a_copy(finished, t.LOG, tmp_path) as (copy, db):
        for partition, offset, body in db.execute(
            'SELECT partition, "offset", body FROM log'
        ).fetchall():
            if "notice.issued" in body:
                db.execute(
                    'DELETE FROM log WHERE partition = ? AND "offset" = ?', (partition, offset)
                )
                break
    lost = [finding for finding in verify(copy).findings if finding.kind == "lost"]
    assert any("notice.issued" in str(finding.expected) for finding in lost)
