"""Two units under one agency id, as civil status meets it."""

from collections.abc import Mapping
from typing import Any, Final

from hub.orchestrator.labels import Label
from schemas.payloads import SubmittedCase
from simulators.scenarios.births import GIRL, OPENING
from simulators.scenarios.exchange import DOSSIER
from simulators.scenarios.interface import ONCE
from simulators.scenarios.scenario import Filing, Outage, Remark, Scenario
from simulators.scenarios.times import BY_TEN, NEVER

SHARED: Final = Label(
    "Công cụ đối soát của một hệ thống cấp tỉnh: trùng mã đơn vị thì hồ sơ không được tạo; mã lỗi "
    "106 của dịch vụ hộ tịch",
    "The tools of a provincial system: where an agency id is given twice the dossier is never "
    "created; error 106 of the civil-status services",
)


def _under_a_shared_code(case: SubmittedCase) -> Mapping[str, Any]:
    """What the one-stop of another unit with the same id asks for, under the first one's code."""
    filed = case.model_dump(mode="json")
    of_the_case = ("commune", "requester", "child", "mother", "father")
    return {
        "dossier": DOSSIER,
        "agency": "H26.001.00001",
        **{name: filed[name] for name in of_the_case},
    }


def _sends_again(case: SubmittedCase) -> Mapping[str, Any]:
    return {
        "action": "retry",
        "service": "birth",
        "by": "Trần Quốc Huy",
        "why": "Danh mục mã đơn vị đã được sửa.",
    }


AGENCY_IDS: Final = (
    Scenario(
        name="duplicate-agency-id",
        title=Label("Trùng mã đơn vị", "An agency id that is given twice"),
        source=SHARED,
        story=Label(
            "Thứ Hai danh mục của trục gán mã đơn vị cho nơi khác, hộ tịch trả 106 "
            "AGENCY_ID_INCORRECT. Thứ Ba một đơn vị khác cùng mã đánh số từ đầu, mã hồ sơ trùng "
            "với hồ sơ thứ Hai: hộ tịch từ chối, không nhận nhầm thành hồ sơ kia. Cả hai vào hàng "
            "đợi thủ công với đúng lỗi đó; 10:30 cán bộ gửi lại sau khi sửa danh mục, mỗi hồ sơ "
            "một bản ghi, một giấy.",
            "On Monday the gateway's catalogue has the unit's id for another place, and civil "
            "status answers 106 AGENCY_ID_INCORRECT. On Tuesday another unit with the same id "
            "begins its numbers anew, and its dossier has Monday's code: civil status refuses it "
            "and does not take it for the other. Both are in the manual queue with that very "
            "error; at half past ten, when the catalogue is mended, an officer sends them again: "
            "one entry and one certificate each.",
        ),
        filings=[
            Filing(
                at=OPENING,
                title=Label("Mã của nơi khác", "another place's id"),
                baby=GIRL,
                arranged=BY_TEN,
            ),
            Filing(
                at="2023-07-11 08:00",
                title=Label("Mã hồ sơ trùng", "a dossier code that is taken"),
                baby=GIRL,
                arranged={**BY_TEN, "one-stop/receive/1": NEVER},
            ),
        ],
        outages=[Outage(since="2023-07-10 08:20", until="2023-07-10 10:00", answer="unit")],
        heard=(
            "civil-status: AGENCY_ID_INCORRECT - Mã đơn vị không chính xác.",
            "civil-status: DATA_INCORRECT – Mã hồ sơ này là của hồ sơ liên thông khác, đề nghị "
            f"kiểm tra trùng mã đơn vị: {DOSSIER}",
        ),
        remarks=[
            Remark(
                at="2023-07-10 10:30", system="dvclt", name="case.action.taken", data=_sends_again
            ),
            Remark(
                at="2023-07-11 08:30",
                system="one-stop",
                name="birth.entry.requested",
                data=_under_a_shared_code,
                filing=1,
            ),
            Remark(
                at="2023-07-11 10:30",
                system="dvclt",
                name="case.action.taken",
                data=_sends_again,
                filing=1,
            ),
        ],
        glance="2023-07-10 10:15",
        meanwhile=[
            {"birth": 4, "manual": ("civil-status: agency_refused",), "entered": None},
            {"status": None},
        ],
        expected=[
            {
                **ONCE,
                "by_hand": ("birth: retry",),
                "said birth.entry.requested": 2,
                "dossier": DOSSIER,
                "entered": "01/2023",
                "entered.at": "2023-07-10 12:00",
                "manual": ("civil-status: agency_refused",),
                "letters": None,
            },
            {
                **ONCE,
                "by_hand": ("birth: retry",),
                "said birth.entry.requested": 2,
                "dossier": "H26.001.00001-230711-0001",
                "entered": "02/2023",
                "entered.at": "2023-07-11 12:00",
                "manual": ("civil-status: agency_refused",),
                "letters": None,
            },
        ],
    ),
)
