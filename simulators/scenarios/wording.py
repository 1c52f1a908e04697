"""What the facts of a scenario are called and what their values mean, in both languages."""

from datetime import datetime
from typing import Any, Final

from hub.orchestrator.chains import PARKING, WAITING
from hub.orchestrator.labels import ACTIONS, CASE_STATUSES, STATUSES, Label
from schemas.catalogue import CATALOGUE
from schemas.reasons import REFUSALS, REJECTIONS
from simulators.runs.wording import AGENCIES, GROUPS, METHODS, RESULTS, SERVICES

NONE: Final = Label("không có", "none")

_PLAIN: Final = {
    "status": Label("Trạng thái hồ sơ", "case status"),
    "reason": Label("Lý do", "reason"),
    "procedure": Label("Mã thủ tục", "procedure code"),
    "ended": Label("Kết thúc lúc", "ended"),
    "promised": Label("Ngày hẹn trả dự kiến", "result promised for"),
    "due": Label("Ngày hẹn trả sau cùng", "result due in the end"),
    "apology": Label("Phiếu xin lỗi nêu cơ quan chậm", "the letter of apology names"),
    "letters": Label("Số phiếu xin lỗi", "letters of apology"),
    "put_off": Label("Hẹn lại đến", "put off until"),
    "card_until": Label("Thẻ BHYT có giá trị đến", "health card valid until"),
    "identity_number": Label("Số thẻ căn cước", "identity card no."),
    "identity_until": Label("Thẻ căn cước có giá trị đến", "identity card valid until"),
    "stays_until": Label("Tạm trú đến hết", "stays until"),
    "entered": Label("Ghi vào sổ khai sinh, số", "entered in the register of births, no."),
    "entered.at": Label("Ghi vào sổ khai sinh lúc", "entered in the register of births at"),
    "files": Label("Số giấy có tệp PDF", "papers with a PDF file"),
    "certificate": RESULTS["certificate"],
    "personal_id": RESULTS["personal_id"],
    "ct08": RESULTS["residence"],
    "removal": RESULTS["removal"],
    "card": RESULTS["card"],
    "dossier": RESULTS["dossier"],
    "dossier.agency": Label("Mã đơn vị đang giữ hồ sơ", "agency that has the dossier"),
    "mother": Label("Số định danh của mẹ trong sổ", "the mother's ID in the register"),
    "decision": Label("Số quyết định trợ cấp", "decision on the allowance"),
    "granted.group": Label("Nhóm được hưởng", "group of the allowance"),
    "granted.vnd": Label("Mức trợ cấp mai táng", "funeral allowance"),
    "granted.count": Label("Số khoản được quyết định", "allowances granted"),
    "paid.vnd": Label("Đã chi trả", "paid"),
    "paid.method": Label("Hình thức chi trả", "way of payment"),
    "manual": Label("Hàng đợi thủ công", "manual queue"),
    "by_hand": Label("Cán bộ đã xử lý thủ công", "done by hand by an officer"),
    "refused": Label("Bị trục từ chối", "refused by the hub"),
    "heard": Label("Câu trả lời khi gián đoạn", "said while not serving"),
    "ledger": Label("Sổ cái đối soát tìm thấy", "findings of the ledger"),
    "open": Label("Số hồ sơ chưa kết thúc", "cases not ended"),
}
_OF_A_SERVICE: Final = {
    "": Label("trạng thái (1–10) của {}", "status (1-10) of the {}"),
    "reason": Label("lý do của {}", "reason of the {}"),
    "due": Label("hạn của {}", "the {} is due"),
    "waits": Label("{} đang chờ", "the {} waits for"),
    "until": Label("{} chờ đến", "the {} waits until"),
    "overdue": Label("{} tính là quá hạn (1: có)", "the {} counts as overdue (1: yes)"),
}
_OF_A_QUESTION: Final = {
    "due": Label("Hạn bổ sung lần {}", "supplement {} due"),
    "defects": Label("Số thiếu sót nêu trong lần {}", "defects listed in request {}"),
}


def label_of(fact: str) -> Label:
    """What a fact is called.

    Raises:
        KeyError: there is no fact of that name.
    """
    if fact in _PLAIN:
        return _PLAIN[fact]
    what, _, event = fact.partition(" ")
    if event:
        return _of_event(what, event)
    head, _, part = fact.rpartition(".") if "." in fact else (fact, "", "")
    if head.startswith("question."):
        return _filled(_OF_A_QUESTION[part], *(head.partition(".")[2],) * 2)
    service = SERVICES[head]
    return _filled(_OF_A_SERVICE[part], service.vi, service.en)


def _of_event(what: str, event: str) -> Label:
    kind = CATALOGUE[event]
    if what == "at":
        return Label(f"{kind.vi}: lúc", f"{kind.en}: at")
    return Label(f"{kind.vi}: số lần", f"{kind.en}: how often")


def _filled(label: Label, vi: str, en: str) -> Label:
    vi, en = label.vi.format(vi), label.en.format(en)
    return Label(vi[0].upper() + vi[1:], en)


def value_of(fact: str, value: Any) -> Label:
    """What the value of a fact means to people; a code keeps its place where it says more."""
    if value is None or value == ():
        return NONE
    if isinstance(value, tuple):
        texts = [_item(one) for one in value]
        return Label("; ".join(one.vi for one in texts), "; ".join(one.en for one in texts))
    if isinstance(value, int) and fact in SERVICES:
        status = STATUSES[value]
        return Label(f"{value} – {status.vi}", f"{value} – {status.en}")
    if isinstance(value, int) and fact.endswith(".vnd"):
        return Label(f"{value:,} đồng".replace(",", "."), f"{value:,} VND")
    found = _MEANINGS.get(fact.rpartition(".")[2], {}).get(value)
    if found is not None:
        return found
    text = day(str(value))
    return Label(text, text)


def _item(text: str) -> Label:
    """`<system>: <reason>`, `<service>: <action>`, `<reason> <pointer>`, or a finding."""
    head, mark, code = text.partition(": ")
    if mark:
        label = PARKING.get(code) or _REASONS.get(code) or ACTIONS.get(code) or Label(code, code)
        of = (_ACTED_ON if code in ACTIONS else AGENCIES).get(head) or Label(head, head)
        return Label(f"{of.vi}: {label.vi}", f"{of.en}: {label.en}")
    code, _, pointer = text.partition(" ")
    known = _REASONS.get(code)
    return Label(f"{known.vi} {pointer}", f"{known.en} {pointer}") if known else Label(text, text)


def day(text: str) -> str:
    """A moment or a day as people write it; anything else as it is."""
    try:
        value = datetime.fromisoformat(text)
    except ValueError:
        return text
    return f"{value:%d/%m/%Y %H:%M}" if " " in text else f"{value:%d/%m/%Y}"


_ACTED_ON: Final = {**SERVICES, "case": Label("hồ sơ", "case")}
_REASONS: Final = {
    code: Label(reason.vi, reason.en) for code, reason in (REFUSALS | REJECTIONS).items()
}
_MEANINGS: Final = {
    "status": CASE_STATUSES,
    "reason": _REASONS,
    "apology": AGENCIES,
    "waits": WAITING,
    "group": GROUPS,
    "method": METHODS,
}
