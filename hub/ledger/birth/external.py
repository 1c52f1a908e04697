"""What a birth that came without a line asked for."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from hub.ledger import tables
from hub.ledger.calendar import VN
from hub.ledger.evidence import Evidence
from hub.ledger.external import UNKNOWN, meaning, person_of
from hub.ledger.texts import KINSHIP, SPELLED_SEX

_DECADE = timedelta(days=3653)
_A_QUARTER = timedelta(days=92)
"""Longer than the time to register a birth."""


def reconstruct(
    evidence: Evidence,
    case: str,
    form: Mapping[str, Any],
    known: Mapping[str, Any],
    time: datetime,
) -> Iterator[dict[str, Any]]:
    """What only a birth's submission has."""
    yield {
        "child": _child(form, evidence.document(case), time),
        "mother": _parent(form, "me") or {**UNKNOWN, "born": "1900-01-01"},
        "father": _parent(form, "cha"),
        "household": _household(evidence, case, known["requester"]),
        "treatment_facility": evidence.row(case, tables.THE_BHYT).get("noi_kcb")
        or evidence.dossier(case, "social-insurance/card").get("noi_kcb"),
    }


def _child(form: Mapping[str, Any], document: Mapping[str, Any], time: datetime) -> dict[str, Any]:
    if form:
        born = datetime.strptime(f"{form['ngay_sinh']} {form['gio_sinh']}", "%Y%m%d %H:%M")
        moment = born.replace(tzinfo=VN)
    else:
        moment = time - _DECADE if document.get("reason") == "over_six" else time
        if "filed_late" in document:  # nobody else has had the case yet
            moment -= _A_QUARTER
    return {
        "name": form.get("ho_ten"),
        "sex": meaning(SPELLED_SEX, form.get("gioi_tinh"), "male"),
        "born": moment.isoformat(),
        "notice": form.get("so_gcs"),
        "facility": form.get("ma_co_so"),
    }


def _parent(form: Mapping[str, Any], role: str) -> dict[str, Any] | None:
    parent = person_of(form, role)
    if parent is not None:
        born = datetime.strptime(str(form.get(f"ngay_sinh_{role}")), "%Y%m%d")
        parent["born"] = date.isoformat(born.date())
    return parent


def _household(evidence: Evidence, case: str, requester: dict[str, Any]) -> dict[str, Any]:
    """A refused application without a question to the head is kept nowhere: its head is then
    taken for the requester, so that none was to be asked."""
    asked = evidence.dossier(case, "residence/register")
    row = evidence.row(case, tables.THUONG_TRU) or asked
    consent = asked.get("ket_qua") == "consent_needed"
    head = (person_of(asked, "chu_ho") if consent else None) or person_of(row, "chu_ho")
    return {
        "head": head or requester,
        "relation": meaning(KINSHIP, row.get("quan_he_chu_ho"), "other"),
        "address": row.get("dia_chi"),
        "commune": row.get("xa"),
        "consent_signed": not consent and row.get("dong_y") == "ct01",
    }
