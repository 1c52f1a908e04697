"""`lienthong document`: the papers of a case for whoever wants to see them."""

import json
from pathlib import Path

import pytest
import typer

from connectors.runtime.manifest import RunFolder
from simulators.documents.references import references_of
from tests.hub.cli.conftest import Command
from tests.hub.ledger.country import manifest, play, submissions
from tests.simulators.documents.run import run_with_files

OF_A_BIRTH = {"birth_certificate", "ct08", "health_card"}


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> RunFolder:
    """A run with files."""
    return run_with_files(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
def case(run: RunFolder) -> str:
    """A case that has brought every paper that a birth can bring."""
    lines = run.submissions.read_text(encoding="utf-8").splitlines()
    cases = [str(json.loads(line)["case"]) for line in lines]
    return next(
        case for case in cases if {one.kind for one in references_of(run, case)} == OF_A_BIRTH
    )


def test_every_paper_of_a_case_is_listed(lienthong: Command, run: RunFolder, case: str) -> None:
    """With who made it out, and in the order in which that was."""
    ended = lienthong("document", "list", case, "--run", str(run.path), "--json")
    assert ended.code == 0, ended.err
    documents = json.loads(ended.out)["documents"]
    assert {document["kind"]: document["system"] for document in documents} == {
        "birth_certificate": "civil-status",
        "ct08": "residence",
        "health_card": "social-insurance",
    }
    assert documents[0]["kind"] == "birth_certificate", "the others follow from it"
    assert all(Path(document["path"]).is_file() for document in documents)


def test_one_paper_is_told_in_both_languages(lienthong: Command, run: RunFolder, case: str) -> None:
    """Name, address, hash, and that the file is whole."""
    ended = lienthong("document", "show", case, "health_card", "--run", str(run.path))
    assert ended.code == 0, ended.err
    for text in ("Thẻ bảo hiểm y tế", "health-insurance card", "urn:lienthong:BHYT:TE1"):
        assert text in ended.out
    assert "tệp nguyên vẹn" in ended.out
    assert "in the citizen store" in ended.out


def test_a_changed_file_is_a_failed_check(
    lienthong: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit code 1, and the file is not opened."""
    run = run_with_files(tmp_path / "own")
    line = run.submissions.read_text(encoding="utf-8").splitlines()[0]
    code = str(json.loads(line)["case"])
    paper = references_of(run, code)[0]
    assert paper.path is not None
    Path(paper.path).write_bytes(b"%PDF-nothing")
    monkeypatch.setattr(typer, "launch", lambda path: pytest.fail(f"{path} was opened"))
    for command in ("list", "show", "open"):
        kind = () if command == "list" else (paper.kind,)
        ended = lienthong("document", command, code, *kind, "--run", str(run.path))
        assert ended.code == 1, f"{command}: {ended.out}"
        assert f"{paper.kind}: the file was changed" in ended.err


def test_a_whole_file_is_opened(
    lienthong: Command, run: RunFolder, case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In whatever the machine opens PDF files with."""
    opened: list[str] = []
    monkeypatch.setattr(typer, "launch", opened.append)
    ended = lienthong("document", "open", case, "ct08", "--run", str(run.path))
    assert ended.code == 0, ended.err
    assert opened == [ended.out.strip()]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("show", "{case}", "passport"), "there are birth_certificate"),
        (("show", "{case}", "death_extract"), "it has birth_certificate"),
        (("list", "G22.99.08-230710-1"), "has no case"),
    ],
)
def test_what_is_not_there_is_said(
    lienthong: Command, run: RunFolder, case: str, arguments: tuple[str, ...], said: str
) -> None:
    """A kind that there is not, a paper that the case has not, a case that nobody has."""
    told = [argument.format(case=case) for argument in arguments]
    ended = lienthong("document", *told, "--run", str(run.path))
    assert ended.code == 2
    assert said in ended.err


def test_a_run_without_files_says_so(lienthong: Command, tmp_path: Path) -> None:
    """Its hashes are of content; there is nothing to open."""
    path = play(tmp_path, manifest("digests", seed=11), submissions(seed=11, cases=3))
    line = (path / "submissions.jsonl").read_text(encoding="utf-8").splitlines()[0]
    code = str(json.loads(line)["case"])
    (paper, *_) = references_of(RunFolder(path), code)
    listed = lienthong("document", "list", code, "--run", str(path))
    assert listed.code == 0, listed.err
    assert "this run makes no files" in listed.out
    ended = lienthong("document", "open", code, paper.kind, "--run", str(path))
    assert ended.code == 2
    assert "--documents pdf" in ended.err
