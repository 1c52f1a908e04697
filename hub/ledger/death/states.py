"""What every system must remember of a death that has ended, in its own format."""

from collections.abc import Callable, Iterable, Iterator

from hub.ledger.chain import State
from hub.ledger.course import Decided
from hub.ledger.death.case import DeathCase
from hub.ledger.death.model import CLOSED, DECIDERS
from hub.ledger.death.payments import STYLES, decision, payment_fields
from hub.ledger.death.records import entry, removed
from hub.ledger.rights import DECIDERS as SYSTEMS
from hub.ledger.states import (
    civil_status,
    entry_in_events,
    of_register,
    one_stop,
    residence_notice,
)
from hub.ledger.texts import compact_day, to_the_second

DONE = {
    "death": "returned",
    "residence_removal": "removed",
    "insurance_allowance": "paid",
    "social_allowance": "paid",
}


def results(case: DeathCase) -> State:
    """What dvclt learned."""
    found: State = {}
    if case.decided("civil-status/enter_death"):
        found["death_entry"] = entry_in_events(case)
    if case.decided("residence/remove"):
        found["removal"] = case.ct08
    found |= _highest("allowance", _grants(case), "decider")
    found |= _highest("paid", _payments(case), "paid")
    return found


def _grants(case: DeathCase) -> Iterator[State]:
    for said in case.said("funeral-allowance.granted"):
        decider, grant = said.told["decider"], said.told["grant"]
        about = {"decider": decider, "group": grant.group, "vnd": grant.vnd}
        yield {**about, "decision": case.decision(decider)}


def _payments(case: DeathCase) -> Iterator[State]:
    for said in case.said("payout.made"):
        if grant := case.granted(said.told["decider"]):
            method, paid = said.told["payout"]["method"], to_the_second(said.time)
            yield {"vnd": grant.vnd, "method": method, "paid": paid}


def _highest(name: str, found: Iterable[State], or_else: str) -> State:
    """Of two, which only the law's change can bring about, the higher one."""
    highest = max(found, key=lambda one: (one["vnd"], one[or_else]), default=None)
    return {name: highest} if highest else {}


def papers(case: DeathCase) -> State:
    """What the citizen's store holds."""
    found = residence_notice(removed(case), "ngay_xoa")
    paper = entry(case)
    if paper is not None:
        who, uri, hashed = case.deceased["personal_id"], paper["trich_luc"], paper["sha256"]
        found["trichLucKhaiTu"] = of_register(case, who, uri, hashed)
    for said in case.said("funeral-allowance.granted"):
        row = decision(said.told["decider"])(case) or {}
        found["quyetDinh"] = {
            "so": row["so_quyet_dinh"],
            "soTien": row["so_tien"],
            "ngay": compact_day(said.time),
            "uri": row["quyet_dinh"],
            "sha256": row["sha256"],
        }
    return found


def _civil_status(case: DeathCase) -> State | None:
    return civil_status(case, {"soDinhDanh": case.deceased["personal_id"]})


def _heard(case: DeathCase) -> State | None:
    """What everybody who was told of the death knows."""
    if not case.decided("civil-status/enter_death"):
        return None
    return {"soDinhDanh": case.deceased["personal_id"], "daMat": True}


def _residence(case: DeathCase) -> State | None:
    known, asked = _heard(case), case.attempts("residence/remove")
    if known is None or not asked:
        return known
    form = {"done": "CT08", "refused": "CT06"}.get(case.course.ends["residence_removal"].kind)
    return {**known, "trangThai": form or "CT05", "lan": asked}


def _vneid(case: DeathCase) -> State | None:
    known = _heard(case)
    return known and {"soDinhDanh": known["soDinhDanh"], "khoa": True}


def _decider(decider: str) -> Callable[[DeathCase], State | None]:
    service = next(name for name, system in DECIDERS.items() if system == decider)

    def state(case: DeathCase) -> State | None:
        known, asked = _heard(case), case.attempts(f"{decider}/allowance")
        if known is None or not asked:
            return known
        grant, end = case.granted(decider), case.course.ends[service]
        last = case.said("funeral-allowance.requested", decider)[-1]
        reason = end.reason if end.kind == "refused" else None
        status = {"done": "DA_CHI", "refused": "TU_CHOI", "uncollected": "LOI_CHI"}.get(end.kind)
        return {
            **known,
            "trangThai": status or "BO_SUNG",
            "lan": asked,
            "nhan": payment_fields(case, last.told["payout"]),
            "soQuyetDinh": case.decision(decider) if grant else None,
            "ngayQuyetDinh": STYLES[decider].day(case.decided_on(decider)) if grant else None,
            "soTien": grant and grant.vnd,
            "nhom": grant and grant.group,
            "lyDo": CLOSED if end.kind == "uncollected" else reason,
            "lanChi": len(case.said("payout.requested", decider)),
        }

    return state


def _payout(case: DeathCase) -> State | None:
    files = [one for one in case.course.files if one.step == "payout/pay"]
    if not files:
        return None
    last: Decided = files[-1]
    decider = case.payout_request(last).told["decider"]
    return {
        "soQuyetDinh": case.decision(decider),
        "ngayQuyetDinh": compact_day(case.decided_on(decider)),
        "noiRa": decider,
        "trangThai": "DA_CHI" if last.result == "done" else "LOI",
        "lan": len(files),
    }


AGENCIES: dict[str, Callable[[DeathCase], State | None]] = {
    "one-stop": one_stop,
    "civil-status": _civil_status,
    "population": _heard,
    "residence": _residence,
    "vneid": _vneid,
    **{decider: _decider(decider) for decider in SYSTEMS},
    "payout": _payout,
}
