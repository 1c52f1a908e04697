"""What goes wrong between systems: orders, repetitions, fields."""

from re import compile as form
from typing import Final

from hub.orchestrator.labels import Label
from simulators.scenarios.births import GIRL, OPENING
from simulators.scenarios.scenario import Filing, Remark, Scenario
from simulators.scenarios.times import BY_TEN

PROVINCE: Final = Label(
    "Mã nguồn của một hệ thống cấp tỉnh nối với phần mềm DVCLT",
    "Code of a provincial system that is connected with the DVCLT software",
)
DOSSIER: Final = "H26.001.00001-230710-0001"

EXCHANGE: Final = (
    Scenario(
        name="wrong-status-order",
        title=Label("Sai thứ tự trạng thái", "Statuses in the wrong order"),
        source=PROVINCE,
        story=Label(
            "Một cửa báo 1 → 7 → 3 thay vì 1 → 3 → 7 → 4 → 5. Thông báo đó không làm đổi hồ sơ: "
            "“logic xử lý không hợp lệ”, cán bộ xem; việc đăng ký vẫn đi tiếp.",
            "The one-stop reports 1 → 7 → 3 instead of 1 → 3 → 7 → 4 → 5. The report changes "
            "nothing: “logic xử lý không hợp lệ”, for an officer; the registration goes on.",
        ),
        filings=[Filing(at=OPENING, baby=GIRL, arranged=BY_TEN)],
        remarks=[
            Remark(
                at="2023-07-10 09:00",
                system="one-stop",
                name="dossier.progressed",
                data=lambda case: {
                    "dossier": DOSSIER,
                    "agency": "H26.001.00001",
                    "codes": [1, 7, 3],
                },
            )
        ],
        glance="2023-07-10 09:15",
        meanwhile=[{"birth": 4, "manual": ("dvclt: progress_disordered",), "dossier": DOSSIER}],
        expected=[
            {
                "status": "completed",
                "dossier": DOSSIER,
                "birth": 10,
                "manual": ("dvclt: progress_disordered",),
                "entered.at": "2023-07-10 09:30",
            }
        ],
    ),
    Scenario(
        name="answer-lost",
        title=Label("“Đã tồn tại” khi gửi lại", "“Already exists” on a re-sent request"),
        source=Label(
            "Mã nguồn của một hệ thống cấp tỉnh: gửi lại khi gặp “client received SOAP Fault”; trả "
            "lời “đã tồn tại”, “đã có kết quả” được coi là thành công",
            "Code of a provincial system: it sends again on “client received SOAP Fault”; the "
            "answers “already exists” and “already has a result” count as success",
        ),
        story=Label(
            "Bốn cơ quan nhận yêu cầu nhưng câu trả lời thất lạc. Yêu cầu gửi lại cùng hồ sơ, cùng "
            "bước, cùng lần: một bản ghi, một số, một giấy, một thẻ.",
            "Four agencies take a request, and their answer is lost. It is sent again with the "
            "same dossier, step and attempt: one entry, one number, one certificate, one card.",
        ),
        filings=[Filing(at=OPENING, baby=GIRL, arranged=BY_TEN)],
        lost_answers=(
            "one-stop/receive",
            "civil-status/enter",
            "population/allocate",
            "social-insurance/card",
        ),
        heard=(
            "one-stop: client received SOAP Fault from server",
            "civil-status: client received SOAP Fault from server",
            "population: client received SOAP Fault from server",
            "social-insurance: client received SOAP Fault from server",
        ),
        expected=[
            {
                "status": "completed",
                "dossier": DOSSIER,
                "entered": "01/2023",
                "personal_id": form("001323[0-9]{6}"),
                "card": form("TE101[0-9]{10}"),
                "birth": 10,
                "residence": 10,
                "health_card": 10,
                "ct08": "1/CT08-00001",
                "said personal-id.issued": 1,
                "said birth.registered": 1,
                "said health-card.issued": 1,
                "manual": None,
            }
        ],
    ),
    Scenario(
        name="invalid-field",
        title=Label("Trường thông tin không hợp lệ", "A field is not valid"),
        source=Label(
            "Thông báo lỗi của hệ thống: “Hồ sơ có trường thông tin không hợp lệ” (docs/domain.md)",
            "The systems' own message: “Hồ sơ có trường thông tin không hợp lệ” (the dossier has a "
            "field that is not valid; docs/domain.md)",
        ),
        story=Label(
            "Giới tính của trẻ ghi “nam” thay vì mã của hợp đồng. Trục không chuyển đi, nêu đúng "
            "trường sai cho cổng và cho cán bộ; hồ sơ bên cạnh không bị giữ lại.",
            "The child's sex says “nam” instead of the contract's code. The hub does not route it "
            "and names the field, to the portal and to an officer; the case beside it goes on.",
        ),
        filings=[
            Filing(
                at=OPENING,
                title=Label("Hồ sơ sai", "the case with the fault"),
                baby=GIRL,
                changes={"/child/sex": "nam"},
                malformed=True,
            ),
            Filing(
                at=OPENING,
                title=Label("Hồ sơ bên cạnh", "the case beside it"),
                baby=GIRL,
                arranged=BY_TEN,
            ),
        ],
        expected=[
            {
                "status": None,
                "refused": ("payload_invalid /child/sex",),
                "manual": ("dvclt: delivery_rejected",),
                "said birth.registration.requested": 0,
            },
            {"status": "completed", "manual": None, "refused": None},
        ],
    ),
)
