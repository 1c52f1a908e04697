"""The identity card of a child under 6: from which day on, by when, and until when."""

from re import compile as form
from typing import Final

from hub.orchestrator.labels import Label
from simulators.scenarios.scenario import Baby, Filing, Scenario
from simulators.scenarios.times import BY_TEN, takes

DECREE_301: Final = Label(
    "Nghị định 301/2026/NĐ-CP: thêm thẻ căn cước cho trẻ dưới 6 tuổi từ 1/9/2026; Luật Căn cước "
    "26/2023/QH15, Điều 21, 23, 26 (chưa đối chiếu văn bản gốc): cấp trong 7 ngày làm việc, không "
    "thu nhận sinh trắc học, đổi thẻ khi đủ 14 tuổi",
    "Decree 301/2026/NĐ-CP: the identity card of a child under 6 is added from 1 September 2026; "
    "Law on Identity 26/2023/QH15, articles 21, 23 and 26 (not checked against the text): issued "
    "within 7 working days, no biometrics, renewed at the age of 14",
)
_COMMUNE: Final = "00004"
"""Trúc Bạch of 2023, whose code the ward of Ba Đình has today."""
_GIRL: Final = Baby("female", "Bảo Ngọc", "2026-08-20 21:10")
_WITH_CARDS: Final = ["birth", "residence", "health_card", "identity_card"]
_NOT_TAKEN: Final = {
    "status": "refused",
    **dict.fromkeys(("birth", "residence", "health_card", "identity_card"), 3),
    "promised": None,
    "dossier": None,
    "manual": None,
    "said birth.registration.requested": 0,
    "said identity-card.requested": 0,
}

IDENTITY_CARDS: Final = (
    Scenario(
        name="identity-card",
        title=Label(
            "Thẻ căn cước từ ngày đầu tiên", "An identity card on the first day that there is one"
        ),
        source=DECREE_301,
        story=Label(
            "Nộp ngày 1/9/2026, đang nghỉ lễ: có thẻ căn cước trong hồ sơ liên thông. Ngày tiếp "
            "nhận là 3/9, hẹn trả sau 7 ngày làm việc theo thẻ căn cước chứ không phải 3 ngày. Thẻ "
            "được yêu cầu khi có số định danh, mang chính số đó, có giá trị đến ngày trẻ đủ 14 "
            "tuổi.",
            "Filed on 1 September 2026, a holiday: the linked case has an identity card. It is "
            "received on the 3rd and promised 7 working days later, for the card's sake, and not "
            "3. The card is asked for once there is a personal ID, has that number, and is valid "
            "until the day on which the child is 14.",
        ),
        documents="pdf",
        filings=[
            Filing(
                at="2026-09-01 09:00",
                commune=_COMMUNE,
                baby=_GIRL,
                mix={"identity_card": 1.0},
                arranged={
                    **BY_TEN,
                    "one-stop/receive/1": takes(days=1, minutes=23 * 60 + 30),
                    "population/identity_card/1": takes(days=5),
                },
            )
        ],
        glance="2026-09-07 12:00",
        meanwhile=[
            {
                **dict.fromkeys(("birth", "residence", "health_card"), 10),
                "identity_card": 4,
                "identity_card.waits": "identity_card_decision",
                "identity_number": None,
            }
        ],
        expected=[
            {
                "status": "completed",
                "procedure": "3.000722",
                "promised": "2026-09-14 17:00",
                "due": "2026-09-14 17:00",
                "at birth.registered": "2026-09-03 10:00",
                "at identity-card.requested": "2026-09-03 10:00",
                "at residence.registered": "2026-09-03 12:00",
                "at identity-card.issued": "2026-09-08 10:00",
                "personal_id": form("001326[0-9]{6}"),
                "identity_number": form("001326[0-9]{6}"),
                "identity_until": "2040-08-20",
                "card_until": "2032-09-30",
                "files": 4,
            }
        ],
    ),
    Scenario(
        name="identity-card-not-offered",
        title=Label(
            "Chọn thẻ căn cước khi chưa có, hoặc cho trẻ đã đủ 6 tuổi",
            "An identity card a day too early, or for a child of six",
        ),
        source=DECREE_301,
        story=Label(
            "Nộp ngày 31/8/2026 có chọn thẻ căn cước, và nộp ngày 1/9/2026 cho trẻ tròn 6 tuổi "
            "đúng ngày đó: dvclt từ chối ngay, nêu lý do và cách sửa; cũng ngày 31/8, hồ sơ không "
            "chọn thẻ vẫn được nhận.",
            "Filed on 31 August 2026 with an identity card, and on 1 September for a child that "
            "turns six that day: dvclt refuses both at once, with the reason and what to do. "
            "Without the card a case of 31 August is taken.",
        ),
        filings=[
            Filing(
                at="2026-08-31 10:00",
                title=Label("Sớm một ngày", "a day too early"),
                commune=_COMMUNE,
                baby=_GIRL,
                changes={"/services": _WITH_CARDS},
            ),
            Filing(
                at="2026-09-01 10:00",
                title=Label("Trẻ tròn 6 tuổi", "a child of six"),
                commune=_COMMUNE,
                baby=Baby("male", "Hải Đăng", "2020-09-01 05:00"),
                changes={"/services": ["birth", "residence", "identity_card"]},
            ),
            Filing(
                at="2026-08-31 10:00",
                title=Label("Không chọn thẻ", "without the card"),
                commune=_COMMUNE,
                baby=Baby("female", "Minh Thư", "2026-08-21 06:40"),
            ),
        ],
        expected=[
            {**_NOT_TAKEN, "reason": "identity_card_not_offered", "ended": "2026-08-31 10:00"},
            {
                **_NOT_TAKEN,
                "reason": "over_six",
                "health_card": None,
                "ended": "2026-09-01 10:00",
            },
            {"status": "completed", "promised": "2026-09-08 17:00", "identity_card": None},
        ],
    ),
)
