"""The papers of a whole run: every reference has its file, and the ledger misses none."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from connectors.runtime.manifest import RunFolder
from connectors.runtime.store.reading import state_of
from hub.ledger import Report, verify
from simulators.documents.references import KINDS, Reference, references_of
from tests.simulators.documents.run import run_with_files


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> RunFolder:
    """A run with files; nobody changes it."""
    return run_with_files(tmp_path_factory.mktemp("home"))


@pytest.fixture
def run(played: RunFolder, tmp_path: Path) -> RunFolder:
    """A copy of the run, to be damaged."""
    shutil.copytree(played.path, tmp_path / "run")
    return RunFolder(tmp_path / "run")


def _papers(run: RunFolder) -> list[Reference]:
    with closing(sqlite3.connect(run.stores / "dvclt.db")) as db:
        cases = [case for (case,) in db.execute("SELECT subject FROM subjects")]
    return [paper for case in cases for paper in references_of(run, case)]


def _found(report: Report) -> list[tuple[str, str, str | None]]:
    return [
        (finding.kind, finding.key, finding.column)
        for finding in report.findings
        if finding.table == "files"
    ]


def test_every_reference_has_its_file(played: RunFolder) -> None:
    """Of each kind that births and deaths bring; no file is without a reference."""
    papers = _papers(played)
    assert {paper.kind for paper in papers} == KINDS.keys()
    assert {paper.condition for paper in papers} == {"whole"}
    files = {path.stem for path in played.documents.iterdir()}
    assert files == {paper.sha256 for paper in papers}


def test_the_ledger_has_nothing_to_say(played: RunFolder) -> None:
    """Files, registers, events and the citizen store agree."""
    report = verify(played.path)
    assert report.findings == []
    assert report.open == 0


def test_the_citizen_store_has_what_it_was_told_of(played: RunFolder) -> None:
    """Certificate, card and decision, by address and hash; of no CT08 and no extract."""
    for paper in _papers(played):
        assert paper.in_citizen_store == (paper.kind not in ("ct08", "death_extract")), paper


def test_a_missing_file_is_lost(run: RunFolder) -> None:
    """The finding names the paper's address."""
    paper = _papers(run)[0]
    Path(str(paper.path)).unlink()
    report = verify(run.path)
    assert _found(report) == [("lost", paper.uri, None)]
    assert len(report.findings) == 1, "nothing else is wrong"
    assert [p.condition for p in _papers(run) if p.uri == paper.uri] == ["missing"]


@pytest.mark.parametrize("kind", ["birth_certificate", "ct08", "health_card"])
def test_a_changed_file_is_found(run: RunFolder, kind: str) -> None:
    """One byte is enough; the file is blamed, not those who refer to it."""
    paper = next(paper for paper in _papers(run) if paper.kind == kind)
    path = Path(str(paper.path))
    file = bytearray(path.read_bytes())
    file[len(file) // 2] ^= 1
    path.write_bytes(file)
    report = verify(run.path)
    assert _found(report) == [("mismatched", paper.uri, "sha256")]
    assert len(report.findings) == 1, "nothing else is wrong"
    assert [p.condition for p in _papers(run) if p.uri == paper.uri] == ["damaged"]


def test_a_reference_that_says_another_hash_is_found(run: RunFolder) -> None:
    """What the citizen store keeps is held against what the others say."""
    paper = next(paper for paper in _papers(run) if paper.kind == "health_card")
    with closing(sqlite3.connect(run.stores / "citizen-store.db")) as db, db:
        changed = db.execute(
            "UPDATE subjects SET state = replace(state, ?, ?)", (paper.sha256, "0" * 64)
        )
        assert changed.rowcount
    report = verify(run.path)
    (finding,) = report.findings
    assert (finding.kind, finding.store) == ("mismatched", "stores/citizen-store")


def test_a_file_of_something_else_is_found(run: RunFolder) -> None:
    """A row that was changed after its paper was made out no longer has a paper."""
    with closing(sqlite3.connect(run.registers / "social-insurance.db")) as db, db:
        db.execute("UPDATE the_bhyt SET ho_ten = 'Nguyễn Văn Khác' WHERE rowid = 1")
        (uri,) = db.execute("SELECT the_dien_tu FROM the_bhyt WHERE rowid = 1").fetchone()
    assert ("mismatched", uri, "content") in _found(verify(run.path))


def test_a_paper_of_an_agency_elsewhere_is_known_from_the_citizen_store(run: RunFolder) -> None:
    """Where somebody else plays an agency there is no register to read."""
    before = _papers(run)
    (run.registers / "social-insurance.db").unlink()
    cards = [paper for paper in _papers(run) if paper.kind == "health_card"]
    assert {paper.uri for paper in cards} == {p.uri for p in before if p.kind == "health_card"}
    assert {paper.system for paper in cards} == {"citizen-store"}


def test_no_event_holds_a_document(played: RunFolder) -> None:
    """What the hub carried is a reference: nowhere in log or stores does a file begin."""
    for path in (played.hub_log, *played.stores.glob("*.db")):
        assert b"%PDF" not in path.read_bytes(), path
    state = state_of(played.stores / "citizen-store.db", _case(played))
    assert state is not None
    assert {"uri", "sha256"} <= state["giayKhaiSinh"].keys()


def _case(run: RunFolder) -> str:
    paper = next(paper for paper in _papers(run) if paper.in_citizen_store)
    with closing(sqlite3.connect(run.registers / "civil-status.db")) as db:
        (case,) = db.execute(
            "SELECT ma_lien_thong FROM so_khai_sinh WHERE giay_khai_sinh = ?", (paper.uri,)
        ).fetchone()
    return str(case)


def test_kinds_are_those_of_events() -> None:
    """A `DocumentRef` has the same names for what agencies make out."""
    from schemas.payloads import DocumentRef

    kinds = DocumentRef.model_json_schema()["properties"]["kind"]["enum"]
    assert KINDS.keys() <= set(kinds)
