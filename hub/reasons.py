"""The list of reason codes as a document, drawn from their tables: `python -m hub.reasons`."""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from schemas.reasons import GIVEN_UP, REFUSALS, REFUSED, Reason

PATH = Path("docs/reasons.md")

_HEAD = """\
# Reason codes

*Drawn from the tables in `schemas/reasons.py` by `python -m hub.reasons`; change those, not this
file. `lienthong contract --json` has the same under `rejections` and `refusals`.*

Codes are part of the contract: some are added, none is renamed. Each dead letter on `lt.dlq` has
one, with `pointer`: the place in the payload as a JSON pointer (RFC 6901), the name of the header,
or nothing where it is about the record as a whole. `lienthong dead list` shows them.
"""
_REFUSED = """\
## What the hub does not route

Its sender is told with `delivery.rejected`: code, pointer, text and remedy in both languages. Where
the subject is a case, dvclt is told as well, which keeps it for an officer. Checks come in this
order, and the first fault is told: repeated headers, source, type, right to publish, the other
headers, size, JSON, keys that stand twice, the type's schema, personal IDs.
"""
_GIVEN_UP = """\
## What its receiver gives up

The hub has routed it, or the router itself could not go on with it. The case goes to the manual
queue of whoever gave it up, the record to the dead letters (but `agency_refused`: there the record
was fine). `lienthong dead requeue` sends it again to the one that gave it up, when the cause is
mended; never what is `id_reused`. Once a case has ended, its ids are forgotten, and the chain's
table answers instead of `id_reused`.
"""
_REFUSALS = """\
## Why a service was refused

Decisions of an agency or of dvclt on a case, in `reason` of the events that tell them.
"""
_POINTERS = {
    "header_missing": "header",
    "header_invalid": "header",
    "source_mismatch": "`ce_source`",
    "unknown_type": "`ce_type`",
    "not_allowed": "`ce_type`",
    "payload_not_json": "the value that is none (NaN, half a character), else nothing",
    "payload_invalid": "the field",
    "duplicate_key": "the key",
}
"""What `pointer` holds; nothing for all others."""


def reasons_document() -> str:
    """The text of docs/reasons.md."""
    return "\n".join(_parts())


def _parts() -> Iterator[str]:
    yield _HEAD
    for text, reasons in ((_REFUSED, REFUSED), (_GIVEN_UP, GIVEN_UP)):
        yield text
        rows = ((*_row(r), _POINTERS.get(r.code, "")) for r in reasons.values())
        yield _grid((*_COLUMNS, "pointer"), rows)
    yield _REFUSALS
    yield _grid(_COLUMNS, map(_row, REFUSALS.values()))


_COLUMNS = ("code", "tiếng Việt", "English", "cách khắc phục", "remedy")


def _row(reason: Reason) -> tuple[str, ...]:
    texts = (reason.vi, reason.en, reason.remedy_vi, reason.remedy_en)
    return f"`{reason.code}`", *texts


def _grid(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


if __name__ == "__main__":
    PATH.write_text(reasons_document(), encoding="utf-8")
    print(PATH, file=sys.stderr)
