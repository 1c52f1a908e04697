"""A natural key goes before chance: what was decided for it stands, whoever asks again.

For the same case that is success with the same result (*đã tồn tại*); for another case it is a
duplicate, and refused.
"""

from datetime import datetime
from typing import Any

from connectors.agencies.codes import Dialect
from connectors.runtime.agency import Request
from simulators.agencies.incomplete import incomplete
from simulators.agencies.register import Chance, Verdict
from simulators.agencies.tables import Table


def settled(
    table: Table,
    request: Request,
    decided: datetime,
    chance: Chance,
    dialect: Dialect,
    by: str | None = None,
) -> Verdict | None:
    """The verdict that enters nothing: known already, papers missing, or refused.

    None where the request is granted and its row is to be made. `by` as for `incomplete`.
    """
    key = _key(table, request)
    known = table.get(key[table.key])
    if known is not None:
        if known["ma_lien_thong"] == request.subject:
            return Verdict(result="done", record=known)
        return refused(key, "duplicate_of")
    if chance.missing:
        return incomplete(key, chance.missing, decided, dialect, by)
    return None if chance.refusal is None else refused(key, chance.refusal)


def refused(key: dict[str, Any], reason: str) -> Verdict:
    """The refusal of what this natural key asked for."""
    return Verdict(result="refused", record={**key, "ly_do": reason}, reason=reason)


def note(table: Table, request: Request) -> Verdict:
    """Note what another agency registered: one row a natural key, filled in as news arrive."""
    key = _key(table, request)
    known = table.get(key[table.key])
    if known is None:
        empty = dict.fromkeys(table.columns)
        table.insert({**empty, **request.record, "ma_lien_thong": request.subject})
    elif known["ma_lien_thong"] != request.subject:
        return Verdict(result="refused", record=key, reason="duplicate_of")
    else:
        table.update(key[table.key], request.record)
    return Verdict(result="done", record=key)


def _key(table: Table, request: Request) -> dict[str, Any]:
    return {table.key: request.record[table.key]}
