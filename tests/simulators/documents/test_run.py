"""The papers of a whole run: every reference has its file, and the ledger misses none."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from connectors.runtime.handling import State
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
    return [paper for case in _cases(run) for paper in references_of(run, case)]


def _cases(run: RunFolder, chain: str | None = None) -> list[str]:
    with closing(sqlite3.connect(run.stores / "dvclt.db")) as db:
        found = db.execute("SELECT subject, state ->> '$.chain' FROM subjects")
        return [case for case, its in found if chain in (None, its)]


def _kept(run: RunFolder, case: str) -> State | None:
    return state_of(run.stores / "citizen-store.db", case)


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


def test_the_citizen_store_was_told_of_every_paper(played: RunFolder) -> None:
    """Of all five kinds, by address and hash; no file lies in its folder that no event named."""
    for paper in _papers(played):
        assert paper.in_citizen_store, paper


@pytest.mark.parametrize(
    ("chain", "kept"), [("birth", "thongBaoCT08"), ("death", "trichLucKhaiTu")]
)
def test_a_paper_that_the_citizen_store_lost_is_found(
    run: RunFolder, chain: str, kept: str
) -> None:
    """Its file is there and everybody else knows of it: the finding names the store."""
    case = next(case for case in _cases(run, chain) if kept in (_kept(run, case) or {}))
    with closing(sqlite3.connect(run.stores / "citizen-store.db")) as db, db:
        db.execute(
            "UPDATE subjects SET state = json_remove(state, ?) WHERE subject = ?",
            (f"$.{kept}", case),
        )
    (finding,) = verify(run.path).findings
    assert (finding.kind, finding.store) == ("mismatched", "stores/citizen-store")
    assert (finding.case, finding.column) == (case, "state")
    lost = [paper.kind for paper in references_of(run, case) if not paper.in_citizen_store]
    assert lost == [{"thongBaoCT08": "ct08", "trichLucKhaiTu": "death_extract"}[kept]]


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
    kept = [_kept(played, case) or {} for case in _cases(played, "birth")]
    certificates = [state["giayKhaiSinh"] for state in kept if "giayKhaiSinh" in state]
    assert certificates
    assert all({"uri", "sha256"} <= paper.keys() for paper in certificates)


def test_kinds_are_those_of_events() -> None:
    """A `DocumentRef` has the same names for what agencies make out."""
    from schemas.payloads import DocumentRef

    kinds = DocumentRef.model_json_schema()["properties"]["kind"]["enum"]
    assert KINDS.keys() <= set(kinds)
