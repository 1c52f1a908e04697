"""The files of documents that an agency hands out with its results."""

from base64 import b64encode
from typing import Protocol


class Papers(Protocol):
    """Where the files of documents are."""

    def base64_of(self, uri: str) -> str | None:
        """The PDF at a document's address, in base64; None where there is no file."""


class NoPapers:
    """Documents that are known by their hashes only."""

    def base64_of(self, uri: str) -> str | None:
        """None."""
        return None


def encoded(pdf: bytes) -> str:
    """A file as the messages carry it."""
    return b64encode(pdf).decode()
