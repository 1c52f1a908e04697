"""One realistic example of each event type: a birth, a death and a stay in Quận 1, told in events.

Nguyễn Minh An is born on Saturday 8 July 2023; the father files the linked case on Monday 10 July,
the day both chains opened nationwide. Lê Văn Thành dies on Sunday 9 July in a hospital; his
daughter files the linked case the day after. That Monday a student, Phạm Thu Trang, asks to be
registered where she stays. An identity card is given in a case of 1 September 2026, the first
day on which a linked birth can ask for one. The types that such a smooth case never sees tell what
could have happened to it instead. `lienthong contract TYPE` prints these.
"""

from schemas.examples.birth import CASE
from schemas.examples.death import DEATH_CASE, DEATH_SUBMISSION
from schemas.examples.events import SUBMISSIONS, example, example_payload, examples
from schemas.examples.identity_card import CARD_CASE
from schemas.examples.stay import STAY_CASE, TEMPORARY_SUBMISSION

__all__ = [
    "CARD_CASE",
    "CASE",
    "DEATH_CASE",
    "DEATH_SUBMISSION",
    "STAY_CASE",
    "SUBMISSIONS",
    "TEMPORARY_SUBMISSION",
    "example",
    "example_payload",
    "examples",
]
