"""The papers of a case in a run: who made them out, where each file is, and whether it is whole.

Read from the agencies' registers and the citizen store, also while the run goes on.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple

from connectors.runtime.manifest import RunFolder
from connectors.runtime.store.reading import state_of
from simulators.agencies import DESKS
from simulators.agencies.documents import URI
from simulators.agencies.reading import dossiers_of
from simulators.documents.filing import path_of

CITIZEN_STORE: Final = "citizen-store"


class Kind(NamedTuple):
    """A kind of paper, as events name it."""

    code: str
    """After `urn:lienthong:` in its address."""
    vi: str
    en: str


KINDS: Final = {
    "birth_certificate": Kind("KQ.G15.000031", "Giấy khai sinh", "birth certificate"),
    "death_extract": Kind("KQ.G15.000034", "Trích lục khai tử", "death extract"),
    "ct08": Kind("CT08", "Thông báo CT08 về cư trú", "residence notice CT08"),
    "health_card": Kind("BHYT", "Thẻ bảo hiểm y tế", "health-insurance card"),
    "identity_card": Kind("CC", "Thẻ căn cước", "identity card"),
    "allowance_decision": Kind("QD", "Quyết định trợ cấp mai táng", "funeral allowance decision"),
}
"""By the name that a `DocumentRef` has for it."""

Condition = Literal["whole", "missing", "damaged", "no_file"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """One paper of a case."""

    kind: str
    vi: str
    en: str
    system: str
    """Who made it out; the citizen store, where that agency keeps its register elsewhere."""
    issued: str | None
    """RFC 3339; None where only the citizen store knows of it."""
    in_citizen_store: bool
    """Whether the citizen store was told of it under the same hash."""
    uri: str
    sha256: str
    path: str | None
    """Where its file is or should be; None in a run that makes none."""
    condition: Condition

    @property
    def good(self) -> bool:
        """Whether there is nothing to complain of."""
        return self.condition in ("whole", "no_file")

    def to_json(self) -> dict[str, Any]:
        """The paper as JSON values."""
        return asdict(self)


class _Paper(NamedTuple):
    uri: str
    sha256: str
    system: str
    issued: str | None


def references_of(folder: RunFolder, case: str) -> Sequence[Reference]:
    """The papers that a case has brought so far, in the order in which they were made out."""
    made = {paper.uri: paper for paper in _made_out(folder, case)}
    kept = {paper.uri: paper for paper in _kept(folder, case)}
    files = folder.documents if folder.load().documents == "pdf" else None
    return [
        _reference(paper, kept.get(paper.uri), files)
        for paper in sorted({**kept, **made}.values(), key=lambda paper: paper.issued or "")
        if _kind(paper.uri) is not None
    ]


def _made_out(folder: RunFolder, case: str) -> Iterator[_Paper]:
    for system in DESKS:
        for dossier in dossiers_of(folder.registers / f"{system}.db", case):
            address, hashed = _address(dossier.record), dossier.record.get("sha256")
            if address is not None and hashed and dossier.result == "done":
                yield _Paper(address, hashed, system, dossier.decided)


def _kept(folder: RunFolder, case: str) -> Iterator[_Paper]:
    state = state_of(folder.stores / f"{CITIZEN_STORE}.db", case) or {}
    for part in state.values():
        if isinstance(part, dict) and "uri" in part:
            yield _Paper(part["uri"], part["sha256"], CITIZEN_STORE, None)


def _address(record: Mapping[str, Any]) -> str | None:
    texts = (value for value in record.values() if isinstance(value, str))
    return next((text for text in texts if text.startswith(URI)), None)


def _kind(uri: str) -> str | None:
    code = uri.removeprefix(URI).partition(":")[0]
    return next((name for name, kind in KINDS.items() if kind.code == code), None)


def _reference(paper: _Paper, kept: _Paper | None, files: Path | None) -> Reference:
    name = _kind(paper.uri)
    assert name is not None, "papers of unknown kinds are left out"
    path = None if files is None else path_of(files, paper.sha256)
    return Reference(
        kind=name,
        vi=KINDS[name].vi,
        en=KINDS[name].en,
        system=paper.system,
        issued=paper.issued,
        in_citizen_store=kept is not None and kept.sha256 == paper.sha256,
        uri=paper.uri,
        sha256=paper.sha256,
        path=None if path is None else str(path),
        condition=_condition(path, paper.sha256),
    )


def _condition(path: Path | None, hashed: str) -> Condition:
    if path is None:
        return "no_file"
    if not path.is_file():
        return "missing"
    return "whole" if sha256(path.read_bytes()).hexdigest() == hashed else "damaged"
