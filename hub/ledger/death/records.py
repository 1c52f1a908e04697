"""What each agency writes of a death, in its own fields, codes and formats.

Every function gives a row of a natural table or a record of a dossier, None where there is none.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from hub.ledger import tables
from hub.ledger.codes import URN
from hub.ledger.course import Decided
from hub.ledger.death.case import EXTRACT, DeathCase
from hub.ledger.death.places import addressed
from hub.ledger.fields import Record, once, paper_hash, person_fields
from hub.ledger.records import dossier as common_dossier
from hub.ledger.records import forms
from hub.ledger.texts import (
    CIVIL_SEX,
    NUMBERED_SEX,
    SPELLED_SEX,
    compact_day,
    dotted_day,
    minutes,
    seconds,
)

Day = Callable[[date], str]


def death_fields(case: DeathCase, day: Day) -> Record:
    """Who died, and when: all that most agencies may know."""
    return {**person(case), "ngay_mat": day(case.died), "gio_mat": minutes(case.died)}


def person(case: DeathCase) -> Record:
    """Who died, by number."""
    return {"so_dinh_danh": case.deceased["personal_id"]}


def deceased_fields(case: DeathCase, sexes: Mapping[str, Any], day: Day) -> Record:
    """The deceased in an agency's codes."""
    return {
        **death_fields(case, day),
        "ho_ten": case.deceased["name"],
        "gioi_tinh": sexes[case.deceased["sex"]],
        "ngay_sinh": day(case.born),
    }


def _declaration(case: DeathCase, sexes: Mapping[str, Any], day: Day) -> Record:
    notice = case.payload["notice"]
    return {
        **deceased_fields(case, sexes, day),
        "so_gbt": notice["number"],
        "ma_co_so": notice["facility"],
        "noi_mat": notice["place"],
        "nguyen_nhan": notice["cause"],
        **person_fields(case.payload["requester"], "nyc"),
    }


# --- one-stop and civil status -----------------------------------------------------------------


def received(case: DeathCase, request: Decided) -> Record:
    form = _declaration(case, SPELLED_SEX, compact_day)
    return forms(case, request, {"loai": "LTKT", **form})


def dossier(case: DeathCase) -> Record | None:
    """A dossier when the case is over."""

    def returned() -> Record:
        paper = entry(case) or {}
        return {"trich_luc": paper["trich_luc"], "sha256": paper["sha256"]}

    return common_dossier(case, received, returned)


@once
def entry(case: DeathCase) -> Record | None:
    """The entry in the register of deaths, with its extract."""
    at = case.decided("civil-status/enter_death")
    if at is None:
        return None
    _, book, page = case.entry
    commune = case.commune("one-stop/receive")
    row = {
        **_declaration(case, CIVIL_SEX, dotted_day),
        "so": case.codes.number,
        "nam": at.year,
        "quyen": book,
        "trang": page,
        "xa": commune,
        "ngay_dang_ky": dotted_day(at),
        "gio_dang_ky": seconds(at),
        "ma_don_vi": case.agency(case.asked("one-stop/receive")),
        "ma_ho_so": case.codes.dossier,
        "ma_lien_thong": case.code,
        "trich_luc": f"{URN}{EXTRACT}:{commune}:{case.codes.number}/{at.year}",
    }
    row["sha256"] = paper_hash(case, row, tables.SO_KHAI_TU.columns[:-2])
    return row


# --- population, residence, VNeID --------------------------------------------------------------


def _registered(case: DeathCase) -> bool:
    return case.decided("civil-status/enter_death") is not None


def marked(case: DeathCase) -> Record | None:
    """A person whom population knows to have died."""
    if not _registered(case):
        return None
    number, book, page = case.entry
    row = {
        **death_fields(case, compact_day),
        "so_khai_tu": number,
        "quyen_khai_tu": book,
        "trang_khai_tu": page,
        "ngay_khai_tu": compact_day(case.entered),
        "ma_lien_thong": case.code,
    }
    if removed := case.decided("residence/remove"):
        row |= {"xa_xoa": case.commune("residence/remove"), "ngay_xoa": compact_day(removed)}
    return row


def noted(day: Day) -> Callable[[DeathCase], Record | None]:
    """Who died, as an agency notes it in its days."""

    def row(case: DeathCase) -> Record | None:
        if not _registered(case):
            return None
        return {**death_fields(case, day), "ma_lien_thong": case.code}

    return row


@once
def removed(case: DeathCase) -> Record | None:
    """A removed residence with its notice."""
    at = case.decided("residence/remove")
    if at is None:
        return None
    row = {
        **deceased_fields(case, NUMBERED_SEX, compact_day),
        "so_ct08": case.ct08,
        "so": case.codes.residence,
        "nam": at.year,
        "xa": case.commune("residence/remove"),
        "dia_chi": addressed(case.payload, "residence/remove")["address"],
        **person_fields(case.payload["requester"], "nyc"),
        "ngay_xoa": compact_day(at),
        "gio_xoa": seconds(at),
        "ma_lien_thong": case.code,
        "ct08": f"{URN}CT08:{at.year}:{case.ct08}",
    }
    row["sha256"] = paper_hash(case, row, tables.XOA_THUONG_TRU.columns[:-2])
    return row
