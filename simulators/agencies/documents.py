"""The documents that agencies make out: kept elsewhere, known by an address and a hash.

A desk says which paper it makes out and what stands on it; `Documents` gives the hash that register
and event have beside the address. By itself it makes no file; `simulators.documents` does.
"""

from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any, Final, Literal

import orjson

URI: Final = "urn:lienthong:"

Paper = Literal[
    "birth_certificate",
    "death_extract",
    "ct08",
    "ct08_removal",
    "ct08_stay",
    "health_card",
    "identity_card",
    "allowance_decision",
]
"""What can be made out. All kinds of form CT08 are `ct08` in an event."""


class Documents:
    """Makes out documents that are known by what they say: there is no file."""

    def make_out(self, paper: Paper, row: Mapping[str, Any], columns: Iterable[str]) -> str:
        """The SHA-256 of a document that says what these columns of a register's row hold.

        The row has the document's address already. The same row makes the same document.

        Raises:
            OSError: the file cannot be written now.
        """
        return content_hash(row, columns)


def content_hash(row: Mapping[str, Any], columns: Iterable[str]) -> str:
    """The SHA-256 of what a document says, for one that says what these columns hold.

    That is their values as a compact JSON array in UTF-8, in the order of the columns.
    """
    return sha256(orjson.dumps([row[column] for column in columns])).hexdigest()
