"""What every identifier is made of: parts checked one by one, and the error of a wrong one."""

import re
from datetime import date
from typing import NamedTuple


class IdentifierError(ValueError):
    """A text is not the identifier it is taken for."""

    def __init__(self, *, kind: str, part: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind
        """What the text should have been: `personal ID`, `case code`, …"""
        self.part = part
        """The part that is wrong: `province`, `day`, …; `length` or `form` of the whole."""
        self.message = message


PROVINCES = (
    *("01", "02", "04", "06", "08", "10", "11", "12", "14", "15", "17", "19", "20", "22", "24"),
    *("25", "26", "27", "30", "31", "33", "34", "35", "36", "37", "38", "40", "42", "44", "45"),
    *("46", "48", "49", "51", "52", "54", "56", "58", "60", "62", "64", "66", "67", "68", "70"),
    *("72", "74", "75", "77", "79", "80", "82", "83", "84", "86", "87", "89", "91", "92", "93"),
    *("94", "95", "96"),
)
"""Statistical codes of the 63 provinces that stood until 30 June 2025."""

PROVINCE = f"(?:{'|'.join(PROVINCES)})"
"""A pattern for one of `PROVINCES`."""


class Part(NamedTuple):
    """How one part of an identifier must look."""

    name: str
    form: re.Pattern[str]
    expected: str
    secret: bool = False
    """Whether messages leave the part's text out, since it points at a person."""

    def check(self, kind: str, shown: str, text: str) -> None:
        """Raise `IdentifierError` if the text is not such a part; `shown` stands for the whole."""
        if not self.form.fullmatch(text):
            said = "" if self.secret else f" {text!r}"
            raise wrong(kind, shown, self.name, f"{self.name} part{said} is not {self.expected}")


def digits_part(name: str, count: int, *, secret: bool = False) -> Part:
    """A part of exactly so many digits."""
    return Part(name, re.compile(f"[0-9]{{{count}}}"), f"{count} digits", secret)


SEQUENCE = Part("sequence", re.compile("[0-9]{4,}"), "4 or more digits")


def wrong(kind: str, shown: str, part: str, what: str) -> IdentifierError:
    """The error of an identifier in which one part is wrong."""
    return IdentifierError(kind=kind, part=part, message=f"{kind} {shown}: {what}")


def masked(text: str) -> str:
    """As much of a person's number as a message may show."""
    return f"{text[:3]}…"


def day_of(kind: str, shown: str, text: str) -> date:
    """The day of this century that `yymmdd` means."""
    if re.fullmatch("[0-9]{6}", text):
        try:
            return date(2000 + int(text[:2]), int(text[2:4]), int(text[4:]))
        except ValueError:
            pass
    raise wrong(kind, shown, "day", f"day part {text!r} is not a day written yymmdd")


def check_day(kind: str, shown: str, day: date) -> None:
    """Raise `IdentifierError` when two digits can't say the year."""
    if not 2000 <= day.year <= 2099:
        raise wrong(kind, shown, "day", f"day part {day} is not in the years 2000 to 2099")
