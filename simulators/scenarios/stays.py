"""How long somebody may be registered where they stay, and what comes of asking twice."""

from dataclasses import replace
from typing import Final

from hub.orchestrator.labels import Label
from simulators.scenarios.births import OPENING
from simulators.scenarios.scenario import Filing, Scenario
from simulators.scenarios.times import asks, takes

LAW: Final = Label(
    "Luật 68/2020/QH14 (Luật Cư trú), Điều 27, 28: tối đa 24 tháng, 3 ngày làm việc (kiến thức "
    "chung, chưa đối chiếu; docs/domain.md)",
    "Law 68/2020/QH14 (on Residence), articles 27 and 28: 24 months at most, 3 working days "
    "(common knowledge, unchecked; docs/domain.md)",
)
STAY: Final = Filing(at=OPENING, mix={"stays": 1.0})
IN_TWO_HOURS: Final = {"residence/register_stay/1": takes(minutes=120)}
"""Decided two hours after it was filed."""

STAYS: Final = (
    Scenario(
        name="stay-of-24-months",
        title=Label("Tạm trú đúng 24 tháng", "A stay of 24 months to the day"),
        source=LAW,
        story=Label(
            "Nộp ngày 10/07/2023: đến hết 10/07/2025 còn được đăng ký, thêm một ngày thì bị từ "
            "chối ngay khi tiếp nhận và công an xã không nhận được gì; thời hạn đã hết cũng vậy.",
            "Filed on 10 July 2023: until 10 July 2025 it is registered; a day longer, it is "
            "refused at intake and the commune police never hear of it; and so is one that is "
            "over.",
        ),
        filings=[
            replace(
                STAY,
                title=Label("Ngày cuối cùng được phép", "the last day that is allowed"),
                changes={"/until": "2025-07-10"},
                arranged=IN_TWO_HOURS,
            ),
            replace(
                STAY,
                title=Label("Thêm một ngày", "a day longer"),
                changes={"/until": "2025-07-11"},
            ),
            replace(
                STAY,
                title=Label("Đã hết hôm qua", "over since yesterday"),
                changes={"/until": "2023-07-09"},
            ),
        ],
        expected=[
            {
                "status": "completed",
                "promised": "2023-07-13 17:00",
                "temporary_residence": 10,
                "ct08": "1/CT08-TT-00001",
                "stays_until": "2025-07-10",
                "ended": "2023-07-10 10:00",
            },
            *(
                {
                    "status": "refused",
                    "reason": "stay_too_long",
                    "promised": None,
                    "temporary_residence": 3,
                    "said residence.temporary.requested": 0,
                    "ended": "2023-07-10 08:00",
                },
            )
            * 2,
        ],
    ),
    Scenario(
        name="stay-filed-twice",
        title=Label("Đăng ký tạm trú hai lần", "A stay filed twice"),
        source=LAW,
        story=Label(
            "Công an xã yêu cầu giấy tờ về chỗ ở; trong khi chờ, người đó nộp thêm một hồ sơ khác "
            "và được đăng ký. Giấy tờ bổ sung đến sau nên hồ sơ đầu bị từ chối: một người chỉ có "
            "một đăng ký tạm trú.",
            "The commune police ask for proof of the dwelling; meanwhile that person files again "
            "and is registered. The papers come later, and the first case is refused: a person "
            "is registered once.",
        ),
        filings=[
            replace(
                STAY,
                title=Label("Hồ sơ đầu", "the first case"),
                arranged={
                    "residence/register_stay/1": asks("CHO_O_TT"),
                    "portal/temporary_residence/1": takes(days=1),
                    "residence/register_stay/2": takes(minutes=120),
                },
            ),
            replace(
                STAY,
                at="2023-07-10 13:00",
                title=Label("Hồ sơ sau", "the second case"),
                family_of=0,
                same_person=True,
                arranged=IN_TWO_HOURS,
            ),
        ],
        expected=[
            {
                "status": "refused",
                "reason": "duplicate_of",
                "question.1.defects": 1,
                "question.1.due": "2023-07-19 17:00",
                "due": "2023-07-14 17:00",
                "temporary_residence": 3,
                "ct08": None,
                "ended": "2023-07-11 11:00",
            },
            {
                "status": "completed",
                "temporary_residence": 10,
                "ct08": "1/CT08-TT-00001",
                "ended": "2023-07-10 15:00",
            },
        ],
    ),
    Scenario(
        name="stay-on-saturday",
        title=Label("Tạm trú nộp sáng thứ Bảy", "A stay filed on a Saturday morning"),
        source=Label(
            "Hướng dẫn của phường: Công an làm việc cả sáng thứ Bảy; 11:30 và việc nghỉ thứ Bảy "
            "trong đợt nghỉ lễ là giả định; Luật 68/2020/QH14, Điều 28: 3 ngày làm việc",
            "A ward's guide: the police are there on Saturday mornings; until 11:30, and not on a "
            "Saturday within a holiday, is assumed; Law 68/2020/QH14, article 28: 3 working days",
        ),
        story=Label(
            "Nộp 9:00 thứ Bảy thì tính ngay hôm đó, hẹn trả thứ Tư; nộp 11:31 thì từ thứ Hai; nộp "
            "chiều thứ Sáu sau 15:00 thì từ sáng thứ Bảy. Thứ Bảy 2/9 là ngày lễ: tính từ thứ Ba.",
            "Filed at 9:00 on a Saturday it counts from that day and is due on Wednesday; at 11:31 "
            "from Monday; on Friday after 15:00 from Saturday morning. Saturday 2 September is a "
            "holiday: it counts from Tuesday.",
        ),
        filings=[
            replace(
                STAY,
                at="2023-07-15 09:00",
                title=Label("Thứ Bảy 9:00", "Saturday at 9:00"),
                arranged=IN_TWO_HOURS,
            ),
            replace(STAY, at="2023-07-15 11:31", title=Label("Thứ Bảy 11:31", "Saturday at 11:31")),
            replace(STAY, at="2023-07-14 15:30", title=Label("Thứ Sáu 15:30", "Friday at 15:30")),
            replace(STAY, at="2023-09-02 09:00", title=Label("Ngày 2/9", "on 2 September")),
        ],
        expected=[
            {
                "promised": "2023-07-19 17:00",
                "status": "completed",
                "ended": "2023-07-15 11:00",
            },
            {"promised": "2023-07-20 17:00", "status": "completed"},
            {"promised": "2023-07-19 17:00", "status": "completed"},
            {"promised": "2023-09-08 17:00", "status": "completed"},
        ],
    ),
)
