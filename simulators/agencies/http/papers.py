"""The files of results, as the messages carry them: PDF in base64."""

from base64 import b64encode
from pathlib import Path

from simulators.documents.filing import path_of


class Papers:
    """The files in a folder, by their SHA-256; without a folder there are none."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder

    def base64_of(self, name: str) -> str | None:
        """The file of that SHA-256; None where documents are known by their hashes only."""
        if self._folder is None:
            return None
        try:
            return b64encode(path_of(self._folder, name).read_bytes()).decode()
        except FileNotFoundError:
            return None
