"""What each agency writes of a birth, in its own fields, codes and formats.

Every function gives a row of a natural table or a record of a dossier, None where there is none.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from hub.ledger import tables
from hub.ledger.birth.case import (
    CERTIFICATE,
    BirthCase,
    last_card_day,
    last_identity_card_day,
)
from hub.ledger.codes import URN
from hub.ledger.course import Decided
from hub.ledger.fields import Record, once, paper_hash, person_fields
from hub.ledger.records import dossier as common_dossier
from hub.ledger.records import due_of, forms
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
from hub.ledger.units import province_on

# --- the child and its parents -----------------------------------------------------------------


def child_fields(case: BirthCase, sexes: Mapping[str, Any], day: Callable[[date], str]) -> Record:
    """The child's name, sex and day of birth, in an agency's codes."""
    child = case.payload["child"]
    return {
        "ho_ten": child["name"],
        "gioi_tinh": sexes[child["sex"]],
        "ngay_sinh": day(case.born),
    }


def declaration_fields(
    case: BirthCase, sexes: Mapping[str, Any], day: Callable[[date], str]
) -> Record:
    """The child as on its birth notice, its parents, and who declares the birth."""
    payload = case.payload
    row = {
        **child_fields(case, sexes, day),
        "gio_sinh": minutes(case.born),
        "so_gcs": payload["child"]["notice"],
        "ma_co_so": payload["child"]["facility"],
        **person_fields(payload["requester"], "nyc"),
    }
    for role, parent in (("me", payload["mother"]), ("cha", payload["father"])):
        row |= person_fields(parent, role)
        row[f"ngay_sinh_{role}"] = day(date.fromisoformat(parent["born"])) if parent else None
    return row


# --- one-stop ----------------------------------------------------------------------------------


def received(case: BirthCase, request: Decided) -> Record:
    form = declaration_fields(case, SPELLED_SEX, compact_day)
    return forms(case, request, {"loai": "LTKS", **form})


def dossier(case: BirthCase) -> Record | None:
    """A dossier when the case is over."""

    def returned() -> Record:
        paper = entry(case) or {}
        return {
            "so_dinh_danh": case.codes.person,
            "giay_khai_sinh": paper["giay_khai_sinh"],
            "sha256": paper["sha256"],
        }

    return common_dossier(case, received, returned)


# --- civil status ------------------------------------------------------------------------------


@once
def entered(case: BirthCase) -> Record | None:
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
        "xa": case.commune("one-stop/receive"),
        "ngay_dang_ky": dotted_day(at),
        "gio_dang_ky": seconds(at),
        **declaration_fields(case, CIVIL_SEX, dotted_day),
        "ma_don_vi": case.agency(case.asked("one-stop/receive")),
        "ma_ho_so": case.codes.dossier,
        "ma_lien_thong": case.code,
    }


@once
def entry(case: BirthCase) -> Record | None:
    """The entry with the number and the certificate."""
    row = entered(case)
    at = case.certified
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


def allocated(case: BirthCase) -> Record:
    return {"so_gcs": case.payload["child"]["notice"], "so_dinh_danh": case.codes.person}


def citizen(case: BirthCase) -> Record | None:
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
        "tinh_khai_sinh": province_on(payload["province"], case.time("civil-status/enter").date()),
        "xa_khai_sinh": case.commune("one-stop/receive"),
        "ngay_cap": compact_day(at),
        "ma_lien_thong": case.code,
        "so_khai_sinh": number,
        "quyen_khai_sinh": book,
        "trang_khai_sinh": page,
        "ngay_khai_sinh": compact_day(case.entered),
    }
    if case.residence_step is not None:
        household = payload["household"]
        row |= {
            "xa_thuong_tru": case.home,
            "noi_thuong_tru": household["address"],
            "so_dinh_danh_chu_ho": household["head"]["personal_id"],
            "ngay_thuong_tru": compact_day(case.time(case.residence_step)),
        }
    return row


@once
def identified(case: BirthCase) -> Record | None:
    """The identity card, whose number is the child's."""
    at = case.decided("population/identity_card")
    if at is None:
        return None
    place = case.place(case.asked("population/identity_card"))
    row = {
        "so_dinh_danh": case.codes.person,
        "so_the": case.codes.person,
        **child_fields(case, NUMBERED_SEX, compact_day),
        **person_fields(case.payload["requester"], "nyc"),
        "ma_tinh": place.province,
        "ma_xa": place.commune,
        "ngay_cap": compact_day(at),
        "gio_cap": seconds(at),
        "den_ngay": compact_day(last_identity_card_day(case.born.date())),
        "ma_lien_thong": case.code,
        "the_can_cuoc": f"{URN}CC:{case.codes.person}",
    }
    row["sha256"] = paper_hash(case, row, tables.THE_CAN_CUOC.columns[:-2])
    return row


# --- residence and consent ---------------------------------------------------------------------


def person(case: BirthCase) -> Record:
    """The child, by number."""
    return {"so_dinh_danh": case.codes.person}


def _applicants(case: BirthCase) -> Record:
    household = case.payload["household"]
    return {
        "so_dinh_danh": case.codes.person,
        **child_fields(case, NUMBERED_SEX, compact_day),
        **person_fields(case.payload["requester"], "nyc"),
        **person_fields(household["head"], "chu_ho"),
        "quan_he_chu_ho": KINSHIP[household["relation"]],
        "dia_chi": household["address"],
        "xa": case.home,
    }


def question(case: BirthCase, request: Decided) -> Record:
    """The application of a household whose head is still to agree."""
    expires = consent_due(case)
    return {
        **_applicants(case),
        "ct01_chu_ho_ky": int(case.payload["household"]["consent_signed"]),
        "han_tra": slashed_time(due_of(request)),
        "ngay_het_han": compact_day(expires),
        "gio_het_han": seconds(expires),
    }


def consent_due(case: BirthCase) -> datetime:
    """Until when the household head was asked."""
    asked = next(said for said in case.course.events if said.name == "consent.requested")
    due: datetime = asked.told["expires"]
    return due


@once
def resident(case: BirthCase) -> Record | None:
    step = case.residence_step
    if step is None:
        return None
    at = case.time(step)
    signed = "ct01" if case.payload["household"]["consent_signed"] else None
    row = {
        **_applicants(case),
        "so": case.codes.residence,
        "nam": at.year,
        "so_ct08": case.ct08,
        "dong_y": "vneid" if step == "residence/decide" else signed,
        "ngay_dang_ky": compact_day(at),
        "gio_dang_ky": seconds(at),
        "ma_lien_thong": case.code,
        "ct08": f"{URN}CT08:{at.year}:{case.ct08}",
    }
    row["sha256"] = paper_hash(case, row, tables.THUONG_TRU.columns[:-2])
    return row


@once
def consent(case: BirthCase) -> Record | None:
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
def insured(case: BirthCase) -> Record | None:
    at = case.decided("social-insurance/card")
    if at is None:
        return None
    payload, place = case.payload, case.place(case.asked("social-insurance/card"))
    row = {
        "so_dinh_danh": case.codes.person,
        "ma_the": case.card,
        "so_bhxh": case.codes.insurance,
        **child_fields(case, NUMBERED_SEX, compact_day),
        **person_fields(payload["requester"], "nyc"),
        "ma_tinh": place.province,
        "ma_xa": place.commune,
        "noi_kcb": payload["treatment_facility"],
        "tu_ngay": compact_day(case.born),
        "den_ngay": compact_day(last_card_day(case.born.date())),
        "ngay_cap": compact_day(at),
        "ma_lien_thong": case.code,
        "the_dien_tu": f"{URN}BHYT:{case.card}",
    }
    row["sha256"] = paper_hash(case, row, tables.THE_BHYT.columns[:-2])
    return row
