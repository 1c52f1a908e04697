"""What people and officers leave undone: consent, supplements, silence, withdrawals."""

from re import compile as form
from typing import Final

from hub.orchestrator.labels import Label
from simulators.scenarios.births import GIRL, OPENING
from simulators.scenarios.scenario import Filing, Scenario
from simulators.scenarios.times import BY_TEN, NEVER, asks, refuses, takes

CONSENT: Final = Label(
    "Chủ hộ phải xác nhận đồng ý trên VNeID (tài liệu VNeID; docs/domain.md); không xác nhận thì "
    "chờ rồi bị từ chối (kiến thức chung)",
    "The household head has to confirm in VNeID (its published guide; docs/domain.md); without "
    "that the case waits and is then refused (common knowledge)",
)
SUPPLEMENT: Final = Label(
    "Hướng dẫn của phường: báo thiếu giấy tờ trong 1 ngày, 7 ngày làm việc để bổ sung, quá hạn thì "
    "từ chối; chỉ số của một tỉnh: yêu cầu bổ sung lần hai tính là quá hạn",
    "A ward's guide: missing papers are told within a day, 7 working days to send them, else "
    "refused; a province's indicators: a second request counts as overdue",
)
HEAD: Final = {"consent_needed": 1.0}

WAITING: Final = (
    Scenario(
        name="head-does-not-answer",
        title=Label("Chủ hộ không xác nhận", "The household head does not answer"),
        source=CONSENT,
        story=Label(
            "Đề nghị xác nhận trên VNeID hết hạn sau 7 ngày làm việc. Thường trú bị từ chối; khai "
            "sinh và thẻ BHYT đã cấp vẫn giữ nguyên.",
            "The question in VNeID lapses after 7 working days. The residence is refused; birth "
            "and health card stand.",
        ),
        filings=[
            Filing(
                at=OPENING,
                baby=GIRL,
                mix=HEAD,
                arranged={
                    **BY_TEN,
                    "vneid/consent/1": NEVER,
                    "residence/decide/1": takes(minutes=16 * 60),
                },
            )
        ],
        glance="2023-07-18 12:00",
        meanwhile=[
            {
                "residence": 4,
                "residence.waits": "household_consent",
                "residence.until": "2023-07-19 17:00",
                "health_card": 10,
            }
        ],
        expected=[
            {
                "status": "partly_completed",
                "birth": 10,
                "residence": 3,
                "residence.reason": "consent_expired",
                "health_card": 10,
                "at consent.requested": "2023-07-10 12:00",
                "at residence.registration.refused": "2023-07-20 09:00",
                "ended": "2023-07-20 09:00",
            }
        ],
    ),
    Scenario(
        name="head-declines",
        title=Label("Chủ hộ không đồng ý", "The household head declines"),
        source=CONSENT,
        story=Label(
            "Chủ hộ trả lời không đồng ý. Chỉ thường trú bị từ chối.",
            "The head answers no. Only the residence is refused.",
        ),
        filings=[
            Filing(
                at=OPENING,
                baby=GIRL,
                mix=HEAD,
                arranged={
                    **BY_TEN,
                    "vneid/consent/1": refuses("declined", minutes=120),
                },
            )
        ],
        expected=[
            {
                "status": "partly_completed",
                "birth": 10,
                "residence": 3,
                "residence.reason": "consent_declined",
                "health_card": 10,
                "at consent.declined": "2023-07-10 14:00",
                "ended": "2023-07-10 15:00",
                "card": form("TE101[0-9]{10}"),
            }
        ],
    ),
    Scenario(
        name="supplement-never-sent",
        title=Label("Công dân không bổ sung", "The supplement never comes"),
        source=SUPPLEMENT,
        story=Label(
            "Hộ tịch nêu cả hai thiếu sót trong một lần yêu cầu. Sau 7 ngày làm việc không có bổ "
            "sung, hồ sơ bị từ chối với đúng lý do đó.",
            "Civil status lists both defects in one request. After 7 working days without an "
            "answer the case is refused for just that.",
        ),
        filings=[
            Filing(
                at=OPENING,
                baby=GIRL,
                arranged={
                    **BY_TEN,
                    "civil-status/enter/1": asks("GCS_MO", "TK_CHUA_KY"),
                    "portal/birth/1": NEVER,
                },
            )
        ],
        glance="2023-07-19 16:59",
        meanwhile=[{"birth": 5, "birth.waits": "supplement", "birth.until": "2023-07-19 17:00"}],
        expected=[
            {
                "status": "refused",
                "reason": "supplement_expired",
                "question.1.defects": 2,
                "question.1.due": "2023-07-19 17:00",
                "said case.supplement.requested": 1,
                "birth": 3,
                "residence": 8,
                "health_card": 8,
                "ended": "2023-07-19 17:00",
            }
        ],
    ),
    Scenario(
        name="second-supplement",
        title=Label("Yêu cầu bổ sung lần hai", "A second request for a supplement"),
        source=SUPPLEMENT,
        story=Label(
            "Lần chờ bổ sung thứ nhất không tính vào thời hạn: hạn trả lùi một ngày làm việc. Lần "
            "thứ hai tính là quá hạn: hạn trả giữ nguyên.",
            "The first wait does not count: the case is due a working day later. The second counts "
            "as overdue: the date stays.",
        ),
        filings=[
            Filing(
                at=OPENING,
                baby=GIRL,
                arranged={
                    **BY_TEN,
                    "civil-status/enter/1": asks("GCS_MO"),
                    "portal/birth/1": takes(days=1),
                    "civil-status/enter/2": asks("TK_CHUA_KY"),
                    "portal/birth/2": takes(days=3),
                },
            )
        ],
        glance="2023-07-12 12:00",
        meanwhile=[
            {"birth": 5, "birth.waits": "second_supplement", "birth.until": "2023-07-20 17:00"}
        ],
        expected=[
            {
                "status": "completed",
                "promised": "2023-07-13 17:00",
                "due": "2023-07-14 17:00",
                "birth.overdue": 1,
                "question.1.due": "2023-07-19 17:00",
                "question.2.due": "2023-07-20 17:00",
                "said case.supplement.requested": 2,
                "entered.at": "2023-07-14 12:30",
            }
        ],
    ),
    Scenario(
        name="withdrawn-midway",
        title=Label("Công dân rút hồ sơ giữa chừng", "The family withdraws on the way"),
        source=Label(
            "Trạng thái 7 “Công dân yêu cầu rút hồ sơ” của Cổng Dịch vụ công quốc gia; không có "
            "hoàn tác tự động việc đã đăng ký (docs/domain.md)",
            "Status 7 “withdrawn by the citizen” of the National Public Service Portal; no "
            "registration is undone automatically (docs/domain.md)",
        ),
        story=Label(
            "Gia đình rút khi hộ tịch đang xử lý. Khai sinh vẫn đăng ký vì đã chuyển đi; thường "
            "trú và thẻ không được yêu cầu nữa.",
            "The family withdraws while civil status is at work. The birth is registered, since it "
            "was asked for; residence and card are not asked for any more.",
        ),
        filings=[Filing(at=OPENING, baby=GIRL, withdrawn="2023-07-10 09:00", arranged=BY_TEN)],
        expected=[
            {
                "status": "partly_completed",
                "birth": 10,
                "residence": 7,
                "health_card": 7,
                "residence.reason": "withdrawn",
                "personal_id": form("001323[0-9]{6}"),
                "said residence.registration.requested": 0,
                "said health-card.requested": 0,
            }
        ],
    ),
    Scenario(
        name="withdrawn-instead-of-answering",
        title=Label("Rút hồ sơ thay vì bổ sung", "Withdrawn instead of a supplement"),
        source=Label(
            "Trạng thái 5 và 7 của Cổng Dịch vụ công quốc gia; hướng dẫn của phường về bổ sung "
            "(docs/domain.md)",
            "Statuses 5 and 7 of the National Public Service Portal; a ward's guide on supplements "
            "(docs/domain.md)",
        ),
        story=Label(
            "Được yêu cầu bổ sung, gia đình rút hồ sơ. Việc chờ chấm dứt ngay lúc rút, không đợi "
            "hết 7 ngày làm việc; không có gì được đăng ký.",
            "Asked for a supplement, the family withdraws. The wait ends at that moment and not "
            "after 7 working days; nothing is registered.",
        ),
        filings=[
            Filing(
                at=OPENING,
                baby=GIRL,
                withdrawn="2023-07-11 14:00",
                arranged={
                    **BY_TEN,
                    "civil-status/enter/1": asks("GCS_MO"),
                    "portal/birth/1": NEVER,
                },
            )
        ],
        expected=[
            {
                "status": "withdrawn",
                "birth": 7,
                "residence": 7,
                "health_card": 7,
                "ended": "2023-07-11 14:00",
                "entered": None,
                "said personal-id.requested": 0,
            }
        ],
    ),
)
