"""Cases that came without a line in the submissions file: what they asked for, from the stores.

The submission itself is kept nowhere. What registers and stores say of the case is put together to
one, so that they can be held against each other and against the model as for any other case.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from hub.ledger import tables
from hub.ledger.calendar import VN
from hub.ledger.course import Submission, Withdrawal
from hub.ledger.evidence import Evidence
from hub.ledger.hublog import Entry
from hub.ledger.texts import KINSHIP, SPELLED_SEX, local

_SEXES = {code: sex for sex, code in SPELLED_SEX.items()}
_RELATIONS = {code: relation for relation, code in KINSHIP.items()}
_UNKNOWN = {"name": "", "personal_id": ""}
_DECADE = timedelta(days=3653)


def reconstruct(evidence: Evidence, submitted: Entry) -> Submission:
    """The submission that a case's traces come from."""
    case = submitted.subject
    time = _to_the_millisecond(local(submitted.time))
    document = evidence.document(case)
    counted = evidence.document(case, "monitoring")
    form = evidence.row(case, tables.HO_SO) or evidence.dossier(case, "one-stop/receive")
    requester = _person(form, "nyc") or _UNKNOWN
    payload = {
        "procedure": document.get("procedure"),
        "services": counted.get("dichVu") or list(document.get("services", ())),
        "province": counted.get("tinh") or document.get("province"),
        "commune": document.get("commune"),
        "requester": requester,
        "child": _child(form, document, time),
        "mother": _parent(form, "me") or {**_UNKNOWN, "born": "1900-01-01"},
        "father": _parent(form, "cha"),
        "household": _household(evidence, case, requester),
        "treatment_facility": evidence.row(case, tables.THE_BHYT).get("noi_kcb")
        or evidence.dossier(case, "social-insurance/card").get("noi_kcb"),
    }
    return Submission(case, submitted.id, time, payload, _withdrawal(evidence, case))


def _withdrawal(evidence: Evidence, case: str) -> Withdrawal | None:
    """The first withdrawal that dvclt did not keep for an officer."""
    document = evidence.document(case)
    parked = {kept.get("id") for kept in document.get("parked", ()) if isinstance(kept, dict)}
    said = [
        entry
        for entry in evidence.entries(case).values()
        if entry.name == "case.withdrawal.requested" and entry.id not in parked
    ]
    if not said:
        return None
    first = min(said, key=lambda entry: entry.offset)
    return Withdrawal(first.id, _to_the_millisecond(local(first.time)), None)


def _to_the_millisecond(time: datetime) -> datetime:
    return time.replace(microsecond=time.microsecond // 1000 * 1000)


def _child(form: Mapping[str, Any], document: Mapping[str, Any], time: datetime) -> dict[str, Any]:
    if form:
        born = datetime.strptime(f"{form['ngay_sinh']} {form['gio_sinh']}", "%Y%m%d %H:%M")
        moment = born.replace(tzinfo=VN)
    else:
        moment = time - _DECADE if document.get("reason") == "over_six" else time
    return {
        "name": form.get("ho_ten"),
        "sex": _SEXES.get(str(form.get("gioi_tinh")), "male"),
        "born": moment.isoformat(),
        "notice": form.get("so_gcs"),
        "facility": form.get("ma_co_so"),
    }


def _person(row: Mapping[str, Any], role: str) -> dict[str, Any] | None:
    name = row.get(f"ho_ten_{role}")
    return name and {"name": name, "personal_id": row.get(f"so_dinh_danh_{role}")}


def _parent(form: Mapping[str, Any], role: str) -> dict[str, Any] | None:
    parent = _person(form, role)
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
    head = (_person(asked, "chu_ho") if consent else None) or _person(row, "chu_ho") or requester
    return {
        "head": head,
        "relation": _RELATIONS.get(str(row.get("quan_he_chu_ho")), "other"),
        "address": row.get("dia_chi"),
        "commune": row.get("xa"),
        "consent_signed": not consent and row.get("dong_y") == "ct01",
    }
