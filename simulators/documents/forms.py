"""What stands on each paper: from an agency's row, in its codes, to what a citizen reads.

Each function takes the row of an agency's register and gives the values of the template of the same
name. What every paper has (address, case, hash) `rendering` adds.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from connectors.agencies.codes import (
    CIVIL_STATUS,
    RESIDENCE,
    SOCIAL_INSURANCE,
    SOCIAL_PROTECTION,
    Dialect,
    moment_at,
)
from schemas.amounts import Group, amount
from schemas.event import from_text
from simulators.agencies.documents import Paper
from simulators.documents.places import Place, place_of, province_of
from simulators.documents.words import numbers, spoken_day, spoken_sum

Row = Mapping[str, Any]
Values = dict[str, Any]

SEXES: Final = {"male": "Nam", "female": "Nữ"}
CONSENTS: Final = {
    "ct01": "Đồng ý (ký tại Tờ khai CT01)",
    "vneid": "Đồng ý (xác nhận trên VNeID)",
    None: "Chủ hộ là người yêu cầu",
}
ALLOWANCES: Final[dict[Group, tuple[str, str]]] = {
    "insurance": ("trợ cấp mai táng", "Người hưởng chế độ theo Luật Bảo hiểm xã hội"),
    "merit": ("mai táng phí", "Người có công với cách mạng"),
    "veterans": ("mai táng phí", "Cựu chiến binh"),
    "social_protection": ("hỗ trợ chi phí mai táng", "Đối tượng bảo trợ xã hội"),
    "emergency": ("hỗ trợ khẩn cấp chi phí mai táng", "Đối tượng trợ giúp xã hội khẩn cấp"),
    "social_pension": ("hỗ trợ chi phí mai táng", "Người hưởng trợ cấp hưu trí xã hội"),
}
"""What the law calls each group's allowance, and the group."""
CLOSING_HOUR: Final = "17:00"
"""Of a paper whose register keeps the day only: it was made out by then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A paper filled in."""

    issued: datetime
    title: str
    values: Values


def birth_certificate(row: Row) -> Form:
    """*Giấy khai sinh*, from the register of births."""
    issued = _moment(CIVIL_STATUS, row["ngay_cap"], row["gio_cap"])
    born, place = _day(CIVIL_STATUS, row["ngay_sinh"]), place_of(row["xa"], issued.date())
    values = {
        "number": f"{row['so']:02}/{row['nam']}",
        "book": row["quyen"],
        "leaf": str(row["trang"]),
        "name": row["ho_ten"],
        "born": _slashed(born),
        "born_in_words": spoken_day(born),
        "hour": row["gio_sinh"],
        "sex": SEXES[CIVIL_STATUS.sex.read[row["gioi_tinh"]]],
        "birthplace": f"Cơ sở khám bệnh, chữa bệnh mã {row['ma_co_so']}",
        "personal_id": row["so_dinh_danh"],
        "notice": row["so_gcs"],
        "mother": _parent(row, "me"),
        "father": _parent(row, "cha"),
        "requester": _person(row, "nyc"),
        "registered_at": f"Ủy ban nhân dân {place}",
        "registered": _slashed(_day(CIVIL_STATUS, row["ngay_dang_ky"])),
        "dated": f"{place.commune}, {numbers(issued.date())}",
    }
    return Form(issued=issued, title=f"Giấy khai sinh: {row['ho_ten']}", values=values)


def death_extract(row: Row) -> Form:
    """*Trích lục khai tử*, from the register of deaths."""
    issued = _moment(CIVIL_STATUS, row["ngay_dang_ky"], row["gio_dang_ky"])
    born, died = (_day(CIVIL_STATUS, row[column]) for column in ("ngay_sinh", "ngay_mat"))
    place, entry = place_of(row["xa"], issued.date()), f"{row['so']:02}/{row['nam']}"
    hour, minute = row["gio_mat"].split(":")[:2]
    values = {
        **_committee(place, issued.date()),
        "number": f"{entry}-TLKT",
        "entry": entry,
        "book": row["quyen"],
        "leaf": str(row["trang"]),
        "name": row["ho_ten"],
        "born": _slashed(born),
        "sex": SEXES[CIVIL_STATUS.sex.read[row["gioi_tinh"]]],
        "personal_id": row["so_dinh_danh"],
        "died": f"{hour} giờ {minute} phút, ngày {_slashed(died)}",
        "died_in_words": spoken_day(died),
        "place": row["noi_mat"],
        "cause": row["nguyen_nhan"],
        "notice": row["so_gbt"],
        "registered_at": f"Ủy ban nhân dân {place}",
        "registered": _slashed(issued.date()),
        "requester": _person(row, "nyc"),
    }
    return Form(issued=issued, title=f"Trích lục khai tử: {row['ho_ten']}", values=values)


def ct08(row: Row) -> Form:
    """*Thông báo CT08* of a registered permanent residence."""
    issued = _moment(RESIDENCE, row["ngay_dang_ky"], row["gio_dang_ky"])
    place = place_of(row["xa"], issued.date())
    values = {
        **_police(row, issued.date()),
        "number": row["so_ct08"],
        "to": _person(row, "nyc"),
        "name": row["ho_ten"],
        "born": _slashed(_day(RESIDENCE, row["ngay_sinh"])),
        "sex": SEXES[RESIDENCE.sex.read[row["gioi_tinh"]]],
        "personal_id": row["so_dinh_danh"],
        "address": row["dia_chi"],
        "head": _person(row, "chu_ho"),
        "relation": row["quan_he_chu_ho"].capitalize(),
        "consent": CONSENTS[row["dong_y"]],
        "outcome": f"Đã đăng ký thường trú tại {place} từ {numbers(issued.date())}",
    }
    return Form(issued=issued, title=f"Thông báo CT08: {row['ho_ten']}", values=values)


def ct08_removal(row: Row) -> Form:
    """*Thông báo CT08* of a permanent residence that was removed because its holder died."""
    issued = _moment(RESIDENCE, row["ngay_xoa"], row["gio_xoa"])
    values = {
        **_police(row, issued.date()),
        "number": row["so_ct08"],
        "to": _person(row, "nyc"),
        "name": row["ho_ten"],
        "born": _slashed(_day(RESIDENCE, row["ngay_sinh"])),
        "sex": SEXES[RESIDENCE.sex.read[row["gioi_tinh"]]],
        "personal_id": row["so_dinh_danh"],
        "address": row["dia_chi"],
        "outcome": f"Đã xóa đăng ký thường trú từ {numbers(issued.date())}, lý do: đã chết",
    }
    return Form(issued=issued, title=f"Thông báo CT08: {row['ho_ten']}", values=values)


def health_card(row: Row) -> Form:
    """*Thẻ bảo hiểm y tế*; its register keeps the day of issue only."""
    issued = _moment(SOCIAL_INSURANCE, row["ngay_cap"], CLOSING_HOUR)
    card, province = row["ma_the"], province_of(row["ma_tinh"], issued.date())
    values = {
        "insurance_number": row["so_bhxh"],
        "card": f"{card[:2]} {card[2]} {card[3:5]} {card[5:]}",
        "name": row["ho_ten"],
        "born": _slashed(_day(SOCIAL_INSURANCE, row["ngay_sinh"])),
        "sex": SEXES[SOCIAL_INSURANCE.sex.read[row["gioi_tinh"]]],
        "personal_id": row["so_dinh_danh"],
        "benefit": card[2],
        "facility": row["noi_kcb"],
        "valid_from": _slashed(_day(SOCIAL_INSURANCE, row["tu_ngay"])),
        "valid_to": _slashed(_day(SOCIAL_INSURANCE, row["den_ngay"])),
        "issuer": f"Bảo hiểm xã hội {province}",
        "dated": f"{province}, {numbers(issued.date())}",
    }
    return Form(issued=issued, title=f"Thẻ BHYT: {row['ho_ten']}", values=values)


def allowance_decision(row: Row) -> Form:
    """*Quyết định* on a funeral allowance, on the letterhead of either agency that decides."""
    insurance = "/QĐ-BHXH-" in row["so_quyet_dinh"]
    dialect = SOCIAL_INSURANCE if insurance else SOCIAL_PROTECTION
    issued = _moment(dialect, row["ngay_quyet_dinh"], row["gio_quyet_dinh"])
    died, today = _day(dialect, row["ngay_mat"]), issued.date()
    allowance, group = ALLOWANCES[row["nhom"]]
    laws = [rule.source_vi for rule in amount(row["nhom"], died, today).rows]
    male = dialect.sex.read[row["gioi_tinh"]] == "male"
    values = {
        **(_insurer if insurance else _commune)(row["noi"], today),
        "number": row["so_quyet_dinh"],
        "allowance": allowance,
        "group": group,
        "sources": list(dict.fromkeys(laws)),
        "title_of_deceased": "ông" if male else "bà",
        "name": row["ho_ten"],
        "born": _slashed(_day(dialect, row["ngay_sinh"])),
        "personal_id": row["so_dinh_danh"],
        "died": _slashed(died),
        "sum": f"{row['so_tien']:,} đồng".replace(",", "."),
        "sum_in_words": spoken_sum(row["so_tien"]),
        "payee": _person(row, "nhan"),
        "relation": row["quan_he_nhan"].capitalize(),
    }
    return Form(issued=issued, title=f"Quyết định {allowance}: {row['ho_ten']}", values=values)


FORMS: Final[dict[Paper, Callable[[Row], Form]]] = {
    "birth_certificate": birth_certificate,
    "death_extract": death_extract,
    "ct08": ct08,
    "ct08_removal": ct08_removal,
    "health_card": health_card,
    "allowance_decision": allowance_decision,
}


def _police(row: Row, day: date) -> Values:
    """The commune's police, and those above them."""
    place = place_of(row["xa"], day)
    return {
        "above": f"Công an {place.district or place.province}",
        "issuer": f"Công an {place.commune}",
        "dated": f"{place.commune}, {numbers(day)}",
    }


def _insurer(code: str, day: date) -> Values:
    province = province_of(code, day)
    return {
        "above": "Bảo hiểm xã hội Việt Nam",
        "issuer": f"Bảo hiểm xã hội {province}",
        "dated": f"{province}, {numbers(day)}",
        "signed": ["Giám đốc"],
    }


def _commune(code: str, day: date) -> Values:
    return _committee(place_of(code, day), day)


def _committee(place: Place, day: date) -> Values:
    """The people's committee of a commune, and the one above it."""
    return {
        "above": f"Ủy ban nhân dân {place.district or place.province}",
        "issuer": f"Ủy ban nhân dân {place.commune}",
        "dated": f"{place.commune}, {numbers(day)}",
        "signed": ["TM. Ủy ban nhân dân", "Chủ tịch"],
    }


def _person(row: Row, role: str) -> Values:
    return {"name": row[f"ho_ten_{role}"], "personal_id": row[f"so_dinh_danh_{role}"]}


def _parent(row: Row, role: str) -> Values:
    born = row[f"ngay_sinh_{role}"]
    return {**_person(row, role), "born": born and _slashed(_day(CIVIL_STATUS, born))}


def _day(dialect: Dialect, text: str) -> date:
    return date.fromisoformat(dialect.day.read(text))


def _moment(dialect: Dialect, day: str, time_of_day: str) -> datetime:
    return from_text(moment_at(dialect.day.read(day), time_of_day))


def _slashed(day: date) -> str:
    return f"{day:%d/%m/%Y}"
