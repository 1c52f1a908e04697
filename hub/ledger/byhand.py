"""Cases on which an officer acted by hand: what was done is known, what came of it is not followed.

An order stands in the submissions file before anything of it is sent. Each event of it must have
been accepted with just these bytes, and dvclt keeps who did it and why. The rest of such a case is
held against itself (`agreement`), and each decision of an agency against what chance or a rule
could decide of that request, at that moment.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

import orjson

from hub.ledger import tables
from hub.ledger.birth import drafts
from hub.ledger.calendar import iso
from hub.ledger.casecheck import digest
from hub.ledger.chain import Counted
from hub.ledger.draws import World
from hub.ledger.evidence import Evidence
from hub.ledger.judge import Judge, Row, Table
from hub.ledger.orders import Order
from hub.ledger.registers import ONE_WAY
from hub.ledger.rights import RECEIVERS
from hub.ledger.speech import cut
from hub.ledger.suspicion import ENTER
from hub.ledger.tables import LOG
from hub.ledger.texts import local

_BY_RULE = {
    "duplicate_of",
    "consent_declined",
    "consent_expired",
    "not_entitled",
    "no_double_benefit",
}
"""Why an agency refuses whatever chance says."""
_COUNTED = {
    tables.HO_SO: ("thu_tu", ("ma_don_vi", "ngay")),
    **dict.fromkeys(tables.OF_A_COMMUNE, ("so", ("xa", "nam"))),
    **dict.fromkeys(tables.TRO_CAP_MAI_TANG.values(), ("so", ("noi", "nam"))),
}
"""Where a row has its number, and what that counts within."""


def check_orders(judge: Judge, evidence: Evidence, orders: Sequence[Order]) -> None:
    """Hold the log and dvclt's record of one case against the orders about it."""
    for order in orders:
        for event in order.events:
            _check_event(judge, evidence, order.case, event)
    case = orders[0].case
    kept = evidence.document(case).get("actions", [])
    taken = [
        _kept(order.action, order.events[0]["time"])
        for order in orders
        if order.action is not None and _accepted(evidence, case, order.events[0])
    ]
    taken.sort(key=lambda one: str(one["at"]))
    if kept != taken:
        table = tables.subjects_table("dvclt")
        judge.mismatched(case, table, case, "state.actions", taken, kept)


def _kept(action: Mapping[str, Any], at: str) -> dict[str, Any]:
    return {"at": at, **{name: action[name] for name in ("action", "service", "by", "why")}}


def _accepted(evidence: Evidence, case: str, event: Mapping[str, Any]) -> bool:
    return f"{event['system']}:{event['id']}" in evidence.entries(case)


def _check_event(judge: Judge, evidence: Evidence, case: str, event: Mapping[str, Any]) -> None:
    token = f"{event['system']}:{event['id']}"
    entry = evidence.entries(case).get(token)
    if entry is None:
        judge.lost(case, LOG, token, f"{event['name']} by an officer")
        return
    rights = RECEIVERS[event["name"]]
    told = {who: digest(cut(event["payload"], fields)) for who, fields in rights.items()}
    for column, expected, found in (
        ("type", event["name"], entry.name),
        ("time", event["time"], entry.time),
        ("causationid", event["causationid"], entry.causation),
        ("payload", digest(orjson.dumps(event["payload"])), entry.hash),
        ("receivers", told, entry.receivers),
    ):
        if expected != found:
            judge.mismatched(case, LOG, token, column, expected, found)


def check_decisions(
    judge: Judge, evidence: Evidence, world: World, case: str, suspected: int | None
) -> None:
    """Hold each dossier of a case against what could be decided of its request, and when;
    `suspected` is the attempt at which civil status had to ask whether the child is another one."""
    settled = _settled(evidence, case) if world.drafts else set()
    for system, dossiers in evidence.dossiers.items():
        for row in dossiers.of(case):
            if f"{system}/{row[2]}" in drafts.AFTER and local(row[4]) not in settled:
                expected = sorted(map(iso, settled))
                judge.mismatched(case, dossiers.table, row[0], "received", expected, row[4])
            asks = row[3] == suspected and f"{system}/{row[2]}" == ENTER
            _check_decision(judge, dossiers.table, world, system, row, asks)


def _settled(evidence: Evidence, case: str) -> set[datetime]:
    """When a certificate may have been asked for of which a draft had gone out: with the answer,
    after a day, or with the number once more, which an officer brought about."""
    said = [(entry.name, local(entry.time)) for entry in evidence.entries(case).values()]
    numbers = sorted(at for name, at in said if name == "personal-id.issued")
    answers = {at for name, at in said if name == drafts.ANSWERED}
    lapsed = {drafts.expires(at) for name, at in said if name == drafts.DRAFTED}
    return {*numbers[1:], *answers, *lapsed}


def _check_decision(
    judge: Judge, table: Table, world: World, system: str, row: Row, asks: bool
) -> None:
    key, case, step, attempt, received, decided, result, reason = row[:8]
    if step in ONE_WAY:
        if received != decided:
            judge.mismatched(case, table, key, "decided", received, decided)
        return
    if (name := f"{system}/{step}") not in world.steps:
        judge.mismatched(case, table, key, "step", [*world.steps], name)
        return
    draw = world.draw(case, name, attempt)
    asked = local(received)
    expected = iso(asked if result == "silent" else draw.after(asked))
    if decided != expected:
        judge.mismatched(case, table, key, "decided", expected, decided)
    drawn = (draw.result, draw.reason if draw.refused else None)
    if name == drafts.CERTIFY and world.drafts and drawn[0] == "done":
        drawn = ("draft", None)
    if asks:
        drawn = ("supplement", None)
    if (result, reason) != drawn and (asks or not _by_rule(result, reason, attempt, name)):
        judge.mismatched(case, table, key, "result", drawn, (result, reason))


def _by_rule(result: str, reason: str | None, attempt: int, step: str) -> bool:
    """Whether a rule beats chance: what is done already stays so, cash can't come back, a head who
    has not signed is asked."""
    if result == "refused":
        return reason in _BY_RULE
    if result == "done":
        return attempt > 1 or step == "payout/pay"
    if result == "failed":  # the agency could not decide, which is why the officer acted
        return True
    return result == "consent_needed" and step == "residence/register"


def counted_rows(evidence: Evidence, cases: Sequence[str]) -> Iterator[tuple[str, Counted]]:
    """The numbers that agencies gave to cases, as their rows have them."""
    for case in cases:
        for table, (column, within) in _COUNTED.items():
            row = evidence.row(case, table)
            if row:
                # a dossier that was handed over keeps the code and the number it was begun with
                began = {"ma_don_vi": str(row.get("ma_ho_so")).rsplit("-", 2)[0]}
                values = tuple(began.get(name, row[name]) for name in within)
                yield case, Counted(table, column, values, row[column])
