"""What an agency's record adds to the title of its event: numbers, days, sums, reasons."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

from connectors.agencies.codes import (
    CIVIL_STATUS,
    PAYOUT,
    POPULATION,
    RESIDENCE,
    SOCIAL_INSURANCE,
    SOCIAL_PROTECTION,
    Dialect,
    moment_at,
)
from connectors.agencies.defects import DEFECTS
from hub.orchestrator.labels import ACTIONS, Label
from schemas.event import from_text
from simulators.runs.wording import (
    METHODS,
    NOTHING,
    SERVICES,
    allowance_label,
    day,
    dong,
    entry_label,
    moment,
    numbered_label,
    reason_label,
)


class Source(NamedTuple):
    """A record, and the system whose agency has it."""

    system: str
    record: Mapping[str, Any]


def detail(event: str, source: Source | None) -> Label:
    """What the record adds; nothing where there is none."""
    telling = _DETAILS.get(event)
    return NOTHING if telling is None or source is None else telling(source)


def action_detail(actions: Sequence[Mapping[str, Any]], at: datetime) -> Label:
    """What an officer did at that moment, to which service, who and why."""
    for action in actions:
        if from_text(action["at"]) == at:
            did, said = ACTIONS[action["action"]], f"{action['by']}: {action['why']}"
            if action["service"] is None:
                return Label(f"{did.vi}; {said}", f"{did.en}; {said}")
            about = SERVICES[action["service"]]
            return Label(f"{did.vi} ({about.vi}); {said}", f"{did.en} ({about.en}); {said}")
    return NOTHING


_DIALECTS: Final[Mapping[str, Dialect]] = {
    "civil-status": CIVIL_STATUS,
    "population": POPULATION,
    "residence": RESIDENCE,
    "social-insurance": SOCIAL_INSURANCE,
    "social-protection": SOCIAL_PROTECTION,
}
_PROGRESS: Final = {
    4: Label("một cửa tiếp nhận, mã hồ sơ {}", "accepted by the one-stop as dossier {}"),
    10: Label("một cửa trả kết quả hồ sơ {}", "the one-stop returned the result of dossier {}"),
    3: Label("một cửa đóng hồ sơ {}", "the one-stop closed dossier {}"),
}
"""What the one-stop reports, by its status of the dossier (1-10)."""
_VALIDITY: Final = ("tu_ngay", "den_ngay")


def _progress(source: Source) -> Label:
    text, code = _PROGRESS[source.record["trang_thai"]], source.record["ma_ho_so"]
    return Label(text.vi.format(code), text.en.format(code))


def _entry(record: Mapping[str, Any]) -> Label:
    number = f"{record['so']:02}/{record['nam']}"
    return entry_label({"number": number, "book": record["quyen"], "page": record["trang"]})


def _entered(source: Source) -> Label:
    entry = _entry(source.record)
    return Label(f"đã ghi sổ khai sinh {entry.vi}", f"entered in the register, {entry.en}")


def _number(source: Source) -> Label:
    return Label(source.record["so_dinh_danh"], source.record["so_dinh_danh"])


def _certificate(source: Source) -> Label:
    paper = source.record["giay_khai_sinh"]
    return Label(f"cấp giấy khai sinh {paper}", f"certificate {paper}")


def _drafted(source: Source) -> Label:
    record = source.record
    day = CIVIL_STATUS.day.read(record["ngay_het_han"])
    last = moment(moment_at(day, record["gio_het_han"]))
    return Label(
        f"trả lời trước {last}, không trả lời là đồng ý",
        f"to be answered by {last}, no answer is agreement",
    )


def _checked(source: Source) -> Label:
    wrong = source.record["y_kien"]
    if wrong is None:
        return Label("đồng ý", "agreed")
    return Label(f"đề nghị sửa: {wrong}", f"to be put right: {wrong}")


def _extract(source: Source) -> Label:
    entry, paper = _entry(source.record), source.record["trich_luc"]
    return Label(
        f"đã ghi sổ khai tử {entry.vi}, trích lục {paper}",
        f"entered in the register, {entry.en}, extract {paper}",
    )


def _refused(source: Source) -> Label:
    return reason_label(source.record["ly_do"])


def _asked(source: Source) -> Label:
    record = source.record
    head = record["ho_ten_chu_ho"]
    last = RESIDENCE.day.read(record["ngay_het_han"])
    until = moment(moment_at(last, record["gio_het_han"]))
    return Label(
        f"hỏi chủ hộ {head}, trả lời trước {until}", f"{head} is asked to answer by {until}"
    )


def _answered(source: Source) -> Label:
    name = source.record["ho_ten"]
    return Label(f"{name} trả lời trên VNeID", f"{name} answers in VNeID")


def _incomplete(source: Source) -> Label:
    record = source.record
    if "thieu" not in record:  # the money came back
        return _refused(source)
    defects = [DEFECTS[code] for code in record["thieu"]]
    last_day = _DIALECTS[source.system].day.read(record["han_bo_sung"])
    last = moment(moment_at(last_day, record["gio_han"]))
    vi, en = (" ".join(defect[language] for defect in defects) for language in ("vi", "en"))
    return Label(f"{vi} Bổ sung trước {last}", f"{en} To be sent by {last}")


def _supplied(source: Source) -> Label:
    record = source.record
    service, number = SERVICES[record["dich_vu"]], record["lan"]
    if record.get("cach_nhan") is not None:
        method = METHODS[PAYOUT.read[record["cach_nhan"]]]
        return Label(f"{service.vi}: nhận {method.vi}", f"{service.en}: {method.en}")
    return Label(
        f"giấy tờ cho {service.vi}, lần {number}", f"papers for {service.en}, no. {number}"
    )


def _notice(source: Source) -> Label:
    number = source.record["so_ct08"]
    return Label(f"thông báo CT08 số {number}", f"notice CT08 no. {number}")


def _stay(source: Source) -> Label:
    record = source.record
    stay = numbered_label(
        {"number": record["so_ct08"], "until": RESIDENCE.day.read(record["den_ngay"])}
    )
    return Label(f"thông báo CT08 {stay.vi}", f"notice CT08 {stay.en}")


def _card(source: Source) -> Label:
    record = source.record
    first, last = (SOCIAL_INSURANCE.day.read(record[name]) for name in _VALIDITY)
    return _valid(record["ma_the"], first, last)


def _identity_card(source: Source) -> Label:
    record = source.record
    first, last = (POPULATION.day.read(record[name]) for name in ("ngay_cap", "den_ngay"))
    return _valid(record["so_the"], first, last)


def _valid(card: str, first: str, last: str) -> Label:
    """A card with its first and its last day."""
    return Label(
        f"thẻ {card}, giá trị {day(first)} đến {day(last)}",
        f"card {card}, valid {day(first)} to {day(last)}",
    )


def _granted(source: Source) -> Label:
    record = source.record
    return allowance_label(
        {"vnd": record["so_tien"], "group": record["nhom"], "decision": record["so_quyet_dinh"]}
    )


def _to_be_paid(source: Source) -> Label:
    vnd, name = dong(source.record["so_tien"]), source.record["ho_ten_nhan"]
    return Label(f"{vnd.vi} cho {name}", f"{vnd.en} to {name}")


def _paid(source: Source) -> Label:
    record = source.record
    vnd, method = dong(record["so_tien"]), METHODS[PAYOUT.read[record["hinh_thuc"]]]
    bank, reference = record["ngan_hang"], record["ma_giao_dich"]
    where = "" if bank is None else f" ({bank})"
    return Label(
        f"{vnd.vi}, {method.vi}{where}, mã giao dịch {reference}",
        f"{vnd.en}, {method.en}{where}, reference {reference}",
    )


_DETAILS: Final[Mapping[str, Callable[[Source], Label]]] = {
    "dossier.progressed": _progress,
    "personal-id.requested": _entered,
    "personal-id.issued": _number,
    "certificate.drafted": _drafted,
    "certificate.draft.answered": _checked,
    "birth.registered": _certificate,
    "birth.registration.refused": _refused,
    "death.registered": _extract,
    "death.registration.refused": _refused,
    "consent.requested": _asked,
    "consent.given": _answered,
    "consent.declined": _answered,
    "residence.registered": _notice,
    "residence.registration.refused": _refused,
    "residence.removed": _notice,
    "residence.removal.refused": _refused,
    "residence.temporary.registered": _stay,
    "residence.temporary.refused": _refused,
    "health-card.issued": _card,
    "health-card.refused": _refused,
    "identity-card.issued": _identity_card,
    "identity-card.refused": _refused,
    "funeral-allowance.granted": _granted,
    "funeral-allowance.refused": _refused,
    "payout.requested": _to_be_paid,
    "payout.made": _paid,
    "payout.failed": _refused,
    "supplement.requested": _incomplete,
    "case.supplement.requested": _incomplete,
    "case.supplement.provided": _supplied,
}
