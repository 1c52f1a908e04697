"""Numbers that belong to a person: personal ID, social insurance, health card, notices."""

import re
from dataclasses import dataclass
from typing import ClassVar, Literal, Self

from schemas.identifiers.parts import PROVINCE, Part, digits_part, masked, wrong

Sex = Literal["male", "female"]

CARD_OBJECTS = (
    *("DN", "HX", "CH", "NN", "TK", "HC", "XK"),  # employer and employee pay
    *("HT", "TB", "NO", "CT", "XB", "TN", "CS"),  # social insurance pays
    *("QN", "CA", "CY", "XN", "MS", "CC", "CK", "CB", "KC", "HD", "TE", "BT", "HN", "DT", "DK"),
    *("XD", "TS", "TC", "TQ", "TV", "TA", "TY", "HG", "LS", "PV"),  # down to here the State pays
    *("CN", "HS", "SV", "GB"),  # the State pays a share
    "GD",  # the household pays
)
"""Groups of insured people, the first two letters of a health-insurance card."""


def _province(form: str) -> Part:
    return Part("province", re.compile(form), "one of the 63 codes")


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalId:
    """A personal identification number: 12 digits `PPP G YY RRRRRR`, without a check digit.

    Source: Decree 137/2015/NĐ-CP and Circular 07/2016/TT-BCA, appendix 1 (province codes).
    """

    KIND: ClassVar = "personal ID"
    _PARTS: ClassVar = (
        _province(f"0{PROVINCE}"),
        digits_part("sex", 1),
        digits_part("year", 2),
        digits_part("serial", 6, secret=True),
    )

    province: str
    """Where the birth was registered: `0` and the province's statistical code."""
    sex_digit: str
    """Century and sex: 0 and 1 are a man and a woman born 1900–1999, 2 and 3 born 2000–2099, …"""
    year: str
    """Last two digits of the year of birth."""
    serial: str

    def __post_init__(self) -> None:
        values = (self.province, self.sex_digit, self.year, self.serial)
        for part, value in zip(self._PARTS, values, strict=True):
            part.check(self.KIND, masked(self.province), value)

    @classmethod
    def parse(cls, text: str) -> Self:
        if len(text) != 12:
            what = f"length is {len(text)}, not 12 digits"
            raise wrong(cls.KIND, masked(text), "length", what)
        return cls(province=text[:3], sex_digit=text[3], year=text[4:6], serial=text[6:])

    def __str__(self) -> str:
        return f"{self.province}{self.sex_digit}{self.year}{self.serial}"

    @property
    def province_gso(self) -> str:
        """The two-digit statistical code of the province."""
        return self.province[1:]

    @property
    def sex(self) -> Sex:
        return "female" if int(self.sex_digit) % 2 else "male"

    @property
    def century(self) -> int:
        """The first year of the century of birth: 1900, 2000, …"""
        return 1900 + int(self.sex_digit) // 2 * 100

    @property
    def birth_year(self) -> int:
        return self.century + int(self.year)


def personal_id_text(province_gso: str, sex: Sex, birth_year: int, serial: int) -> str:
    """A personal ID from its facts, unchecked and fast: for whoever draws or allocates many."""
    digit = (birth_year - 1900) // 100 * 2 + (sex == "female")
    return f"0{province_gso}{digit}{birth_year % 100:02}{serial:06}"


def sex_and_birth_year(personal_id: str) -> tuple[Sex, int]:
    """Whose number a personal ID is, unchecked and fast: for whoever knows that it has the form."""
    digit = int(personal_id[3])
    return "female" if digit % 2 else "male", 1900 + digit // 2 * 100 + int(personal_id[4:6])


@dataclass(frozen=True, slots=True, kw_only=True)
class SocialInsuranceNumber:
    """A social-insurance number (mã số BHXH): 10 digits."""

    KIND: ClassVar = "social-insurance number"
    _DIGITS: ClassVar = digits_part("digits", 10, secret=True)

    digits: str

    def __post_init__(self) -> None:
        if len(self.digits) != 10:
            what = f"length is {len(self.digits)}, not 10 digits"
            raise wrong(self.KIND, masked(self.digits), "length", what)
        self._DIGITS.check(self.KIND, masked(self.digits), self.digits)

    @classmethod
    def parse(cls, text: str) -> Self:
        return cls(digits=text)

    def __str__(self) -> str:
        return self.digits


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthCard:
    """A health-insurance card number: 15 characters `OO B PP SSSSSSSSSS`.

    A child under 6 has object `TE` with benefit `1`. Provinces 97 and 98 are the army's and the
    police's own insurers.
    """

    KIND: ClassVar = "health card"
    _PARTS: ClassVar = (
        Part("object", re.compile("|".join(CARD_OBJECTS)), "a group of insured people"),
        Part("benefit", re.compile("[1-5]"), "1 to 5"),
        _province(f"{PROVINCE}|97|98"),
        digits_part("insurance number", 10, secret=True),
    )

    object_code: str
    benefit: str
    """1: all costs, no limit · 2: all, with limits · 3: 95 % · 4: 80 % · 5: all, armed forces."""
    province_gso: str
    insurance_number: str
    """The holder's social-insurance number."""

    def __post_init__(self) -> None:
        shown = masked(self.object_code + self.benefit)
        values = (self.object_code, self.benefit, self.province_gso, self.insurance_number)
        for part, value in zip(self._PARTS, values, strict=True):
            part.check(self.KIND, shown, value)
        if self.object_code == "TE" and self.benefit != "1":
            what = f"benefit part {self.benefit!r} is not 1, as a child's (TE) is"
            raise wrong(self.KIND, shown, "benefit", what)

    @classmethod
    def parse(cls, text: str) -> Self:
        if len(text) != 15:
            what = f"length is {len(text)}, not 15 characters"
            raise wrong(cls.KIND, masked(text), "length", what)
        return cls(
            object_code=text[:2],
            benefit=text[2],
            province_gso=text[3:5],
            insurance_number=text[5:],
        )

    def __str__(self) -> str:
        return f"{self.object_code}{self.benefit}{self.province_gso}{self.insurance_number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Notice:
    """The number of a notice that a health facility makes out: `XXXXX.<mark>.ZZZZZ.YY`."""

    KIND: ClassVar[str]
    MARK: ClassVar[str]
    _PARTS: ClassVar = (
        Part("serial", re.compile("[0-9A-Z]{5}"), "5 digits or capital letters"),
        digits_part("facility", 5),
        digits_part("year", 2),
    )

    serial: str
    facility: str
    """The five-digit code of the health facility that wrote the notice."""
    year: str

    def __post_init__(self) -> None:
        values = (self.serial, self.facility, self.year)
        for part, value in zip(self._PARTS, values, strict=True):
            part.check(self.KIND, str(self), value)

    @classmethod
    def parse(cls, text: str) -> Self:
        parts = text.split(".")
        if len(parts) != 4:
            raise wrong(cls.KIND, text, "form", f"form is not XXXXX.{cls.MARK}.ZZZZZ.YY")
        if parts[1] != cls.MARK:
            raise wrong(cls.KIND, text, "mark", f"mark part {parts[1]!r} is not {cls.MARK!r}")
        return cls(serial=parts[0], facility=parts[2], year=parts[3])

    def __str__(self) -> str:
        return f"{self.serial}.{self.MARK}.{self.facility}.{self.year}"


@dataclass(frozen=True, slots=True, kw_only=True)
class BirthNotice(_Notice):
    """The number of a birth notice (giấy chứng sinh): 18 characters `XXXXX.GCS.ZZZZZ.YY`.

    Source: Circular 22/2025/TT-BYT.
    """

    KIND: ClassVar = "birth notice"
    MARK: ClassVar = "GCS"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeathNotice(_Notice):
    """The number of a death notice (giấy báo tử): 18 characters `XXXXX.GBT.ZZZZZ.YY`.

    No published source gives its form; that it is made as a birth notice's is our assumption.
    """

    KIND: ClassVar = "death notice"
    MARK: ClassVar = "GBT"
