"""Keeps the files of a run's papers: one folder, in which a file's name is its SHA-256."""

import os
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from connectors.runtime.manifest import Manifest, RunFolder
from simulators.agencies.documents import Documents, Paper


def documents_of(folder: RunFolder, manifest: Manifest) -> Documents:
    """What the agencies of a run make their documents with."""
    if manifest.documents == "digest":
        return Documents()
    return PdfDocuments(folder.documents, durable=manifest.durable)


class PdfDocuments(Documents):
    """Makes out documents as PDF files in the citizen store's folder."""

    def __init__(self, folder: Path, *, durable: bool = True) -> None:
        """Keep them in `folder`, which is made; `durable` waits for the disk."""
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._durable = durable

    def make_out(self, paper: Paper, row: Mapping[str, Any], columns: Iterable[str]) -> str:
        """See `Documents.make_out`: the file's SHA-256, and the file is there, whole.

        A crash before the register's commit leaves a file that nobody refers to; made out again,
        the document is the same file.
        """
        # Typst takes 30 MiB, which a run without files need not have.
        from simulators.documents.rendering import render

        file = render(paper, row, columns)
        name = sha256(file).hexdigest()
        path = path_of(self._folder, name)
        if not path.exists():
            self._write(path, file)
        return name

    def _write(self, path: Path, file: bytes) -> None:
        part = path.with_suffix(f".{os.getpid()}.part")
        part.write_bytes(file)
        if self._durable:
            _sync(part)
        part.replace(path)
        if self._durable:
            _sync(self._folder)


def _sync(path: Path) -> None:
    """Wait until a file's bytes, or a folder's names, are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def path_of(folder: Path, name: str) -> Path:
    """Where the file with this SHA-256 is."""
    return folder / f"{name}.pdf"
