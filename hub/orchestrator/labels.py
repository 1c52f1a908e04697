"""What people read for the codes in a case: dossier statuses, reasons for waiting, for parking.

Codes are part of the case document: they are added, never renamed. What only one chain waits for
stands with that chain; `hub.orchestrator.chains` has all of them together.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Label:
    """A text in both languages."""

    vi: str
    en: str


STATUSES = {
    1: Label("Mới đăng ký", "newly filed"),
    2: Label("Được tiếp nhận", "accepted"),
    3: Label("Không được tiếp nhận", "not accepted"),
    4: Label("Đang xử lý", "in process"),
    5: Label("Yêu cầu bổ sung giấy tờ", "supplement asked for"),
    6: Label("Yêu cầu thực hiện nghĩa vụ tài chính", "payment asked for"),
    7: Label("Công dân yêu cầu rút hồ sơ", "withdrawn by the citizen"),
    8: Label("Dừng xử lý", "stopped"),
    9: Label("Đã xử lý xong", "decided"),
    10: Label("Đã trả kết quả", "result returned"),
}
"""The statuses of a dossier on the National Public Service Portal; 3, 7, 8 and 10 are final."""

CASE_STATUSES = {
    "processing": Label("Đang giải quyết", "in process"),
    "completed": Label("Hoàn thành", "completed"),
    "partly_completed": Label("Hoàn thành một phần", "partly completed"),
    "refused": Label("Từ chối giải quyết", "refused"),
    "withdrawn": Label("Công dân đã rút hồ sơ", "withdrawn by the citizen"),
}
"""The statuses of a linked case as a whole; all but the first are final."""

ACTIONS = {
    "retry": Label("Gửi lại yêu cầu cho cơ quan", "request sent to the agency again"),
    "close": Label("Kết thúc thủ công", "ended by hand"),
    "supplement": Label("Bổ sung thay công dân", "supplement sent for the citizen"),
    "consent": Label("Ghi nhận ý kiến của chủ hộ", "household head's answer entered"),
    "withdraw": Label("Rút hồ sơ thay công dân", "withdrawn for the citizen"),
    "settle": Label("Xác nhận đã xử lý xong", "noted as dealt with"),
}
"""What an officer can do to a case by hand."""

OVERDUE = "overdue_"
"""Before a reason for waiting: its deadline has passed and the case still waits."""

SUPPLEMENT_WAITS = {
    "supplement": Label("Chờ công dân bổ sung hồ sơ", "the citizen has yet to send a supplement"),
    "second_supplement": Label(
        "Chờ công dân bổ sung lần hai, tính là quá hạn",
        "the citizen was asked a second time, which counts as overdue",
    ),
}
"""Why a service of any chain waits for its citizen."""


UNIT_WAIT = "receiving_unit"
UNIT_WAITS = {
    UNIT_WAIT: Label(
        "Chờ xác định đơn vị tiếp nhận", "the unit that receives it has yet to be found"
    ),
}
"""Why a service of any chain waits that nobody is known to receive."""

UNIT_UNMAPPED = "unit_unmapped"
"""Why an officer gets a case whose request nobody is known to receive."""


def with_overdue(waits: Mapping[str, Label]) -> dict[str, Label]:
    """The reasons for waiting, and each once more for when its deadline has passed."""
    return dict(waits) | {
        OVERDUE + code: Label(f"Quá hạn: {text.vi}", f"overdue: {text.en}")
        for code, text in waits.items()
    }


PARKING = {
    "withdrawal": Label(
        "Công dân rút hồ sơ, nhưng phần việc sau đó đã được chuyển đi",
        "a withdrawal came when what it should have stopped was under way",
    ),
    "supplement_requested": Label(
        "Cơ quan yêu cầu bổ sung quá số lần cho phép",
        "an agency asks for a supplement once too often",
    ),
    "supplement_provided": Label(
        "Công dân gửi bổ sung nhưng không có yêu cầu đang chờ",
        "the citizen sent a supplement that nothing waits for",
    ),
    "no_result_after_polls": Label(
        "Đã hỏi kết quả đủ số lần mà hộ tịch không trả, có thể đã làm ngoài hệ thống",
        "civil status was polled in vain so often that it may have been done outside the system",
    ),
    UNIT_UNMAPPED: Label(
        "Chưa rõ đơn vị kế thừa của xã, phường trong hồ sơ nên chưa chuyển được yêu cầu",
        "no table says which unit deals with the case's commune, so nothing could be sent",
    ),
    "overdue": Label("Quá hạn lâu mà chưa có kết quả", "long overdue, and still no answer"),
    "delivery_rejected": Label(
        "Một sự kiện của hồ sơ bị từ chối định tuyến", "an event of the case was not routed"
    ),
    "submitted_again": Label(
        "Mã hồ sơ đã dùng cho lần nộp khác", "the case code was used for another submission"
    ),
    "progress_disordered": Label("Logic xử lý không hợp lệ", "progress codes in a wrong order"),
    "contradicts_decision": Label(
        "Trái với kết quả đã có", "it contradicts a decision that stands"
    ),
    "not_expected": Label(
        "Không chờ sự kiện này ở bước hiện tại", "nothing at this step asked for it"
    ),
}
"""Why an event waits for an officer in the manual queue; a chain may have more reasons."""
