"""The codes that agencies gave to a death: what most places say, and their count."""

from collections.abc import Iterator
from typing import Any

from hub.ledger import tables
from hub.ledger.chain import Counted, Formed
from hub.ledger.codes import Codes, most
from hub.ledger.death.case import DeathCase
from hub.ledger.evidence import Evidence, number_in, part, whole
from hub.ledger.rights import DECIDERS


def codes(evidence: Evidence, case: str) -> Codes:
    """What most of register, dossier and case store say."""
    found = evidence.common_codes(
        case, tables.SO_KHAI_TU, "civil-status/enter_death", "death_entry"
    )
    results = part(evidence.document(case), "results")
    found.residence = most(
        (
            whole(evidence.row(case, tables.XOA_THUONG_TRU).get("so")),
            whole(evidence.dossier(case, "residence/remove").get("so")),
            number_in(results.get("removal")),
        )
    )
    numbers = {decider: _decision(evidence, case, decider) for decider in DECIDERS}
    found.decisions = {decider: number for decider, number in numbers.items() if number}
    return found


def _decision(evidence: Evidence, case: str, decider: str) -> Any:
    said = part(part(evidence.document(case), "results"), "allowance")
    return most(
        (
            whole(evidence.row(case, tables.TRO_CAP_MAI_TANG[decider]).get("so")),
            whole(evidence.dossier(case, f"{decider}/allowance").get("so")),
            number_in(evidence.document(case, decider).get("soQuyetDinh")),
            number_in(said.get("decision")) if said.get("decider") == decider else None,
        )
    )


def counted(case: DeathCase) -> Iterator[Counted]:
    """Numbers that count from 1 without a gap."""
    if isinstance(case.codes.number, int):
        within = (case.commune("one-stop/receive"), case.entered.year)
        yield Counted(tables.SO_KHAI_TU, "so", within, case.codes.number)
    if isinstance(case.codes.residence, int):
        step = "residence/remove"
        within = (case.commune(step), case.day(step).year)
        yield Counted(tables.XOA_THUONG_TRU, "so", within, case.codes.residence)
    for decider, number in case.codes.decisions.items():
        within = (case.office(decider)[1], case.decided_on(decider).year)
        yield Counted(tables.TRO_CAP_MAI_TANG[decider], "so", within, number)


def formed(case: DeathCase) -> Iterator[Formed]:
    """None: whoever died has a number already, and the rest are counted."""
    return iter(())
