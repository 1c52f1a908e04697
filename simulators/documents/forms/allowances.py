"""Decisions on funeral allowances."""

from datetime import date
from typing import Final

from connectors.agencies.codes import SOCIAL_INSURANCE, SOCIAL_PROTECTION
from schemas.amounts import Group, amount
from schemas.standards import province_then
from simulators.documents.forms.filling import (
    Form,
    Row,
    Values,
    committee,
    day,
    insurer,
    moment,
    person,
    slashed,
)
from simulators.documents.places import district_of, place_of
from simulators.documents.words import spoken_sum

ALLOWANCES: Final[dict[Group, tuple[str, str]]] = {
    "insurance": ("trợ cấp mai táng", "Người hưởng chế độ theo Luật Bảo hiểm xã hội"),
    "merit": ("mai táng phí", "Người có công với cách mạng"),
    "veterans": ("mai táng phí", "Cựu chiến binh"),
    "social_protection": ("hỗ trợ chi phí mai táng", "Đối tượng bảo trợ xã hội"),
    "emergency": ("hỗ trợ chi phí mai táng", "Đối tượng trợ giúp xã hội khẩn cấp"),
    "social_pension": ("hỗ trợ chi phí mai táng", "Người hưởng trợ cấp hưu trí xã hội"),
}
"""What the law calls each group's allowance, and the group."""
DISTRICT_DIGITS: Final = 3


def allowance_decision(row: Row) -> Form:
    """*Quyết định* on a funeral allowance, on the letterhead of either agency that decides."""
    insurance = "/QĐ-BHXH-" in row["so_quyet_dinh"]
    dialect = SOCIAL_INSURANCE if insurance else SOCIAL_PROTECTION
    issued = moment(dialect, row["ngay_quyet_dinh"], row["gio_quyet_dinh"])
    died, today = day(dialect, row["ngay_mat"]), issued.date()
    allowance, group = ALLOWANCES[row["nhom"]]
    due = amount(row["nhom"], died, today, province=None if insurance else _home(row, died))
    male = dialect.sex.read[row["gioi_tinh"]] == "male"
    values = {
        **(_insurer if insurance else _people)(row["noi"], today),
        "number": row["so_quyet_dinh"],
        "allowance": allowance,
        "group": group,
        "sources": list(dict.fromkeys(rule.source_vi for rule in due.rows)),
        "title_of_deceased": "ông" if male else "bà",
        "name": row["ho_ten"],
        "born": slashed(day(dialect, row["ngay_sinh"])),
        "personal_id": row["so_dinh_danh"],
        "died": slashed(died),
        "whole": _dong(due.vnd) if row["da_huong"] else None,
        "elsewhere": row["da_huong"] and _dong(row["da_huong"]),
        "sum": _dong(row["so_tien"]),
        "sum_in_words": spoken_sum(row["so_tien"]),
        "payee": person(row, "nhan"),
        "relation": row["quan_he_nhan"].capitalize(),
    }
    return Form(
        template="allowance_decision",
        issued=issued,
        title=f"Quyết định {allowance}: {row['ho_ten']}",
        values=values,
    )


def _dong(vnd: int) -> str:
    return f"{vnd:,} đồng".replace(",", ".")


def _home(row: Row, died: date) -> str | None:
    """The province in which the deceased lived, whose standard may be above the national one."""
    return province_then(row["noi"], died)


def _insurer(code: str, of: date) -> Values:
    return {"above": "Bảo hiểm xã hội Việt Nam", **insurer(code, of), "signed": ["Giám đốc"]}


def _people(code: str, of: date) -> Values:
    """A people's committee, of a commune or, by its three digits, of a district."""
    return committee(district_of(code, of) if _is_district(code) else place_of(code, of), of)


def _is_district(code: str) -> bool:
    return len(code) == DISTRICT_DIGITS
