"""What the agencies that decide on funeral allowances write, and who pays them out."""

from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import Any, NamedTuple

from hub.ledger import tables
from hub.ledger.codes import URN
from hub.ledger.course import Decided
from hub.ledger.death.case import DeathCase
from hub.ledger.death.model import CLOSED
from hub.ledger.death.records import Day, death_fields, deceased_fields
from hub.ledger.fields import Record, paper_hash, person_fields
from hub.ledger.texts import (
    NUMBERED_SEX,
    PAYEE,
    PAYMENT,
    SPELLED_SEX,
    compact_day,
    seconds,
    slashed_day,
)


class Style(NamedTuple):
    """How a deciding agency writes days and sexes."""

    day: Day
    sexes: Mapping[str, Any]


STYLES = {
    "social-insurance": Style(compact_day, NUMBERED_SEX),
    "social-protection": Style(slashed_day, SPELLED_SEX),
}


def payee_fields(case: DeathCase) -> Record:
    """Who is paid."""
    payee = case.payload["payee"]
    return {**person_fields(payee, "nhan"), "quan_he_nhan": PAYEE[payee["relation"]]}


def payment_fields(case: DeathCase, payout: Mapping[str, Any]) -> Record:
    """Who is paid, and how."""
    account = payout["account"] or {"bank": None, "number": None}
    return {
        **payee_fields(case),
        "hinh_thuc": PAYMENT[payout["method"]],
        "ngan_hang": account["bank"],
        "so_tai_khoan": account["number"],
    }


def decision(decider: str) -> Callable[[DeathCase], Record | None]:
    """The row of a decision as it was made."""

    def row(case: DeathCase) -> Record | None:
        grant, said = case.granted(decider), case.said("funeral-allowance.granted", decider)
        if grant is None:
            return None
        style, at = STYLES[decider], said[0].time
        mark, office = case.office(decider)
        number = case.codes.decisions.get(decider)
        made = {
            **deceased_fields(case, style.sexes, style.day),
            "so_quyet_dinh": case.decision(decider),
            "so": number,
            "nam": at.year,
            "noi": office,
            "nhom": grant.group,
            "so_tien": grant.vnd,
            "da_huong": grant.elsewhere,
            **payee_fields(case),
            "ngay_quyet_dinh": style.day(at),
            "gio_quyet_dinh": seconds(at),
            "ma_lien_thong": case.code,
            "quyet_dinh": f"{URN}QD:{number}:{at.year}:{mark}:{office}",
        }
        made["sha256"] = paper_hash(case, made, tables.TRO_CAP_MAI_TANG[decider].columns[:-5])
        return made

    return row


def decided(decider: str) -> Callable[[DeathCase], Record | None]:
    """The row of a decision with what became of its payment."""
    make, day = decision(decider), STYLES[decider].day

    def row(case: DeathCase) -> Record | None:
        made = make(case)
        if made is None:
            return None
        if case.said("payout.failed", decider):
            made["loi_chi"] = CLOSED
        for said in case.said("payout.made", decider):
            made["ngay_chi"] = day(said.time)
            made["hinh_thuc_chi"] = PAYMENT[said.told["payout"]["method"]]
        return made

    return row


def stopped(decider: str) -> Callable[[DeathCase], Record | None]:
    """What the deceased was paid until the month of death."""

    def row(case: DeathCase) -> Record | None:
        if not case.decided("civil-status/enter_death"):
            return None
        died = case.died
        month = f"{died.year + died.month // 12}{died.month % 12 + 1:02}"
        fields = death_fields(case, STYLES[decider].day)
        return {**fields, "dung_tu_thang": month, "ma_lien_thong": case.code}

    return row


def payment(case: DeathCase, one: Decided) -> Record:
    """What whoever pays answers."""
    asked = case.payout_request(one).told
    decider, payout = asked["decider"], asked["payout"]
    grant = case.granted(decider)
    about = {
        "so_quyet_dinh": case.decision(decider),
        "ngay_quyet_dinh": compact_day(case.decided_on(decider)),
        "noi_ra": decider,
        "so_tien": grant.vnd if grant else None,
    }
    if one.result == "refused":
        return {**about, "hinh_thuc": PAYMENT[payout["method"]], "ly_do": one.reason}
    return {
        **about,
        **payment_fields(case, payout),
        "ma_giao_dich": reference(case, one),
        "ngay_chi": compact_day(one.time),
        "gio_chi": seconds(one.time),
        "ma_lien_thong": case.code,
    }


def reference(case: DeathCase, one: Decided) -> str:
    """The bank's number: the day, and ten digits of a hash of case and attempt."""
    digest = sha256(f"{case.code}|{one.attempt}".encode()).digest()
    return f"FT{compact_day(one.time)[2:]}{int.from_bytes(digest[:8], 'big') % 10**10:010}"


def payments(case: DeathCase) -> list[Record]:
    """The rows of all payments of a case."""
    paid = (one for one in case.course.files if one.step == "payout/pay" and one.result == "done")
    return [payment(case, one) for one in paid]
