"""What services, results, reasons and statuses are called, in both languages."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, Final

from hub.orchestrator.chains import TABLES
from hub.orchestrator.labels import CASE_STATUSES, Label
from schemas.event import from_text
from schemas.reasons import REFUSALS

Record = Mapping[str, Any]
NOTHING: Final = Label("", "")
_IN_A_WORD: Final = {
    "birth": Label("khai sinh", "birth"),
    "residence": Label("thường trú", "residence"),
    "health_card": Label("thẻ BHYT", "health card"),
    "identity_card": Label("thẻ căn cước", "identity card"),
    "death": Label("khai tử", "death"),
    "residence_removal": Label("xóa thường trú", "removal of residence"),
    "funeral_allowance": Label("trợ cấp mai táng", "funeral allowance"),
    "insurance_allowance": Label("trợ cấp mai táng của BHXH", "funeral allowance of insurance"),
    "social_allowance": Label(
        "hỗ trợ chi phí mai táng, mai táng phí", "funeral allowance of social protection"
    ),
    "temporary_residence": Label("tạm trú", "temporary residence"),
}
SERVICES: Final = {
    **{name: Label(table.vi, table.en) for name, table in TABLES.items()},
    **_IN_A_WORD,
}
"""The services that a family asks for, and those that dvclt makes of them, in a word or two."""
AGENCIES: Final = {
    "civil-status": Label("hộ tịch", "civil status"),
    "population": Label(
        "cơ quan quản lý dân cư, căn cước", "the population and identity-card authority"
    ),
    "residence": Label("Công an xã", "the commune police"),
    "social-insurance": Label("cơ quan BHXH", "social insurance"),
    "social-protection": Label("cơ quan bảo trợ xã hội, người có công", "social protection"),
}
"""The agencies that decide on services."""
RESULTS: Final = {
    "dossier": Label("Mã hồ sơ một cửa", "one-stop dossier"),
    "entry": Label("Sổ đăng ký khai sinh", "register of births"),
    "personal_id": Label("Số định danh cá nhân", "personal ID"),
    "certificate": Label("Giấy khai sinh", "birth certificate"),
    "residence": Label("Thông báo CT08", "residence notice CT08"),
    "card": Label("Thẻ BHYT", "health-insurance card"),
    "identity_card": Label("Thẻ căn cước", "identity card"),
    "death_entry": Label("Sổ đăng ký khai tử", "register of deaths"),
    "extract": Label("Trích lục khai tử", "death extract"),
    "removal": Label("Thông báo CT08 (xóa thường trú)", "removal notice CT08"),
    "allowance": Label("Trợ cấp mai táng", "funeral allowance"),
    "paid": Label("Đã chi trả", "paid"),
    "temporary_residence": Label("Thông báo CT08 (tạm trú)", "stay notice CT08"),
}
"""What a case brings, in the order of the chains."""
GROUPS: Final = {
    "insurance": Label("bảo hiểm xã hội", "social insurance"),
    "merit": Label("người có công", "people of merit"),
    "social_protection": Label("bảo trợ xã hội", "social protection"),
    "emergency": Label("trợ giúp khẩn cấp", "emergency aid"),
    "social_pension": Label("hưu trí xã hội", "social pension"),
    "veterans": Label("cựu chiến binh", "veterans"),
}
"""Whose rules a funeral allowance goes by."""
PLACES: Final = {
    "permanent_residence": Label("Nơi đăng ký thường trú", "permanent residence"),
    "allowance_office": Label("Nơi giải quyết trợ cấp", "allowance decided in"),
}
"""Places that a case can name beside its own."""
METHODS: Final = {
    "account": Label("chuyển khoản", "into an account"),
    "post": Label("qua bưu điện", "by post"),
    "cash": Label("tiền mặt tại quầy", "in cash at the desk"),
}
"""How an allowance is paid."""
NOTICES: Final = {
    "birth": Label("Cấp giấy chứng sinh", "Birth notice issued"),
    "death": Label("Cấp giấy báo tử", "Death notice issued"),
}
"""What a health facility did that made out a notice."""
SEXES: Final = {"male": Label("nam", "male"), "female": Label("nữ", "female")}


def moment(text: str) -> str:
    """A day and time as people write them, from RFC 3339."""
    return f"{from_text(text):%d/%m/%Y %H:%M}"


def day(text: str) -> str:
    """A day as people write it, from `2023-07-10`."""
    return f"{date.fromisoformat(text):%d/%m/%Y}"


def notice_label(notice: Mapping[str, Any]) -> Label:
    """The number of the notice that a health facility made out."""
    return Label(f"số {notice['number']}", f"no. {notice['number']}")


def services_label(services: Iterable[str]) -> Label:
    """The services that a family asked for."""
    labels = [SERVICES[service] for service in services]
    return Label(", ".join(label.vi for label in labels), ", ".join(label.en for label in labels))


def reason_label(code: str | None) -> Label:
    """Why a service was refused."""
    found = REFUSALS.get(code or "")
    return Label(found.vi, found.en) if found else Label(code or "", code or "")


def status_detail(status: str, due: str | None, reason: str | None) -> Label:
    """What a message about the case's status says."""
    label = CASE_STATUSES[status]
    if status == "processing" and due is not None:
        day = moment(due)
        return Label(f"{label.vi}, hẹn trả kết quả {day}", f"{label.en}, result due {day}")
    if reason is not None:
        why = reason_label(reason)
        return Label(f"{label.vi}: {why.vi}", f"{label.en}: {why.en}")
    return label


def apology_detail(apology: Record | None, due: str) -> Label:
    """What the letter says that sets a new date because a service is late, and who has it."""
    day, of = moment(due), AGENCIES.get((apology or {}).get("agency", ""))
    by = Label("", "") if of is None else Label(f" ({of.vi} chậm)", f" ({of.en} is late)")
    return Label(
        f"Phiếu xin lỗi và hẹn lại ngày trả kết quả{by.vi}, hẹn lại {day}",
        f"letter of apology{by.en}, new date {day}",
    )


def apology_label(apology: Record) -> Label:
    """That a letter of apology was given: which service, who has it, and since when it is late."""
    service, day = SERVICES[apology["service"]], moment(apology["due"])
    of = AGENCIES[apology["agency"]]
    return Label(
        f"Phiếu xin lỗi và hẹn lại ngày trả kết quả: {service.vi}, {of.vi}, hẹn cũ {day}",
        f"letter of apology with a new date: {service.en}, {of.en}, promised for {day} before",
    )


def result_label(name: str, value: Any) -> Label:
    """One of a case's results."""
    telling = _RESULTS.get(name)
    return Label(str(value), str(value)) if telling is None else telling(value)


def dong(vnd: int) -> Label:
    """A sum in đồng: `18.000.000 đồng`."""
    return Label(f"{vnd:,} đồng".replace(",", "."), f"{vnd:,} VND")


def entry_label(entry: Record) -> Label:
    """An entry in a register of births or deaths (*số, quyển số, trang số*), as events have it."""
    number, book, page = entry["number"], entry["book"], entry["page"]
    return Label(
        f"số {number}, quyển {book}, trang {page}", f"no. {number}, book {book}, page {page}"
    )


def allowance_label(value: Record) -> Label:
    """A funeral allowance that was granted: sum, group and decision."""
    vnd, group = dong(value["vnd"]), GROUPS[value["group"]]
    decision = value["decision"]
    return Label(
        f"{vnd.vi} ({group.vi}), quyết định {decision}",
        f"{vnd.en} ({group.en}), decision {decision}",
    )


def _payment_label(value: Record) -> Label:
    vnd, method, day = dong(value["vnd"]), METHODS[value["method"]], moment(value["paid"])
    return Label(f"{vnd.vi}, {method.vi}, {day}", f"{vnd.en}, {method.en}, {day}")


def numbered_label(value: Record) -> Label:
    """A registered stay or an identity card: the number, and the last day."""
    number, last = value["number"], day(value["until"])
    return Label(f"số {number}, đến hết {last}", f"no. {number}, until {last}")


_RESULTS: Final[Mapping[str, Callable[[Any], Label]]] = {
    "entry": entry_label,
    "death_entry": entry_label,
    "allowance": allowance_label,
    "paid": _payment_label,
    "temporary_residence": numbered_label,
    "identity_card": numbered_label,
}
