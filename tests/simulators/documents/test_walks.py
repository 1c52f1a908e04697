"""What agencies make out when a birth and a death walk through them: every event's document."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from pypdf import PdfReader

from schemas.examples import DEATH_SUBMISSION
from simulators.agencies import open_agencies
from simulators.documents.filing import PdfDocuments, path_of
from tests.simulators.agencies.asking import world
from tests.simulators.agencies.walk import SUBMISSION, Walk

BIRTH = "G22.99.08-230710-000001"
DEATH = "G22.99.09-230710-000001"
BROUGHT = {
    BIRTH: {"birth.registered", "residence.registered", "health-card.issued"},
    DEATH: {"death.registered", "residence.removed", "funeral-allowance.granted"},
}
"""The events that refer to a paper."""


@pytest.fixture
def walk(tmp_path: Path) -> Iterator[Walk]:
    """A walk through agencies that make out files in `documents`."""
    agencies = open_agencies(
        tmp_path / "registers",
        seed=1,
        world=world(),
        documents=PdfDocuments(tmp_path / "documents", durable=False),
    )
    yield Walk(agencies)
    for agency in agencies.values():
        agency.close()


async def test_every_events_document_is_a_file_about_its_person(walk: Walk, tmp_path: Path) -> None:
    """The hash in the event is the file's, and on the page stand the person and the case."""
    await walk.submit(BIRTH)
    await walk.submit_death(DEATH)
    names = {BIRTH: SUBMISSION["child"]["name"], DEATH: DEATH_SUBMISSION["deceased"]["name"]}
    for case, brought in BROUGHT.items():
        for event in brought:
            data = walk.events[case, event]
            document = next(part for name, part in data.items() if name in _DOCUMENTS)
            path = path_of(tmp_path / "documents", document["sha256"])
            assert sha256(path.read_bytes()).hexdigest() == document["sha256"], event
            text = " ".join(PdfReader(path).pages[0].extract_text().split())
            for said in (names[case].upper(), case, document["uri"]):
                assert said in text, f"{event}: {said!r} is not on the paper: {text}"
    assert len(list((tmp_path / "documents").iterdir())) == 6


_DOCUMENTS = ("certificate", "extract", "document")
"""What events call a reference to what was made out."""
