"""What each agency writes of a case, in its own fields, codes and formats.

Every function gives a row of a natural table or a record of a dossier, None where there is none.
"""

from collections.abc import Callable
from datetime import datetime
from hashlib import sha256

from hub.ledger import tables
from hub.ledger.calendar import deadline
from hub.ledger.case import CERTIFICATE, URN, Case, last_card_day
from hub.ledger.course import Decided
from hub.ledger.fields import (
    Record,
    child_fields,
    declaration_fields,
    once,
    paper_hash,
    person_fields,
)
from hub.ledger.texts import (
    CIVIL_SEX,
    KINSHIP,
    NUMBERED_SEX,
    SPELLED_SEX,
    compact_day,
    dotted_day,
    minutes,
    seconds,
    slashed_time,
)

RETURNED, REFUSED, IN_PROCESS = 10, 3, 4
SUPPLEMENT_DAYS = 7


# --- one-stop ----------------------------------------------------------------------------------


def received(case: Case, request: Decided) -> Record:
    """The dossier as it was answered: new, or asked for again with its new date."""
    payload, at = case.payload, case.received
    row = {
        "ma_ho_so": case.codes.dossier,
        "ma_lien_thong": case.code,
        "loai": "LTKS",
        "ma_don_vi": case.codes.agency,
        "ngay": compact_day(at),
        "thu_tu": case.codes.dossier and int(case.codes.dossier.rpartition("-")[2]),
        "ma_tthc": payload["procedure"],
        "ma_tinh": payload["province"],
        "ma_xa": payload["commune"],
        "ngay_nop": slashed_time(case.course.submission.time),
        "ngay_tiep_nhan": slashed_time(at),
        "han_tra": slashed_time(_due(request)),
        **declaration_fields(case, SPELLED_SEX, compact_day),
        "trang_thai": IN_PROCESS,
    }
    return row if request.attempt == 1 else dict.fromkeys(tables.HO_SO.columns) | row


def _due(request: Decided) -> datetime:
    assert request.due is not None, "dvclt asks for everything with a date"
    return request.due


def dossier(case: Case) -> Record | None:
    """A dossier when the case is over."""
    request = case.course.dossiers.get("one-stop/receive")
    if request is None:
        return None
    row = received(case, request)
    birth = case.course.ends["birth"]
    if birth.kind == "refused":
        refused = {"trang_thai": REFUSED, "ly_do": birth.reason}
        return {**row, **refused, "ngay_tra": slashed_time(case.time("one-stop/close"))}
    if not birth.done:
        return row  # the citizen's silence or withdrawal is not told to the one-stop
    paper = entry(case) or {}
    number, book, page = case.entry
    return {
        **row,
        "trang_thai": RETURNED,
        "so_dinh_danh": case.codes.person,
        "so_dang_ky": number,
        "quyen_so": book,
        "trang_so": page,
        "ngay_dang_ky": slashed_time(case.time("civil-status/enter")),
        "giay_khai_sinh": paper["giay_khai_sinh"],
        "sha256": paper["sha256"],
        "ngay_tra": slashed_time(case.time("one-stop/return")),
    }


def closed(status: int) -> Callable[[Case], Record]:
    def record(case: Case) -> Record:
        codes = case.codes
        return {"ma_ho_so": codes.dossier, "ma_don_vi": codes.agency, "trang_thai": status}

    return record


# --- civil status ------------------------------------------------------------------------------


@once
def entered(case: Case) -> Record | None:
    """A new entry in the register of births."""
    at = case.decided("civil-status/enter")
    if at is None:
        return None
    _, book, page = case.entry
    return {
        "so": case.codes.number,
        "nam": at.year,
        "quyen": book,
        "trang": page,
        "xa": case.payload["commune"],
        "ngay_dang_ky": dotted_day(at),
        "gio_dang_ky": seconds(at),
        **declaration_fields(case, CIVIL_SEX, dotted_day),
        "ma_don_vi": case.codes.agency,
        "ma_ho_so": case.codes.dossier,
        "ma_lien_thong": case.code,
    }


@once
def entry(case: Case) -> Record | None:
    """The entry with the number and the certificate."""
    row = entered(case)
    at = case.decided("civil-status/certify")
    if row is None or at is None:
        return row
    row = {
        **row,
        "so_dinh_danh": case.codes.person,
        "ngay_cap": dotted_day(at),
        "gio_cap": seconds(at),
        "giay_khai_sinh": f"{URN}{CERTIFICATE}:{row['xa']}:{row['so']}/{row['nam']}",
    }
    row["sha256"] = paper_hash(case, row, _ON_CERTIFICATE)
    return row


_ON_CERTIFICATE = tables.SO_KHAI_SINH.columns[:-2]


# --- population --------------------------------------------------------------------------------


def allocated(case: Case) -> Record:
    return {"so_gcs": case.payload["child"]["notice"], "so_dinh_danh": case.codes.person}


def citizen(case: Case) -> Record | None:
    at = case.decided("population/allocate")
    if at is None:
        return None
    payload = case.payload
    number, book, page = case.entry
    row = {
        **allocated(case),
        **child_fields(case, NUMBERED_SEX, compact_day),
        "gio_sinh": minutes(case.born),
        "so_dinh_danh_me": payload["mother"]["personal_id"],
        "so_dinh_danh_cha": payload["father"] and payload["father"]["personal_id"],
        "tinh_khai_sinh": payload["province"],
        "xa_khai_sinh": payload["commune"],
        "ngay_cap": compact_day(at),
        "ma_lien_thong": case.code,
        "so_khai_sinh": number,
        "quyen_khai_sinh": book,
        "trang_khai_sinh": page,
        "ngay_khai_sinh": compact_day(case.time("civil-status/enter")),
    }
    if case.residence_step is not None:
        household = payload["household"]
        row |= {
            "xa_thuong_tru": household["commune"],
            "noi_thuong_tru": household["address"],
            "so_dinh_danh_chu_ho": household["head"]["personal_id"],
            "ngay_thuong_tru": compact_day(case.time(case.residence_step)),
        }
    return row


# --- residence and consent ---------------------------------------------------------------------


def _applicants(case: Case) -> Record:
    household = case.payload["household"]
    return {
        "so_dinh_danh": case.codes.person,
        **child_fields(case, NUMBERED_SEX, compact_day),
        **person_fields(case.payload["requester"], "nyc"),
        **person_fields(household["head"], "chu_ho"),
        "quan_he_chu_ho": KINSHIP[household["relation"]],
        "dia_chi": household["address"],
        "xa": household["commune"],
    }


def question(case: Case, request: Decided) -> Record:
    """The application of a household whose head is still to agree."""
    expires = consent_due(case)
    return {
        **_applicants(case),
        "ct01_chu_ho_ky": int(case.payload["household"]["consent_signed"]),
        "han_tra": slashed_time(_due(request)),
        "ngay_het_han": compact_day(expires),
        "gio_het_han": seconds(expires),
    }


def consent_due(case: Case) -> datetime:
    """Until when the household head was asked."""
    asked = next(said for said in case.course.events if said.name == "consent.requested")
    due: datetime = asked.told["expires"]
    return due


@once
def resident(case: Case) -> Record | None:
    step = case.residence_step
    if step is None:
        return None
    at = case.time(step)
    signed = "ct01" if case.payload["household"]["consent_signed"] else None
    row = {
        **_applicants(case),
        "so": case.codes.residence,
        "so_ct08": case.ct08,
        "dong_y": "vneid" if step == "residence/decide" else signed,
        "ngay_dang_ky": compact_day(at),
        "gio_dang_ky": seconds(at),
        "ma_lien_thong": case.code,
        "ct08": f"{URN}CT08:{case.ct08}",
    }
    row["sha256"] = paper_hash(case, row, tables.THUONG_TRU.columns[:-2])
    return row


@once
def consent(case: Case) -> Record | None:
    answer = case.course.dossiers.get("vneid/consent")
    if answer is None or answer.result == "silent":
        return None
    payload = case.payload
    head = payload["household"]["head"]
    return {
        "ma_lien_thong": case.code,
        "so_dinh_danh": head["personal_id"],
        "ho_ten": head["name"],
        "ho_ten_tre": payload["child"]["name"],
        **person_fields(payload["requester"], "nyc"),
        "dia_chi": payload["household"]["address"],
        "ngay_hoi": slashed_time(answer.request.time),
        "han_tra_loi": slashed_time(consent_due(case)),
        "dong_y": int(answer.result == "done"),
        "ngay_tra_loi": slashed_time(answer.time),
    }


# --- social insurance --------------------------------------------------------------------------


@once
def insured(case: Case) -> Record | None:
    at = case.decided("social-insurance/card")
    if at is None:
        return None
    payload = case.payload
    row = {
        "so_dinh_danh": case.codes.person,
        "ma_the": case.card,
        "so_bhxh": case.codes.insurance,
        **child_fields(case, NUMBERED_SEX, compact_day),
        **person_fields(payload["requester"], "nyc"),
        "ma_tinh": payload["province"],
        "ma_xa": payload["commune"],
        "noi_kcb": payload["treatment_facility"],
        "tu_ngay": compact_day(case.born),
        "den_ngay": compact_day(last_card_day(case.born.date())),
        "ngay_cap": compact_day(at),
        "ma_lien_thong": case.code,
        "the_dien_tu": f"{URN}BHYT:{case.card}",
    }
    row["sha256"] = paper_hash(case, row, tables.THE_BHYT.columns[:-2])
    return row


# --- papers that are missing -----------------------------------------------------------------


def incomplete(case: Case, request: Decided) -> Record:
    """What an agency answers when a supplement is to be asked for."""
    due = deadline(request.time, SUPPLEMENT_DAYS)
    civil = request.step == "civil-status/enter"
    key = {"so_gcs": case.payload["child"]["notice"]} if civil else _person(case)
    day = dotted_day(due) if civil else compact_day(due)
    return {**key, "thieu": request.missing, "han_bo_sung": day, "gio_han": seconds(due)}


def supplied(case: Case, request: Decided) -> Record:
    """What the citizen sends."""
    service = request.step.partition("/")[2]
    paper = f"doc:supplement/{case.code}/{service}-{request.attempt}"
    digest = sha256(paper.encode()).hexdigest()
    return {"dich_vu": service, "lan": request.attempt, "giay_to": paper, "sha256": digest}


def _person(case: Case) -> Record:
    return {"so_dinh_danh": case.codes.person}
