"""The documents that agencies make out: kept elsewhere, known by an address and a hash."""

from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any, Final

import orjson

URI: Final = "urn:lienthong:"


def content_hash(row: Mapping[str, Any], columns: Iterable[str]) -> str:
    """The SHA-256 of a document that says what these columns of a register's row hold.

    Its content is their values as a compact JSON array in UTF-8, in the order of the columns.
    """
    return sha256(orjson.dumps([row[column] for column in columns])).hexdigest()
