"""The certificate of a birth and the extract of a death."""

from connectors.agencies.codes import CIVIL_STATUS
from simulators.documents.forms.filling import (
    Form,
    Row,
    Values,
    committee,
    day,
    moment,
    person,
    sex,
    slashed,
)
from simulators.documents.places import place_of
from simulators.documents.words import numbers, spoken_day


def birth_certificate(row: Row) -> Form:
    """*Giấy khai sinh*, from the register of births."""
    issued = moment(CIVIL_STATUS, row["ngay_cap"], row["gio_cap"])
    born, place = day(CIVIL_STATUS, row["ngay_sinh"]), place_of(row["xa"], issued.date())
    values = {
        "number": f"{row['so']:02}/{row['nam']}",
        "book": row["quyen"],
        "leaf": str(row["trang"]),
        "name": row["ho_ten"],
        "born": slashed(born),
        "born_in_words": spoken_day(born),
        "hour": row["gio_sinh"],
        "sex": sex(CIVIL_STATUS, row),
        "birthplace": f"Cơ sở khám bệnh, chữa bệnh mã {row['ma_co_so']}",
        "personal_id": row["so_dinh_danh"],
        "notice": row["so_gcs"],
        "mother": _parent(row, "me"),
        "father": _parent(row, "cha"),
        "requester": person(row, "nyc"),
        "registered_at": f"Ủy ban nhân dân {place}",
        "registered": slashed(day(CIVIL_STATUS, row["ngay_dang_ky"])),
        "dated": f"{place.commune}, {numbers(issued.date())}",
    }
    return Form(
        template="birth_certificate",
        issued=issued,
        title=f"Giấy khai sinh: {row['ho_ten']}",
        values=values,
    )


def death_extract(row: Row) -> Form:
    """*Trích lục khai tử*, from the register of deaths."""
    issued = moment(CIVIL_STATUS, row["ngay_dang_ky"], row["gio_dang_ky"])
    born, died = (day(CIVIL_STATUS, row[column]) for column in ("ngay_sinh", "ngay_mat"))
    place, entry = place_of(row["xa"], issued.date()), f"{row['so']:02}/{row['nam']}"
    hour, minute = row["gio_mat"].split(":")[:2]
    values = {
        **committee(place, issued.date()),
        "number": f"{entry}-TLKT",
        "entry": entry,
        "book": row["quyen"],
        "leaf": str(row["trang"]),
        "name": row["ho_ten"],
        "born": slashed(born),
        "sex": sex(CIVIL_STATUS, row),
        "personal_id": row["so_dinh_danh"],
        "died": f"{hour} giờ {minute} phút, ngày {slashed(died)}",
        "died_in_words": spoken_day(died),
        "place": row["noi_mat"],
        "cause": row["nguyen_nhan"],
        "notice": row["so_gbt"],
        "registered_at": f"Ủy ban nhân dân {place}",
        "registered": slashed(issued.date()),
        "requester": person(row, "nyc"),
    }
    return Form(
        template="death_extract",
        issued=issued,
        title=f"Trích lục khai tử: {row['ho_ten']}",
        values=values,
    )


def _parent(row: Row, role: str) -> Values:
    born = row[f"ngay_sinh_{role}"]
    return {**person(row, role), "born": born and slashed(day(CIVIL_STATUS, born))}
