"""The files of a run's papers: each is there, whole, and says of itself what its row holds.

A paper's file is made by a typesetter that no model repeats. So its hash is taken as most places
say it, like a code that an agency gives out; all places are then held against it, the file too.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import orjson

from hub.ledger import tables
from hub.ledger.codes import URN, most
from hub.ledger.evidence import Evidence
from hub.ledger.judge import Judge, Table

FILES = Table("documents", "files", ("uri", "sha256", "content"))
MAGIC = b"%PDF-"
PROOF = b"lienthong:sha256:"
"""In a file's keywords, before the hash of what stands on it."""
MADE_OUT = tuple(
    table for table in tables.NATURAL if "sha256" in table.columns and table != tables.HO_SO
)
"""Registers of agencies that make out papers: the columns before a paper's address stand on it, and
after the address comes the hash. The one-stop has copies only."""


def papers_of(evidence: Evidence, case: str) -> dict[str, str]:
    """The hash of each paper's file of a case by the paper's address, as most places have it."""
    said: dict[str, list[Any]] = defaultdict(list)
    for record in _records(evidence, case):
        hashed = record.get("sha256")
        for value in record.values() if isinstance(hashed, str) else ():
            if isinstance(value, str) and value.startswith(URN):
                said[value].append(hashed)
    return {uri: most(hashes) for uri, hashes in said.items()}


def _records(evidence: Evidence, case: str) -> Iterator[Mapping[str, Any]]:
    """Whatever may name a paper: rows of registers, records of dossiers, the citizen's own."""
    for table in evidence.natural:
        yield evidence.row(case, table)
    for dossiers in evidence.dossiers.values():
        for row in dossiers.of(case):
            yield _object(row[8])
    for part in evidence.document(case, "citizen-store").values():
        if isinstance(part, dict):
            yield part


def _object(text: Any) -> Mapping[str, Any]:
    try:
        value = orjson.loads(text)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def check_files(judge: Judge, evidence: Evidence, cases: Iterable[str], folder: Path) -> None:
    """Hold the files in `folder` against the registers' rows of these cases."""
    for case in cases:
        for table in MADE_OUT:
            for row in evidence.natural[table].of(case) if table in evidence.natural else ():
                at = table.columns.index("sha256")
                if row[at] is not None:
                    content = sha256(orjson.dumps(row[: at - 1])).hexdigest()
                    _check(judge, case, folder, row[at - 1], row[at], content)


def _check(judge: Judge, case: str, folder: Path, uri: str, hashed: str, content: str) -> None:
    path = folder / f"{hashed}.pdf"
    if not path.is_file():
        judge.lost(case, FILES, uri, f"{folder.name}/{path.name}")
        return
    file = path.read_bytes()
    found = sha256(file).hexdigest()
    if found != hashed:
        judge.mismatched(case, FILES, uri, "sha256", hashed, found)
    elif not file.startswith(MAGIC):
        judge.mismatched(case, FILES, uri, None, "a PDF file", file[:8].decode(errors="replace"))
    elif PROOF + content.encode() not in file:
        judge.mismatched(case, FILES, uri, "content", content, "a file that says something else")
