"""Births that are filed twice, and births that only look like it."""

from typing import Final

from hub.orchestrator.labels import Label
from simulators.scenarios.births import GIRL, LETTER_3160, MOTHER, OPENING
from simulators.scenarios.scenario import Baby, Filing, Scenario
from simulators.scenarios.times import BY_TEN, NEVER, asks, refuses, takes

_SISTER: Final = Baby("female", GIRL.given, "2023-07-03 09:21")

DUPLICATES: Final = (
    Scenario(
        name="same-birth-twice",
        title=Label("Nộp trùng: một giấy chứng sinh, hai hồ sơ", "One birth notice in two cases"),
        source=LETTER_3160,
        story=Label(
            "Gia đình nộp lại hồ sơ của cùng một trẻ. Hồ sơ sau bị từ chối vì đã giải quyết ở hồ "
            "sơ khác; trẻ chỉ có một số định danh và một thẻ.",
            "A family files the same child again. The later case is refused as decided in another "
            "one; the child has one number and one card.",
        ),
        filings=[
            Filing(at=OPENING, title=Label("Hồ sơ đầu", "the first case"), baby=GIRL),
            Filing(
                at="2023-07-11 08:00",
                title=Label("Hồ sơ nộp lại", "the repeated case"),
                family_of=0,
                same_person=True,
            ),
        ],
        expected=[
            {"status": "completed", "entered": "01/2023", "said birth.registered": 1},
            {
                "status": "refused",
                "reason": "duplicate_of",
                "birth": 3,
                "birth.reason": "duplicate_of",
                "residence": 8,
                "health_card": 8,
                "entered": None,
                "personal_id": None,
                "said birth.registered": 0,
            },
        ],
    ),
    Scenario(
        name="suspected-duplicate",
        title=Label(
            "Nghi trùng: hai giấy chứng sinh, một họ tên",
            "Suspected duplicate: two notices, one name",
        ),
        source=LETTER_3160,
        story=Label(
            "Bốn hồ sơ cùng mẹ, cùng họ tên, cùng ngày sinh, mỗi hồ sơ một giấy chứng sinh. Hồ sơ "
            "đầu được đăng ký. Với các hồ sơ sau, hộ tịch không từ chối ngay mà đề nghị giải "
            "trình, nêu cùng mọi thiếu sót khác trong một lần yêu cầu. Trẻ sinh đôi được gia đình "
            "đặt trùng tên thì được đăng ký; trẻ được cấp hai giấy chứng sinh thì hồ sơ sau bị từ "
            "chối; không giải trình thì bị từ chối như mọi hồ sơ không bổ sung.",
            "Four cases with one mother, name and day of birth, each by a notice of its own. The "
            "first is entered. Of the others civil status refuses none at once: it asks the family "
            "to explain, in one request with whatever else is missing. A twin whom the family gave "
            "her sister's name is entered; a child for whom a second notice was made out is "
            "refused; and who does not answer is refused like any case without its supplement.",
        ),
        filings=[
            Filing(
                at=OPENING,
                title=Label("Hồ sơ đầu", "the first case"),
                baby=GIRL,
                changes=MOTHER,
                arranged=BY_TEN,
            ),
            Filing(
                at="2023-07-11 08:00",
                title=Label(
                    "Trẻ sinh đôi trùng tên, có giải trình", "a twin of her name, explained"
                ),
                baby=_SISTER,
                family_of=0,
                arranged={**BY_TEN, "portal/birth/1": takes(days=1)},
            ),
            Filing(
                at="2023-07-12 08:00",
                title=Label(
                    "Vẫn trẻ đó, giấy chứng sinh thứ hai", "the first child, a second notice"
                ),
                baby=GIRL,
                family_of=0,
                arranged={
                    **BY_TEN,
                    "portal/birth/1": takes(days=1),
                    "civil-status/enter/2": refuses("duplicate_of"),
                },
            ),
            Filing(
                at="2023-07-13 08:00",
                title=Label("Không giải trình, giấy tờ mờ", "never explained, papers blurred"),
                baby=GIRL,
                family_of=0,
                arranged={
                    **BY_TEN,
                    "civil-status/enter/1": asks("GCS_MO"),
                    "portal/birth/1": NEVER,
                },
            ),
        ],
        glance="2023-07-11 12:00",
        meanwhile=[
            {"entered": "01/2023", "birth": 10},
            {
                "entered": None,
                "birth": 5,
                "birth.waits": "supplement",
                "birth.until": "2023-07-20 17:00",
            },
            {},
            {},
        ],
        expected=[
            {
                "status": "completed",
                "mother": "001195004321",
                "entered": "01/2023",
                "entered.at": "2023-07-10 09:30",
                "said case.supplement.requested": 0,
            },
            {
                "status": "completed",
                "mother": "001195004321",
                "promised": "2023-07-14 17:00",
                "at supplement.requested": "2023-07-11 09:30",
                "said case.supplement.requested": 1,
                "question.1.due": "2023-07-20 17:00",
                "question.1.defects": 1,
                "entered": "02/2023",
                "entered.at": "2023-07-12 11:00",
                "due": "2023-07-17 17:00",
            },
            {
                "status": "refused",
                "reason": "duplicate_of",
                "question.1.due": "2023-07-21 17:00",
                "question.1.defects": 1,
                "birth": 3,
                "birth.reason": "duplicate_of",
                "residence": 8,
                "health_card": 8,
                "entered": None,
                "personal_id": None,
                "at birth.registration.refused": "2023-07-13 11:00",
                "said birth.registered": 0,
            },
            {
                "status": "refused",
                "reason": "supplement_expired",
                "question.1.due": "2023-07-24 17:00",
                "question.1.defects": 2,
                "said case.supplement.requested": 1,
                "birth": 3,
                "entered": None,
                "ended": "2023-07-24 17:00",
            },
        ],
    ),
)
