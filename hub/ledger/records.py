"""What agencies write of a case of any chain: the one-stop's dossier, and what is missing."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from hashlib import sha256
from typing import Any, TypeVar

from hub.ledger import tables
from hub.ledger.calendar import deadline
from hub.ledger.case import Case
from hub.ledger.course import Decided
from hub.ledger.fields import Record
from hub.ledger.texts import compact_day, seconds, slashed_time

RETURNED, REFUSED, IN_PROCESS = 10, 3, 4
SUPPLEMENT_DAYS = 7

_Case = TypeVar("_Case", bound=Case)


def forms(case: Case, request: Decided, form: Mapping[str, Any]) -> Record:
    """The one-stop's dossier as it was answered: new, or asked for again with its new date."""
    payload, at, place = case.payload, case.received, case.place(request.request.time)
    row = {
        "ma_ho_so": case.codes.dossier,
        "ma_lien_thong": case.code,
        "ma_don_vi": case.agency(request.request.time),
        "ngay": compact_day(at),
        "thu_tu": case.codes.dossier and int(case.codes.dossier.rpartition("-")[2]),
        "ma_tthc": payload["procedure"],
        "ma_tinh": place.province,
        "ma_xa": place.commune,
        "ngay_nop": slashed_time(case.course.submission.time),
        "ngay_tiep_nhan": slashed_time(at),
        "han_tra": slashed_time(due_of(request)),
        **form,
        "trang_thai": IN_PROCESS,
    }
    return row if request.attempt == 1 else dict.fromkeys(tables.HO_SO.columns) | row


def due_of(request: Decided) -> datetime:
    """Until when dvclt asked for something."""
    assert request.due is not None, "dvclt asks for everything with a date"
    return request.due


def dossier(
    case: _Case, received: Callable[[_Case, Decided], Record], returned: Callable[[], Record]
) -> Record | None:
    """The one-stop's dossier when the case is over; `returned`: what it hands to the citizen."""
    request = case.course.dossiers.get("one-stop/receive")
    if request is None:
        return None
    row = {**received(case, request), "ma_don_vi": case.agency(case.handled)}
    first = case.course.ends[case.course.services[0]]
    if first.kind == "refused":
        refused = {"trang_thai": REFUSED, "ly_do": first.reason}
        return {**row, **refused, "ngay_tra": slashed_time(case.time("one-stop/close"))}
    if not first.done:
        return row  # the citizen's silence or withdrawal is not told to the one-stop
    number, book, page = case.entry
    return {
        **row,
        "trang_thai": RETURNED,
        "so_dang_ky": number,
        "quyen_so": book,
        "trang_so": page,
        "ngay_dang_ky": slashed_time(case.entered),
        **returned(),
        "ngay_tra": slashed_time(case.time("one-stop/return")),
    }


def closed(case: Case) -> Record:
    """What the one-stop answers when a dossier is over."""
    first = case.course.ends[case.course.services[0]]
    status = RETURNED if first.done else REFUSED
    return {
        "ma_ho_so": case.codes.dossier,
        "ma_don_vi": case.agency(case.handled),
        "trang_thai": status,
    }


def incomplete(request: Decided, key: Record, day: Callable[[date], str]) -> Record:
    """What an agency answers when a supplement is to be asked for."""
    due = deadline(request.time, SUPPLEMENT_DAYS, request.system)
    rest = {"thieu": request.missing, "han_bo_sung": day(due), "gio_han": seconds(due)}
    return {**key, **rest}


def supplied(case: Case, request: Decided) -> Record:
    """What the citizen sends."""
    service = request.step.partition("/")[2]
    paper = f"doc:supplement/{case.code}/{service}-{request.attempt}"
    digest = sha256(paper.encode()).hexdigest()
    return {"dich_vu": service, "lan": request.attempt, "giay_to": paper, "sha256": digest}
