"""What is refused, by whom and why, and what stands all the same."""

from typing import Final

from hub.orchestrator.labels import Label
from simulators.scenarios.births import GIRL, LETTER_3160, OPENING
from simulators.scenarios.scenario import Baby, Filing, Scenario
from simulators.scenarios.times import BY_TEN, asks, refuses, takes

REFUSALS: Final = (
    Scenario(
        name="correction-refused",
        title=Label("Bổ sung rồi vẫn bị từ chối", "The correction is refused"),
        source=LETTER_3160,
        story=Label(
            "Hộ tịch yêu cầu chụp lại giấy chứng sinh; giấy bổ sung cho thấy tờ khai sai nên việc "
            "đăng ký bị từ chối, hai thủ tục sau dừng.",
            "Civil status asks for a better photo of the birth notice, which shows that the "
            "declaration is wrong: the registration is refused, the other two services stop.",
        ),
        filings=[
            Filing(
                at=OPENING,
                baby=GIRL,
                arranged={
                    **BY_TEN,
                    "civil-status/enter/1": asks("GCS_MO"),
                    "portal/birth/1": takes(days=1),
                    "civil-status/enter/2": refuses("notice_mismatch"),
                },
            )
        ],
        expected=[
            {
                "status": "refused",
                "reason": "notice_mismatch",
                "question.1.defects": 1,
                "question.1.due": "2023-07-19 17:00",
                "at case.supplement.provided": "2023-07-11 09:30",
                "due": "2023-07-14 17:00",
                "birth": 3,
                "residence": 8,
                "health_card": 8,
                "entered": None,
            }
        ],
    ),
    Scenario(
        name="data-differs",
        title=Label(
            "Khác với Cơ sở dữ liệu quốc gia về dân cư", "Data differ from the population database"
        ),
        source=Label(
            "Bất cập đã biết khi triển khai: thông tin lệch với CSDL dân cư dẫn đến bổ sung hoặc "
            "từ chối (kiến thức chung, chưa đối chiếu)",
            "A known trouble of the rollout: a mismatch with the population database leads to a "
            "supplement or a refusal (common knowledge, unchecked)",
        ),
        story=Label(
            "Ngày sinh của mẹ trên tờ khai khác với CSDL dân cư. Lý do nêu rõ và chỉ cách sửa.",
            "The mother's day of birth differs from the population database. The reason says so, "
            "and what to do.",
        ),
        filings=[
            Filing(
                at=OPENING,
                baby=GIRL,
                arranged={"civil-status/enter/1": refuses("population_mismatch")},
            )
        ],
        expected=[
            {
                "status": "refused",
                "reason": "population_mismatch",
                "birth": 3,
                "birth.reason": "population_mismatch",
                "residence": 8,
                "health_card": 8,
                "said personal-id.requested": 0,
            }
        ],
    ),
    Scenario(
        name="refused-at-intake",
        title=Label("Từ chối ngay khi tiếp nhận", "Refused at intake"),
        source=Label(
            "Phạm vi của nhóm thủ tục: phải có khai sinh; thẻ chỉ cho trẻ dưới 6 tuổi (Luật Bảo "
            "hiểm y tế, Điều 12); nộp tại nơi cư trú (docs/domain.md)",
            "The scope of the linked service: a birth has to be asked for; the card is for "
            "children under 6 (Law on Health Insurance, article 12); filed where the family "
            "lives (docs/domain.md)",
        ),
        story=Label(
            "Một gia đình không chọn khai sinh, một gia đình xin thẻ cho trẻ vừa tròn 6 tuổi, một "
            "gia đình nộp ở tỉnh khác. Không cơ quan nào nhận được gì; lý do nêu ngay.",
            "One family does not ask for the birth, another wants a card for a child who is six "
            "that day, a third files in another province. No agency hears of it; the reason is "
            "told at once.",
        ),
        filings=[
            Filing(
                at=OPENING,
                title=Label("Không có khai sinh", "without the birth"),
                changes={"/services": ["residence", "health_card"]},
            ),
            Filing(
                at=OPENING,
                title=Label("Trẻ 6 tuổi", "a child of six"),
                baby=Baby("male", "Quốc Khánh", "2017-07-10 07:00"),
            ),
            Filing(
                at=OPENING,
                title=Label("Còn một ngày nữa là 6 tuổi", "six on the next day"),
                baby=Baby("male", "Quốc Khánh", "2017-07-11 07:00"),
            ),
            Filing(
                at=OPENING,
                title=Label("Nộp ở tỉnh khác", "filed in another province"),
                changes={"/province": "79"},
            ),
        ],
        expected=[
            {
                "status": "refused",
                "reason": "birth_not_asked",
                "residence": 3,
                "health_card": 3,
                "promised": None,
                "ended": "2023-07-10 08:00",
                "said birth.registration.requested": 0,
            },
            {
                "status": "refused",
                "reason": "over_six",
                "birth": 3,
                "residence": 3,
                "health_card": 3,
                "promised": None,
                "said birth.registration.requested": 0,
            },
            {"status": "completed", "card_until": "2023-09-30"},
            {
                "status": "refused",
                "reason": "wrong_place",
                "birth": 3,
                "residence": 3,
                "health_card": 3,
                "promised": None,
                "said birth.registration.requested": 0,
            },
        ],
    ),
    Scenario(
        name="no-lawful-dwelling",
        title=Label("Chỗ ở không hợp pháp", "No lawful dwelling"),
        source=Label(
            "Từ chối ở bước 2 không làm mất kết quả bước 1; công dân nộp lại riêng (giả định, "
            "docs/domain.md)",
            "A refusal at stage 2 leaves stage 1 as it is; the citizen files again separately "
            "(assumed, docs/domain.md)",
        ),
        story=Label(
            "Công an xã từ chối thường trú, BHXH vẫn cấp thẻ.",
            "The commune police refuse the residence, and social insurance issues the card.",
        ),
        filings=[
            Filing(
                at=OPENING,
                baby=GIRL,
                arranged={
                    **BY_TEN,
                    "residence/register/1": refuses("no_lawful_dwelling", minutes=120),
                },
            )
        ],
        expected=[
            {
                "status": "partly_completed",
                "reason": None,
                "birth": 10,
                "residence": 3,
                "residence.reason": "no_lawful_dwelling",
                "health_card": 10,
                "ended": "2023-07-10 12:00",
            }
        ],
    ),
    Scenario(
        name="already-insured",
        title=Label("Trẻ đã có thẻ BHYT", "The child has a card already"),
        source=Label(
            "Phạm vi của nhóm thủ tục: cấp thẻ BHYT lần đầu (trang của huyện Nam Đông, 9/2023; "
            "docs/domain.md)",
            "The scope of the linked service: the first health card only (page of Nam Đông "
            "district, 9/2023; docs/domain.md)",
        ),
        story=Label(
            "BHXH từ chối vì trẻ đã có thẻ còn giá trị. Khai sinh và thường trú giữ nguyên.",
            "Social insurance refuses: the child holds a valid card. Birth and residence stand.",
        ),
        filings=[
            Filing(
                at=OPENING,
                baby=GIRL,
                arranged={
                    **BY_TEN,
                    "social-insurance/card/1": refuses("already_insured", minutes=90),
                },
            )
        ],
        expected=[
            {
                "status": "partly_completed",
                "birth": 10,
                "residence": 10,
                "health_card": 3,
                "health_card.reason": "already_insured",
                "card": None,
                "at health-card.refused": "2023-07-10 11:30",
            }
        ],
    ),
)
