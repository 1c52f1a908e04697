"""Where an agency's papers are kept, and what happens when they cannot be."""

from hashlib import sha256
from pathlib import Path

import pytest

from connectors.runtime.agency import AgencyUnavailable
from connectors.runtime.manifest import RunFolder
from simulators.agencies import DESKS
from simulators.agencies.documents import Documents, content_hash
from simulators.agencies.register import Register
from simulators.documents.filing import PdfDocuments, documents_of
from tests.hub.ledger.country import manifest
from tests.simulators.agencies.asking import outcomes, request, world
from tests.simulators.documents.rows import CT08


def _made_out(documents: Documents) -> str:
    return documents.make_out(CT08.paper, CT08.row, CT08.columns)


def test_a_file_is_named_by_its_own_hash(tmp_path: Path) -> None:
    """So that a reference alone finds it, and tells whether it is whole."""
    name = _made_out(PdfDocuments(tmp_path))
    (path,) = tmp_path.iterdir()
    assert path.name == f"{name}.pdf"
    assert sha256(path.read_bytes()).hexdigest() == name


def test_made_out_again_it_is_the_same_file(tmp_path: Path) -> None:
    """A replay after a crash leaves one file, and nothing half written beside it."""
    assert _made_out(PdfDocuments(tmp_path)) == _made_out(PdfDocuments(tmp_path, durable=False))
    assert len(list(tmp_path.iterdir())) == 1


def test_a_run_without_files_refers_to_content(tmp_path: Path) -> None:
    """The hash is of what would stand on the paper, and no folder is made."""
    folder = RunFolder.create(tmp_path, "digests")
    hashed = _made_out(documents_of(folder, manifest("digests", seed=1)))
    assert hashed == content_hash(CT08.row, CT08.columns)
    assert not folder.documents.exists()


async def test_an_agency_that_cannot_write_its_paper_decides_nothing(tmp_path: Path) -> None:
    """A full disk is an agency that does not answer: it decides when asked again."""
    folder = tmp_path / "documents"
    documents = PdfDocuments(folder)
    agency = Register(
        DESKS["residence"], tmp_path / "r.db", seed=1, world=world(), documents=documents
    )
    asked = request("residence", "residence.registration.requested", ct01_chu_ho_ky=1)
    folder.rmdir()
    with pytest.raises(AgencyUnavailable, match="No such file"):
        await agency.submit([asked])
    folder.mkdir()
    (outcome,) = await outcomes(agency, asked)
    assert (folder / f"{outcome.record['sha256']}.pdf").is_file()
    agency.close()
