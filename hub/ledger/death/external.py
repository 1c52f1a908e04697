"""What a death that came without a line may have asked for."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from hub.ledger import tables
from hub.ledger.calendar import VN
from hub.ledger.death.model import DECIDERS
from hub.ledger.death.places import RESIDENCE
from hub.ledger.evidence import Evidence, part
from hub.ledger.external import UNKNOWN, meaning, person_of
from hub.ledger.texts import PAYEE, PAYMENT, SPELLED_SEX

_KINDS = ("social_protection", "veterans", "merit")
"""One social group for each deadline, the shortest first: what was ticked and not granted is kept
nowhere."""


def reconstruct(
    evidence: Evidence,
    case: str,
    form: Mapping[str, Any],
    known: Mapping[str, Any],
    time: datetime,
) -> Iterator[dict[str, Any]]:
    """What only a death's submission has, for each of the groups that it may have ticked."""
    document = evidence.document(case)
    payee, payout = _payment(evidence, case)
    if document.get("reason") == "allowance_incomplete":
        payee = payout = None
    removed = evidence.row(case, tables.XOA_THUONG_TRU)
    for groups in _groups(evidence, case, document):
        yield {
            "deceased": _deceased(form, case, time),
            "notice": {
                "number": form.get("so_gbt"),
                "facility": form.get("ma_co_so"),
                "place": form.get("noi_mat"),
                "cause": form.get("nguyen_nhan"),
            },
            "address": removed.get("dia_chi"),
            "groups": groups,
            "payee": payee,
            "payout": payout,
            **_places(document, removed),
        }


def _places(document: Mapping[str, Any], removed: Mapping[str, Any]) -> dict[str, Any]:
    """The places that the case named beside its own; the address stands with the police alone."""
    named = {name: dict(place) for name, place in part(document, "places").items()}
    if RESIDENCE in named:
        named[RESIDENCE]["address"] = removed.get("dia_chi")
    return named


def _deceased(form: Mapping[str, Any], case: str, time: datetime) -> dict[str, Any]:
    """Of a case that was refused at intake nobody keeps who died."""
    if not form:
        day = time.date().isoformat()
        return {"personal_id": case, "name": "", "sex": "male", "born": day, "died": day}
    died = datetime.strptime(f"{form['ngay_mat']} {form['gio_mat']}", "%Y%m%d %H:%M")
    return {
        "personal_id": form.get("so_dinh_danh"),
        "name": form.get("ho_ten"),
        "sex": meaning(SPELLED_SEX, form.get("gioi_tinh"), "male"),
        "born": datetime.strptime(str(form["ngay_sinh"]), "%Y%m%d").date().isoformat(),
        "died": died.replace(tzinfo=VN).isoformat(),
    }


def _groups(
    evidence: Evidence, case: str, document: Mapping[str, Any]
) -> Iterator[tuple[str, ...]]:
    asked = part(document, "services")
    insured = ("insurance",) if "insurance_allowance" in asked else ()
    if document.get("reason") == "groups_exclude":
        yield (*insured, "social_protection", "emergency")
        return
    if "social_allowance" not in asked:
        yield insured
        return
    granted = evidence.row(case, tables.TRO_CAP_MAI_TANG["social-protection"]).get("nhom")
    if granted:
        yield (*insured, str(granted))
    for kind in _KINDS[1:] if granted else _KINDS:
        yield (*insured, str(granted), kind) if granted else (*insured, kind)


def _payment(evidence: Evidence, case: str) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
    """The payee, and how the payment was first asked for: who was to pay it again may know no more
    of an account that was closed."""
    named = [part(evidence.document(case, decider), "nhan") for decider in DECIDERS.values()]
    asked = [one for one in named if one]
    last = next(iter(asked), {})
    payee = person_of(last, "nhan") or dict(UNKNOWN)
    payee["relation"] = meaning(PAYEE, last.get("quan_he_nhan"), "other")
    method = meaning(PAYMENT, last.get("hinh_thuc"), "cash")
    known = next((one for one in asked if one.get("so_tai_khoan")), last)
    if known is not last or evidence.attempt(case, "payout/pay", 1).get("ket_qua") == "refused":
        method = "account"
    account = {"bank": known.get("ngan_hang"), "number": known.get("so_tai_khoan")}
    return payee, {"method": method, "account": account if method == "account" else None}
