"""How agencies write days, moments, sexes and kinship, worked out by the ledger on its own."""

from datetime import date, datetime

import orjson

from hub.ledger.calendar import VN

NUMBERED_SEX = {"male": 1, "female": 2}
"""Population, residence, social insurance."""
CIVIL_SEX = {"male": 1, "female": 0}
SPELLED_SEX = {"male": "Nam", "female": "Nữ"}
"""One-stop."""
KINSHIP = {"parent": "con", "grandparent": "cháu", "other": "khác"}
"""What the child is to the household head, for what the head is to the child."""

PAYEE = {
    "spouse": "vợ/chồng",
    "child": "con",
    "parent": "cha/mẹ",
    "sibling": "anh/chị/em",
    "grandchild": "cháu",
    "other": "khác",
}
"""What the payee is to the deceased."""
PAYMENT = {"account": "tai_khoan", "post": "buu_dien", "cash": "tien_mat"}


def local(text: str) -> datetime:
    """The moment of an RFC 3339 text, in Vietnam's time."""
    return datetime.fromisoformat(text).astimezone(VN)


def compact_day(day: date) -> str:
    """`20230710`."""
    return f"{day.year:04}{day.month:02}{day.day:02}"


def dotted_day(day: date) -> str:
    """`10.07.2023`."""
    return f"{day.day:02}.{day.month:02}.{day.year:04}"


def slashed_day(day: date) -> str:
    """`10/07/2023`."""
    return f"{day.day:02}/{day.month:02}/{day.year:04}"


def compact_time(moment: datetime) -> str:
    """`20230710080000`."""
    return f"{compact_day(moment)}{moment.hour:02}{moment.minute:02}{moment.second:02}"


def slashed_time(moment: datetime) -> str:
    """`10/07/2023 08:00:00`."""
    return f"{slashed_day(moment)} {seconds(moment)}"


def minutes(moment: datetime) -> str:
    """`08:00`."""
    return f"{moment.hour:02}:{moment.minute:02}"


def seconds(moment: datetime) -> str:
    """`08:00:00`."""
    return f"{minutes(moment)}:{moment.second:02}"


def to_the_second(moment: datetime) -> str:
    """A moment as it comes back from a register: without fractions of a second."""
    return moment.replace(microsecond=0).isoformat()


def sorted_json(value: object) -> str:
    """JSON with sorted keys, to compare by."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()


def normal_json(text: str) -> str:
    """Stored JSON with sorted keys; the text as it is where no system writes JSON so."""
    try:
        value = orjson.dumps(orjson.loads(text), option=orjson.OPT_SORT_KEYS)
    except ValueError:
        return text
    # nothing says the same in fewer bytes, so another length means another way of writing
    return value.decode() if len(value) == len(text.encode()) else text
