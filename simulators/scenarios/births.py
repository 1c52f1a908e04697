"""What goes wrong while a birth is registered, and with what the citizen brings."""

from re import compile as form
from typing import Final

from hub.orchestrator.labels import Label
from simulators.scenarios.scenario import Baby, Filing, Scenario
from simulators.scenarios.times import BY_TEN, refuses, takes

LETTER_3160: Final = Label(
    "Công văn 3160/BTP-CNTT (2021) của Cục Công nghệ thông tin, Bộ Tư pháp và phụ lục xử lý",
    "Letter 3160/BTP-CNTT (2021) of the Ministry of Justice's IT department, with its annex",
)
GIRL: Final = Baby("female", "Minh Anh", "2023-07-03 09:15")
BOY: Final = Baby("male", "Gia Bảo", "2023-07-03 09:21")
MOTHER: Final = {"/mother/personal_id": "001195004321", "/mother/born": "1995-02-14"}
OPENING: Final = "2023-07-10 08:00"
"""The Monday on which both chains opened nationwide."""

BIRTHS: Final = (
    Scenario(
        name="late-personal-id",
        title=Label("Số định danh về chậm ba ngày", "The personal ID comes three days late"),
        source=LETTER_3160,
        story=Label(
            "Việc sinh đã được ghi vào sổ nhưng Cơ sở dữ liệu quốc gia về dân cư ba ngày sau mới "
            "cấp số định danh. Trong khi chờ, sự kiện hộ tịch đã có hiệu lực, giấy khai sinh thì "
            "chưa in; số chỉ được xin một lần.",
            "The birth is entered in the register, and the population database gives the number "
            "three days later. Until then the legal entry exists and the certificate does not; the "
            "number is asked for once.",
        ),
        filings=[
            Filing(
                at=OPENING,
                baby=GIRL,
                arranged={**BY_TEN, "population/allocate/1": takes(days=3)},
            )
        ],
        glance="2023-07-12 12:00",
        meanwhile=[
            {
                "entered": "01/2023",
                "certificate": None,
                "personal_id": None,
                "birth": 4,
                "birth.waits": "birth_decision",
                "residence": 1,
                "health_card": 1,
            }
        ],
        expected=[
            {
                "status": "completed",
                "promised": "2023-07-13 17:00",
                "entered.at": "2023-07-10 09:30",
                "at personal-id.issued": "2023-07-13 09:30",
                "at birth.registered": "2023-07-13 09:55",
                "at residence.registration.requested": "2023-07-13 09:55",
                "said personal-id.requested": 1,
                "personal_id": form("001323[0-9]{6}"),
                "card": form("TE101[0-9]{10}"),
                "card_until": "2029-09-30",
            }
        ],
    ),
    Scenario(
        name="twins",
        title=Label("Sinh đôi: hai giấy chứng sinh, một mẹ", "Twins: two notices, one mother"),
        source=LETTER_3160,
        story=Label(
            "Hai hồ sơ cùng mẹ, cùng ngày, chỉ khác số giấy chứng sinh, không phải là một hồ sơ "
            "nộp trùng.",
            "Two cases of one mother and one day that differ in the birth notice are not one case "
            "filed twice.",
        ),
        filings=[
            Filing(
                at=OPENING,
                title=Label("Bé gái", "the girl"),
                baby=GIRL,
                mix={"twins": 1.0},
                changes=MOTHER,
                arranged=BY_TEN,
            ),
            Filing(
                at=OPENING,
                title=Label("Bé trai", "the boy"),
                baby=BOY,
                mix={"twins": 1.0},
                changes=MOTHER,
                arranged={**BY_TEN, "civil-status/enter/1": takes(minutes=70)},
            ),
        ],
        expected=[
            {
                "status": "completed",
                "mother": "001195004321",
                "entered": "01/2023",
                "personal_id": form("001323[0-9]{6}"),
                "card": form("TE101[0-9]{10}"),
            },
            {
                "status": "completed",
                "mother": "001195004321",
                "entered": "02/2023",
                "personal_id": form("001223[0-9]{6}"),
                "card": form("TE101[0-9]{10}"),
            },
        ],
    ),
    Scenario(
        name="triplets",
        title=Label("Sinh ba", "Triplets"),
        source=LETTER_3160,
        story=Label(
            "Ba hồ sơ của một gia đình được giải quyết độc lập: hồ sơ thứ ba bị từ chối vì sai "
            "giấy chứng sinh, hai hồ sơ kia không ảnh hưởng.",
            "Three cases of one family are decided each by itself: the third is refused for its "
            "birth notice, and the other two are not touched.",
        ),
        filings=[
            Filing(
                at=OPENING,
                title=Label("Bé thứ nhất", "the first child"),
                baby=GIRL,
                changes=MOTHER,
                arranged=BY_TEN,
            ),
            Filing(
                at=OPENING,
                title=Label("Bé thứ hai", "the second child"),
                baby=BOY,
                family_of=0,
                arranged={**BY_TEN, "civil-status/enter/1": takes(minutes=70)},
            ),
            Filing(
                at=OPENING,
                title=Label("Bé thứ ba", "the third child"),
                baby=Baby("male", "Gia Huy", "2023-07-03 09:30"),
                family_of=0,
                arranged={"civil-status/enter/1": refuses("notice_mismatch")},
            ),
        ],
        expected=[
            {"status": "completed", "entered": "01/2023", "mother": "001195004321"},
            {"status": "completed", "entered": "02/2023", "mother": "001195004321"},
            {
                "status": "refused",
                "reason": "notice_mismatch",
                "birth": 3,
                "residence": 8,
                "health_card": 8,
                "entered": None,
                "said personal-id.requested": 0,
            },
        ],
    ),
)
