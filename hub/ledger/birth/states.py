"""What every system must remember of a birth that has ended, in its own format."""

from collections.abc import Callable

from hub.ledger.birth import drafts
from hub.ledger.birth.case import BirthCase, last_card_day, last_identity_card_day
from hub.ledger.birth.records import entry, identified, insured, resident
from hub.ledger.chain import State
from hub.ledger.states import (
    civil_status,
    entry_in_events,
    of_register,
    one_stop,
    residence_notice,
)
from hub.ledger.texts import compact_day

DONE = {
    "birth": "returned",
    "residence": "registered",
    **dict.fromkeys(("health_card", "identity_card"), "issued"),
}


def results(case: BirthCase) -> State:
    results: State = {}
    if case.certified:
        results["personal_id"] = case.codes.person
        results["entry"] = entry_in_events(case)
    if case.residence_step is not None:
        results["residence"] = case.ct08
    if case.decided("social-insurance/card"):
        results["card"] = case.card
    if case.decided("population/identity_card"):
        until = last_identity_card_day(case.born.date()).isoformat()
        results["identity_card"] = {"number": case.codes.person, "until": until}
    return results


def papers(case: BirthCase) -> State:
    """What the citizen's store holds."""
    state = residence_notice(resident(case), "ngay_dang_ky")
    paper = entry(case)
    if paper is not None and paper.get("sha256"):
        uri, hashed = paper["giay_khai_sinh"], paper["sha256"]
        state["giayKhaiSinh"] = of_register(case, case.codes.person, uri, hashed)
    card = insured(case)
    if card is not None:
        state["theBHYT"] = {
            "maThe": case.card,
            "tuNgay": compact_day(case.born),
            "denNgay": compact_day(last_card_day(case.born.date())),
            "uri": card["the_dien_tu"],
            "sha256": card["sha256"],
        }
    identity = identified(case)
    if identity is not None:
        state["theCanCuoc"] = {
            "soThe": identity["so_the"],
            "tuNgay": identity["ngay_cap"],
            "denNgay": identity["den_ngay"],
            "uri": identity["the_can_cuoc"],
            "sha256": identity["sha256"],
        }
    return state


def _civil_status(case: BirthCase) -> State | None:
    return civil_status(case, {"soGcs": case.payload["child"]["notice"], **drafts.kept(case)})


def _population(case: BirthCase) -> State | None:
    if not case.decided("population/allocate"):
        return None
    state = {"soGcs": case.payload["child"]["notice"], "soDinhDanh": case.codes.person}
    asked = case.attempts("population/identity_card")
    if not asked:
        return state
    end = case.course.ends["identity_card"]
    return {
        **state,
        "soThe": case.codes.person if end.done else None,
        "lyDo": end.reason if end.kind == "refused" else None,
        "lan": asked,
    }


def _residence(case: BirthCase) -> State | None:
    asked = case.attempts("residence/register")
    if not asked:
        return None
    form = {"done": "CT08", "refused": "CT06"}.get(case.course.ends["residence"].kind, "CT05")
    state = {"soDinhDanh": case.codes.person, "trangThai": form, "lan": asked}
    head = case.course.dossiers.get("vneid/consent")
    return state if head is None else {**state, "traLoi": int(head.result != "silent")}


def _vneid(case: BirthCase) -> State | None:
    answer = case.course.dossiers.get("vneid/consent")
    if answer is None:
        return None
    head = case.payload["household"]["head"]["personal_id"]
    agreed = None if answer.result == "silent" else answer.result == "done"
    return {"soDinhDanh": head, "dongY": agreed}


def _social_insurance(case: BirthCase) -> State | None:
    asked = case.attempts("social-insurance/card")
    if not asked:
        return None
    end = case.course.ends["health_card"]
    return {
        "soDinhDanh": case.codes.person,
        "maThe": case.card if end.done else None,
        "lyDo": end.reason if end.kind == "refused" else None,
        "lan": asked,
    }


AGENCIES: dict[str, Callable[[BirthCase], State | None]] = {
    "one-stop": one_stop,
    "civil-status": _civil_status,
    "population": _population,
    "residence": _residence,
    "vneid": _vneid,
    "social-insurance": _social_insurance,
}
