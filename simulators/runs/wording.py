"""What the hub's events mean for a family, in both languages.

`detail` adds to an event's title what the agency's record says: numbers, days, reasons.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from connectors.agencies.codes import CIVIL_STATUS, RESIDENCE, SOCIAL_INSURANCE, moment_at
from connectors.agencies.defects import DEFECTS
from hub.orchestrator.labels import CASE_STATUSES, Label
from schemas.event import from_text
from schemas.reasons import REFUSALS

Record = Mapping[str, Any]
NOTHING: Final = Label("", "")
SERVICES: Final = {
    "birth": Label("khai sinh", "birth"),
    "residence": Label("thường trú", "residence"),
    "health_card": Label("thẻ BHYT", "health card"),
}
"""The services of the birth chain in a word or two."""
RESULTS: Final = {
    "dossier": Label("Mã hồ sơ một cửa", "one-stop dossier"),
    "entry": Label("Sổ đăng ký khai sinh", "register of births"),
    "personal_id": Label("Số định danh cá nhân", "personal ID"),
    "certificate": Label("Giấy khai sinh", "birth certificate"),
    "residence": Label("Thông báo CT08", "residence notice CT08"),
    "card": Label("Thẻ BHYT", "health-insurance card"),
}
"""What a case brings, in the order of the chain."""
SEXES: Final = {"male": Label("nam", "male"), "female": Label("nữ", "female")}


def moment(text: str) -> str:
    """A day and time as people write them, from RFC 3339."""
    return f"{from_text(text):%d/%m/%Y %H:%M}"


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


def detail(event: str, record: Record | None) -> Label:
    """What an agency's record adds to the title of the event that it published."""
    telling = _DETAILS.get(event)
    return NOTHING if telling is None or record is None else telling(record)


def result_label(name: str, value: Any) -> Label:
    """One of a case's results."""
    return entry_label(value) if name == "entry" else Label(value, value)


def entry_label(entry: Record) -> Label:
    """An entry in the register of births (*số, quyển số, trang số*), as events have it."""
    number, book, page = entry["number"], entry["book"], entry["page"]
    return Label(
        f"số {number}, quyển {book}, trang {page}", f"no. {number}, book {book}, page {page}"
    )


def _progress(record: Record) -> Label:
    text = _PROGRESS[record["trang_thai"]]
    code = record["ma_ho_so"]
    return Label(text.vi.format(code), text.en.format(code))


def _entered(record: Record) -> Label:
    number = f"{record['so']:02}/{record['nam']}"
    entry = entry_label({"number": number, "book": record["quyen"], "page": record["trang"]})
    return Label(f"đã ghi sổ khai sinh {entry.vi}", f"entered in the register, {entry.en}")


def _number(record: Record) -> Label:
    return Label(record["so_dinh_danh"], record["so_dinh_danh"])


def _certificate(record: Record) -> Label:
    paper = record["giay_khai_sinh"]
    return Label(f"cấp giấy khai sinh {paper}", f"certificate {paper}")


def _refused(record: Record) -> Label:
    return reason_label(record["ly_do"])


def _asked(record: Record) -> Label:
    head = record["ho_ten_chu_ho"]
    day = RESIDENCE.day.read(record["ngay_het_han"])
    until = moment(moment_at(day, record["gio_het_han"]))
    return Label(
        f"hỏi chủ hộ {head}, trả lời trước {until}", f"{head} is asked to answer by {until}"
    )


def _answered(record: Record) -> Label:
    return Label(f"{record['ho_ten']} trả lời trên VNeID", f"{record['ho_ten']} answers in VNeID")


def _incomplete(record: Record) -> Label:
    defects = [DEFECTS[code] for code in record["thieu"]]
    dialect = CIVIL_STATUS if "so_gcs" in record else RESIDENCE
    last = moment(moment_at(dialect.day.read(record["han_bo_sung"]), record["gio_han"]))
    vi, en = (" ".join(defect[language] for defect in defects) for language in ("vi", "en"))
    return Label(f"{vi} Bổ sung trước {last}", f"{en} To be sent by {last}")


def _supplied(record: Record) -> Label:
    service = SERVICES[record["dich_vu"]]
    return Label(
        f"giấy tờ cho {service.vi}, lần {record['lan']}",
        f"papers for {service.en}, no. {record['lan']}",
    )


def _resident(record: Record) -> Label:
    return Label(f"thông báo CT08 số {record['so_ct08']}", f"notice CT08 no. {record['so_ct08']}")


def _card(record: Record) -> Label:
    first, last = (
        datetime.fromisoformat(SOCIAL_INSURANCE.day.read(record[name])) for name in _VALIDITY
    )
    card, days = record["ma_the"], (f"{first:%d/%m/%Y}", f"{last:%d/%m/%Y}")
    return Label(
        f"thẻ {card}, giá trị {days[0]} đến {days[1]}",
        f"card {card}, valid {days[0]} to {days[1]}",
    )


_PROGRESS: Final = {
    4: Label("một cửa tiếp nhận, mã hồ sơ {}", "accepted by the one-stop as dossier {}"),
    10: Label("một cửa trả kết quả hồ sơ {}", "the one-stop returned the result of dossier {}"),
    3: Label("một cửa đóng hồ sơ {}", "the one-stop closed dossier {}"),
}
"""What the one-stop reports, by its status of the dossier (1-10)."""
_VALIDITY: Final = ("tu_ngay", "den_ngay")
_DETAILS: Final[dict[str, Callable[[Record], Label]]] = {
    "dossier.progressed": _progress,
    "personal-id.requested": _entered,
    "personal-id.issued": _number,
    "birth.registered": _certificate,
    "birth.registration.refused": _refused,
    "consent.requested": _asked,
    "consent.given": _answered,
    "consent.declined": _answered,
    "residence.registered": _resident,
    "residence.registration.refused": _refused,
    "health-card.issued": _card,
    "health-card.refused": _refused,
    "supplement.requested": _incomplete,
    "case.supplement.requested": _incomplete,
    "case.supplement.provided": _supplied,
}
