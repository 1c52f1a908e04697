"""Drafts of birth certificates: whether there is one, and when the certificate may follow."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from connectors.runtime.manifest import RunFolder
from hub.ledger import tables as t
from hub.ledger import verify
from tests.hub.ledger.country import BIRTHS, manifest, play, submissions, world
from tests.hub.ledger.damage import a_copy, rows_of

REGISTER = t.dossiers_table("civil-status")


def births(home: Path, *, drafts: bool, seed: int = 1, cases: int = 25) -> Path:
    """A run in which requesters check drafts, or do not."""
    plays = replace(world(), draft_certificates=drafts)
    plan = manifest("births", seed=seed, sequence="strict" if seed % 2 else "parallel")
    cast = submissions(seed, cases, mix=BIRTHS)
    return play(home, replace(plan, world=plays.to_json()), cast)


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run in which all births have drafts."""
    return births(tmp_path_factory.mktemp("checked"), drafts=True)


def steps(run: Path, to: Path) -> Counter[tuple[str, str]]:
    """How often civil status did what with a certificate."""
    with a_copy(run, REGISTER, to) as (_, db):
        rows = [row for row in rows_of(db, REGISTER) if not row["step"].startswith("enter")]
        return Counter((row["step"], row["result"]) for row in rows)


def test_a_run_with_drafts_has_no_finding(checked: Path, tmp_path: Path) -> None:
    """Agreed with, put right or not answered: every certificate comes once, after its draft."""
    report = verify(checked)
    assert report.findings == []
    assert report.verified == report.submitted
    found = steps(checked, tmp_path)
    issued, mended = found["issue", "done"], found["mend", "done"]
    assert min(issued, mended) > 0
    assert found == {
        ("certify", "draft"): issued + mended,
        ("issue", "done"): issued,
        ("mend", "done"): mended,
    }
    with a_copy(checked, t.dossiers_table("portal"), tmp_path) as (_, db):
        rows = rows_of(db, t.dossiers_table("portal"))
        results = {row["result"] for row in rows if row["step"] == "certificate"}
    assert results == {"done", "refused", "silent"}


def test_the_other_order_of_services_has_no_finding(tmp_path: Path) -> None:
    """Residence and cards side by side, another seed."""
    report = verify(births(tmp_path, drafts=True, seed=2))
    assert report.findings == []
    assert report.verified == report.submitted


def _says(run: Path, *, drafts: bool) -> Path:
    """The run, whose manifest says otherwise."""
    folder = RunFolder(run)
    plan = folder.load()
    folder.save(replace(plan, world=plan.world | {"draft_certificates": drafts}))
    return run


def test_a_certificate_without_its_draft_is_found(tmp_path: Path) -> None:
    """Where the switch is on."""
    report = verify(_says(births(tmp_path, drafts=False, cases=6), drafts=True))
    assert ("result", "draft", "done") in [(f.column, f.expected, f.found) for f in report.findings]
    assert report.lost > 0, "the draft and what should have come of it"


def test_a_draft_where_nobody_checks_any_is_found(tmp_path: Path) -> None:
    """Where the switch is off."""
    report = verify(_says(births(tmp_path, drafts=True, cases=6), drafts=False))
    assert ("result", "done", "draft") in [(f.column, f.expected, f.found) for f in report.findings]


@pytest.mark.parametrize("step", ["issue", "mend"])
def test_a_certificate_before_the_answer_is_found(checked: Path, tmp_path: Path, step: str) -> None:
    """Asked for when the draft had just gone out."""
    with a_copy(checked, REGISTER, tmp_path) as (run, db):
        rows = rows_of(db, REGISTER)
        one = next(row for row in rows if row["step"] == step)
        key = f"{one['case_code']}/certify/1"
        draft = next(row for row in rows if row["key"] == key)
        changed = "UPDATE dossiers SET received = ? WHERE key = ?"
        db.execute(changed, (draft["decided"], one["key"]))
        found = [(f.kind, f.case, f.column) for f in verify(run).findings]
    assert found == [("mismatched", one["case_code"], "received")]
