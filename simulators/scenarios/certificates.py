"""The draft of a birth certificate: who agrees with it, who says nothing, who finds a mistake."""

from re import compile as form
from typing import Final

from hub.orchestrator.labels import Label
from simulators.scenarios.births import GIRL, OPENING
from simulators.scenarios.scenario import Filing, Scenario
from simulators.scenarios.times import BY_TEN, NEVER, refuses, takes

DRAFT: Final = Label(
    "Nghị định 87/2020/NĐ-CP và Thông tư 01/2022/TT-BTP: đăng ký trực tuyến thì công chức hộ tịch "
    "gửi biểu mẫu điện tử để người yêu cầu kiểm tra, xác nhận trong một ngày, không trả lời là "
    "đồng ý (kiến thức chung; docs/domain.md)",
    "Decree 87/2020/NĐ-CP and Circular 01/2022/TT-BTP: on online registration the civil-status "
    "officer sends the electronic form, which the requester checks and confirms within a day; no "
    "answer is agreement (common knowledge; docs/domain.md)",
)
CHECKED: Final = {"draft_certificates": True}
CERTIFICATE: Final = form(r"urn:lienthong:KQ\.G15\.000031:00001:1/2023")

CERTIFICATES: Final = (
    Scenario(
        name="draft-agreed",
        title=Label("Bản điện tử được đồng ý", "The draft is agreed with"),
        source=DRAFT,
        story=Label(
            "Có số định danh, hộ tịch gửi bản điện tử giấy khai sinh. Hồ sơ chờ người yêu cầu, hạn "
            "24 giờ; ngày hẹn trả không đổi. Người yêu cầu đồng ý sau hai giờ rưỡi, khi đó giấy "
            "khai sinh mới được cấp.",
            "The child has its number, and civil status sends a draft of the certificate. The case "
            "waits for the requester, for 24 hours at most; its date stays. The requester agrees "
            "after two and a half hours, and only then is the certificate issued.",
        ),
        world=CHECKED,
        filings=[
            Filing(
                at=OPENING,
                baby=GIRL,
                arranged={
                    **BY_TEN,
                    "portal/certificate/1": takes(minutes=150),
                    "civil-status/issue/1": takes(minutes=20),
                },
            )
        ],
        glance="2023-07-10 11:00",
        meanwhile=[
            {
                "entered": "01/2023",
                "certificate": None,
                "birth": 4,
                "birth.waits": "draft_answer",
                "birth.until": "2023-07-11 10:00",
                "birth.due": "2023-07-13 17:00",
                "residence": 1,
            }
        ],
        expected=[
            {
                "status": "completed",
                "promised": "2023-07-13 17:00",
                "due": "2023-07-13 17:00",
                "at certificate.drafted": "2023-07-10 10:00",
                "at certificate.draft.answered": "2023-07-10 12:30",
                "at birth.registered": "2023-07-10 12:50",
                "certificate": CERTIFICATE,
                "ended": "2023-07-10 14:50",
            }
        ],
    ),
    Scenario(
        name="draft-not-answered",
        title=Label("Không trả lời về bản điện tử", "Nobody answers on the draft"),
        source=DRAFT,
        story=Label(
            "Hết 24 giờ không có trả lời thì coi là đồng ý: giấy khai sinh được cấp ngay sau đó, "
            "không ai phải can thiệp.",
            "24 hours without an answer are agreement: the certificate is issued right after that, "
            "and nobody has to step in.",
        ),
        world=CHECKED,
        filings=[
            Filing(
                at=OPENING,
                baby=GIRL,
                arranged={
                    **BY_TEN,
                    "portal/certificate/1": NEVER,
                    "civil-status/issue/1": takes(minutes=20),
                },
            )
        ],
        glance="2023-07-11 10:10",
        meanwhile=[
            {"certificate": None, "birth": 4, "birth.waits": "certificate_issue", "manual": None}
        ],
        expected=[
            {
                "status": "completed",
                "due": "2023-07-13 17:00",
                "at certificate.drafted": "2023-07-10 10:00",
                "said certificate.draft.answered": 0,
                "at birth.registered": "2023-07-11 10:20",
                "certificate": CERTIFICATE,
                "ended": "2023-07-11 12:20",
                "manual": None,
            }
        ],
    ),
    Scenario(
        name="draft-corrected",
        title=Label("Bản điện tử có chỗ ghi sai", "The draft has a mistake"),
        source=DRAFT,
        story=Label(
            "Người yêu cầu báo bản điện tử ghi sai dân tộc của người mẹ. Công chức sửa bản điện tử "
            "rồi cấp giấy khai sinh; việc ghi trong sổ vẫn nguyên, không gửi bản thứ hai.",
            "The requester says that the draft has the mother's ethnic group wrong. The officer "
            "mends the draft and issues the certificate; the entry in the register stays as it is, "
            "and there is no second draft.",
        ),
        world=CHECKED,
        filings=[
            Filing(
                at=OPENING,
                baby=GIRL,
                arranged={
                    **BY_TEN,
                    "portal/certificate/1": refuses("dan_toc"),
                    "civil-status/mend/1": takes(minutes=45),
                },
            )
        ],
        expected=[
            {
                "status": "completed",
                "entered": "01/2023",
                "entered.at": "2023-07-10 09:30",
                "said certificate.drafted": 1,
                "at certificate.draft.answered": "2023-07-10 11:00",
                "at birth.registered": "2023-07-10 11:45",
                "certificate": CERTIFICATE,
                "said birth.registered": 1,
                "ended": "2023-07-10 13:45",
            }
        ],
    ),
)
