"""1 July 2025: what an old unit decided never comes back to whoever waits for it."""

from collections.abc import Mapping
from re import compile as form
from typing import Any, Final

from hub.orchestrator.labels import Label
from schemas.payloads import SubmittedCase
from simulators.scenarios.dates import SUMMER_GIRL
from simulators.scenarios.handover import BEFORE
from simulators.scenarios.scenario import Filing, Remark, Scenario
from simulators.scenarios.times import BY_TEN, NEVER, takes

LOST: Final = Label(
    "Báo chí năm 2025: sau sắp xếp đơn vị hành chính 1/7/2025, kết quả thất lạc giữa các hệ thống; "
    "công cụ của một hệ thống cấp tỉnh: hỏi từ 5 lần không có kết quả thì đánh dấu, cán bộ có thể "
    "kết thúc thủ công",
    "The press of 2025: after the mergers of 1 July 2025 results were lost between systems; the "
    "tools of a provincial system: polled five times in vain it is flagged, and an officer may end "
    "it by force",
)
_NEVER_BACK: Final = {**BY_TEN, "civil-status/enter/1": NEVER}


def _takes_up(action: str, why: str) -> Mapping[str, Any]:
    """What an officer does about the birth."""
    return {"action": action, "service": "birth", "by": "Trần Quốc Huy", "why": why}


def _asks_again(case: SubmittedCase) -> Mapping[str, Any]:
    return _takes_up("retry", "Kết quả của đơn vị cũ bị thất lạc; gửi lại cho đơn vị kế thừa.")


def _ends(case: SubmittedCase) -> Mapping[str, Any]:
    return _takes_up("close", "Đã đăng ký trong hệ thống hộ tịch của đơn vị cũ.")


LOST_RESULTS: Final = (
    Scenario(
        name="result-lost-after-merger",
        title=Label(
            "Kết quả thất lạc sau sáp nhập 1/7/2025", "A result lost after the merger of 1 July"
        ),
        source=LOST,
        story=Label(
            "Nộp ngày 30/6/2025 tại một phường của Hà Giang (00691). Hộ tịch của đơn vị cũ đã nhận "
            "nhưng kết quả không bao giờ về. Sau năm lần hỏi, cả hai hồ sơ vào hàng đợi thủ công. "
            "Cán bộ gửi lại một hồ sơ: đơn vị kế thừa giải quyết dưới mã hồ sơ cũ, một bản ghi, "
            "một số, một giấy. Hồ sơ kia đã đăng ký trong hệ thống cũ nên được kết thúc thủ công.",
            "Filed on 30 June 2025 in a ward of Hà Giang (00691). The old unit's civil status took "
            "both, and no result ever comes back. After five polls both are in the manual queue. "
            "An officer sends one again: the successor decides it under the old code, one entry, "
            "one number, one certificate. The other was registered in the old system, and is ended "
            "by hand.",
        ),
        filings=[
            Filing(
                at=BEFORE,
                title=Label("Gửi lại cho đơn vị kế thừa", "sent again, to the successor"),
                commune="00691",
                baby=SUMMER_GIRL,
                arranged={**_NEVER_BACK, "social-insurance/card/1": takes(minutes=90)},
            ),
            Filing(
                at=BEFORE,
                title=Label("Kết thúc thủ công", "ended by hand"),
                commune="00691",
                baby=SUMMER_GIRL,
                arranged=_NEVER_BACK,
            ),
        ],
        remarks=[
            Remark(
                at="2025-07-08 09:00", system="dvclt", name="case.action.taken", data=_asks_again
            ),
            Remark(
                at="2025-07-08 09:00",
                system="dvclt",
                name="case.action.taken",
                data=_ends,
                filing=1,
            ),
        ],
        glance="2025-07-07 12:00",
        meanwhile=[
            {
                "birth": 4,
                "birth.waits": "overdue_birth_decision",
                "manual": ("dvclt: no_result_after_polls",),
                "dossier": "H22.024.00691-250630-0001",
                "dossier.agency": "H22.024.00691",
            },
            {"birth": 4, "manual": ("dvclt: no_result_after_polls",)},
        ],
        expected=[
            {
                "status": "completed",
                "by_hand": ("birth: retry",),
                "promised": "2025-07-03 17:00",
                "apology": "civil-status",
                "letters": 1,
                "dossier": "H22.024.00691-250630-0001",
                "dossier.agency": "H60.00691",
                "entered": "01/2025",
                "entered.at": "2025-07-08 10:30",
                "personal_id": form("008325[0-9]{6}"),
                "card": form("TE108[0-9]{10}"),
                "said birth.entry.requested": 2,
                "said birth.registered": 1,
                "manual": ("dvclt: no_result_after_polls",),
            },
            {
                "status": "refused",
                "reason": "closed_by_officer",
                "birth": 8,
                "residence": 8,
                "health_card": 8,
                "by_hand": ("birth: close",),
                "ended": "2025-07-08 09:00",
                "entered": None,
                "manual": ("dvclt: no_result_after_polls",),
            },
        ],
    ),
)
