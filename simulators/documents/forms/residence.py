"""The police's notice CT08 of what became of an application: one form, a sentence for each kind."""

from dataclasses import dataclass
from functools import partial
from typing import Final

from connectors.agencies.codes import RESIDENCE
from simulators.agencies.documents import Paper
from simulators.documents.forms.filling import Form, Row, Values, day, moment, person, sex, slashed
from simulators.documents.places import place_of
from simulators.documents.words import numbers

CONSENTS: Final = {
    "ct01": "Đồng ý (ký tại Tờ khai CT01)",
    "vneid": "Đồng ý (xác nhận trên VNeID)",
    None: "Chủ hộ là người yêu cầu",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What a notice of one kind says."""

    dated: str
    """How the register calls its day and time: `ngay_<dated>`, `gio_<dated>`."""
    outcome: str
    """With the place and the day, and the last day where there is one."""


NOTICES: Final[dict[Paper, Notice]] = {
    "ct08": Notice(dated="dang_ky", outcome="Đã đăng ký thường trú tại {place} từ {day}"),
    "ct08_removal": Notice(
        dated="xoa", outcome="Đã xóa đăng ký thường trú tại {place} từ {day}, lý do: đã chết"
    ),
    "ct08_stay": Notice(
        dated="tam_tru",
        outcome="Đã đăng ký tạm trú tại {place} từ {day} đến hết {until}",
    ),
}
"""Every kind, by the paper that its register makes out."""


def notice(paper: Paper, row: Row) -> Form:
    """*Thông báo CT08*; the household head stands there if the application names one."""
    kind = NOTICES[paper]
    issued = moment(RESIDENCE, row[f"ngay_{kind.dated}"], row[f"gio_{kind.dated}"])
    place, dated = place_of(row["xa"], issued.date()), numbers(issued.date())
    values: Values = {
        "above": f"Công an {place.above}",
        "issuer": f"Công an {place.commune}",
        "dated": f"{place.commune}, {dated}",
        "number": row["so_ct08"],
        "to": person(row, "nyc"),
        "name": row["ho_ten"],
        "born": slashed(day(RESIDENCE, row["ngay_sinh"])),
        "sex": sex(RESIDENCE, row),
        "personal_id": row["so_dinh_danh"],
        "address": row["dia_chi"],
        "head": _head(row) if "ho_ten_chu_ho" in row else None,
        "outcome": kind.outcome.format(place=place, day=dated, until=_last_day(row)),
    }
    title = f"Thông báo CT08: {row['ho_ten']}"
    return Form(template="ct08", issued=issued, title=title, values=values)


def _last_day(row: Row) -> str | None:
    return numbers(day(RESIDENCE, row["den_ngay"])) if "den_ngay" in row else None


def _head(row: Row) -> Values:
    return {
        **person(row, "chu_ho"),
        "relation": row["quan_he_chu_ho"].capitalize(),
        "consent": CONSENTS[row["dong_y"]],
    }


FORMS: Final = {paper: partial(notice, paper) for paper in NOTICES}
"""The notice of each kind, from its row alone."""
