"""The draft of a certificate, in runs whose world has requesters check one: who says what of it,
and who remembers what."""

from datetime import datetime, timedelta
from typing import Any

from hub.ledger.birth.case import BirthCase
from hub.ledger.birth.records import entered
from hub.ledger.course import Decided, Said
from hub.ledger.fields import Record
from hub.ledger.states import entry_in_events
from hub.ledger.texts import compact_time, dotted_day, seconds, slashed_time, to_the_second

CHECKED_WITHIN = timedelta(hours=24)
CERTIFY = "civil-status/certify"
ISSUE, MEND = AFTER = ("civil-status/issue", "civil-status/mend")
"""What civil status is asked for once a draft of what it was asked for first is settled."""
DRAFTED, ANSWERED = "certificate.drafted", "certificate.draft.answered"
REMARKS = {
    "que_quan": "Bản điện tử ghi thiếu tên xã trong quê quán của trẻ.",
    "dan_toc": "Bản điện tử ghi sai dân tộc của người mẹ so với tờ khai.",
}
"""What a requester finds wrong, by the world's reasons."""
_RESULTS = {"done": "dong_y", "refused": "sua", "silent": "het_han"}


def expires(drafted: datetime) -> datetime:
    """Until when the requester of a draft may answer."""
    return drafted.replace(microsecond=0) + CHECKED_WITHIN


def _question(case: BirthCase) -> Said | None:
    return next((said for said in case.course.events if said.name == DRAFTED), None)


def _answer(case: BirthCase) -> Decided | None:
    return case.course.dossiers.get("portal/certificate")


def drafted(case: BirthCase, said: Said) -> dict[str, Any]:
    """What the requester is to check."""
    child, payload = case.payload["child"], case.payload
    born = to_the_second(case.born.replace(second=0))
    known = {"name": child["name"], "sex": child["sex"], "born": born}
    people = {
        role: payload[role] and {name: payload[role][name] for name in ("name", "personal_id")}
        for role in ("mother", "father")
    }
    return {
        "child": {**known, "personal_id": case.codes.person},
        **people,
        "entry": entry_in_events(case),
        "expires": to_the_second(said.told["expires"]),
    }


def answered(case: BirthCase, said: Said) -> dict[str, Any]:
    """What the requester says."""
    wrong = said.told["wrong"]
    return {"answer": "correction" if wrong else "agreed", "note": wrong and REMARKS[wrong]}


def draft(case: BirthCase, request: Decided) -> Record:
    """What civil status has of a draft."""
    last = expires(request.time)
    rest = {"ngay_het_han": dotted_day(last), "gio_het_han": seconds(last)}
    return {**(entered(case) or {}), "so_dinh_danh": case.codes.person, **rest}


def remark(request: Decided) -> Record:
    """What the portal has of the answer."""
    wrong = request.reason
    return {
        "lan": request.attempt,
        "dong_y": int(wrong is None),
        "y_kien": wrong and REMARKS[wrong],
    }


def kept(case: BirthCase) -> dict[str, Any]:
    """What civil status remembers of a draft."""
    said, answer = _question(case), _answer(case)
    if said is None or answer is None:
        return {}
    return {
        "duThao": {
            "soDinhDanh": case.codes.person,
            "han": slashed_time(said.told["expires"]),
            "ketQua": _RESULTS[answer.result],
            "yeuCau": answer.reason and REMARKS[answer.reason],
            "traLoi": int(answer.result != "silent"),
        }
    }


def shown(case: BirthCase) -> dict[str, Any]:
    """What the portal shows of a draft."""
    said, answer = _question(case), _answer(case)
    if said is None or answer is None:
        return {}
    silent = answer.result == "silent"
    return {
        "duThao": {
            "lan": answer.attempt,
            "han": compact_time(said.told["expires"]),
            "ngayGui": None if silent else compact_time(answer.time),
            "dongY": None if silent else answer.result == "done",
        }
    }
