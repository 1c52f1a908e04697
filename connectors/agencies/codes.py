"""How the agencies write moments, days, sexes and kinship: their formats and codes, as data.

Events say `2023-07-10T08:00:00+07:00` and `female`; no two agencies write that alike. Everything
here works on text by position, since it stands on the hot path of every connector.

Sources: published adapters of the National Public Service Portal (`yyyyMMddHHmmss`), of the
civil-status system (`dd.MM.yyyy`), of DVCLT (`yyyyMMdd`, `dd/MM/yyyy HH:mm:ss`) and of social
insurance (`yyyyMMdd`, sex 1 and 2); QCVN 109:2017 (sex 1 and 2). The sex codes of the civil-status
and the residence system, the days of the residence system, and all of social protection and of
payment are our assumption.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from typing import Any, Final

from schemas.event import VN, from_text

_FIELDS: Final = {
    "yyyy": slice(0, 4),
    "MM": slice(5, 7),
    "dd": slice(8, 10),
    "HH": slice(11, 13),
    "mm": slice(14, 16),
    "ss": slice(17, 19),
}
"""Where each part of a pattern stands in `2023-07-10T08:00:00`."""

_FIELD: Final = re.compile("|".join(_FIELDS))


class TimeFormat:
    """An agency's way to write a day or a moment, given as a pattern: `dd/MM/yyyy HH:mm:ss`.

    The pattern has a year, a month and a day, and hours, minutes and seconds or none of them.
    """

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        fields = [(match[0], slice(*match.span())) for match in _FIELD.finditer(pattern)]
        stands = dict(fields)
        self._written = _FIELD.sub("%s", pattern)
        self._from_iso: Callable[[str], tuple[str, ...]] = itemgetter(
            *(_FIELDS[name] for name, _ in fields)
        )
        self._iso = "%s-%s-%sT%s:%s:%s" if "HH" in stands else "%s-%s-%s"
        self._from_written: Callable[[str], tuple[str, ...]] = itemgetter(
            *(stands[name] for name in _FIELDS if name in stands)
        )

    def write(self, iso: str) -> str:
        """The agency's text for an ISO text in Vietnam's time, as `local` gives it."""
        return self._written % self._from_iso(iso)

    def read(self, text: str) -> str:
        """The ISO text, without offset, that the agency's text means."""
        return self._iso % self._from_written(text)


class CodeTable:
    """An agency's codes for the words of the events, both ways."""

    def __init__(self, codes: Mapping[str, Any]) -> None:
        self.write: Final[dict[str, Any]] = dict(codes)
        """From the events' word to the agency's code."""
        self.read: Final[dict[Any, Any]] = {code: word for word, code in codes.items()}
        """From the agency's code to the events' word; an unknown code is a `KeyError`."""


COMPACT_TIME: Final = TimeFormat("yyyyMMddHHmmss")
SLASHED_TIME: Final = TimeFormat("dd/MM/yyyy HH:mm:ss")
COMPACT_DAY: Final = TimeFormat("yyyyMMdd")
SLASHED_DAY: Final = TimeFormat("dd/MM/yyyy")
DOTTED_DAY: Final = TimeFormat("dd.MM.yyyy")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """How one agency writes days and sexes.

    A time of day, which such a day cannot hold, travels in a field of its own.
    """

    day: TimeFormat
    sex: CodeTable


ONE_STOP: Final = Dialect(day=COMPACT_DAY, sex=CodeTable({"male": "Nam", "female": "Nữ"}))
CIVIL_STATUS: Final = Dialect(day=DOTTED_DAY, sex=CodeTable({"male": 1, "female": 0}))
POPULATION: Final = Dialect(day=COMPACT_DAY, sex=CodeTable({"male": 1, "female": 2}))
RESIDENCE: Final = Dialect(day=COMPACT_DAY, sex=CodeTable({"male": 1, "female": 2}))
SOCIAL_PROTECTION: Final = Dialect(day=SLASHED_DAY, sex=CodeTable({"male": "Nam", "female": "Nữ"}))
SOCIAL_INSURANCE: Final = Dialect(day=COMPACT_DAY, sex=CodeTable({"male": 1, "female": 2}))

KINSHIP: Final = CodeTable({"parent": "con", "grandparent": "cháu", "other": "khác"})
"""The residence system says what the child is to the head, the events what the head is to it."""
CONSENT: Final = CodeTable({"vneid": "vneid", "signed": "ct01"})
"""How a household head agreed: on VNeID, or on form CT01."""
PAYEE: Final = CodeTable(
    {
        "spouse": "vợ/chồng",
        "child": "con",
        "parent": "cha/mẹ",
        "sibling": "anh/chị/em",
        "grandchild": "cháu",
        "other": "khác",
    }
)
"""What who saw to the funeral is to the deceased, as the deciding agencies write it."""
PAYOUT: Final = CodeTable({"account": "tai_khoan", "post": "buu_dien", "cash": "tien_mat"})
"""How an allowance is paid."""


def local(text: str) -> str:
    """A moment of an event as `2023-07-10T08:00:00` in Vietnam's time, to the second."""
    if len(text) == 25 and text[10] == "T" and text[19:] == "+07:00":
        return text[:19]
    return local_of(from_text(text.upper()))


def local_of(moment: datetime) -> str:
    """A moment as `2023-07-10T08:00:00` in Vietnam's time, to the second."""
    return moment.astimezone(VN).isoformat()[:19]


def clock(iso: str) -> str:
    """Hours and minutes of a local moment: `08:00`."""
    return iso[11:16]


def moment(iso: str) -> str:
    """A local moment with its offset, as events have it."""
    return iso + "+07:00"


def moment_at(day: str, time_of_day: str) -> str:
    """A moment as events have it, from an ISO day and a time of day with or without seconds."""
    seconds = "" if len(time_of_day) == 8 else ":00"
    return f"{day}T{time_of_day}{seconds}+07:00"
