"""Text types of payload fields, checked inside pydantic-core without a Python call per value.

Each is a plain `str` with an anchored pattern. The patterns use only what Rust's regex, ECMAScript
and Python's `re` read alike, so the same text can be printed in a JSON Schema: no look-around, no
back-reference, `[0-9]` instead of `\\d` (which takes other scripts' digits as well).

A field says that a text has the form; `schemas.identifiers` says which part of it is wrong.
"""

import re
from typing import Annotated

from pydantic import Field, StringConstraints

from schemas.identifiers.cases import MARKS

_PROVINCE = (
    "(?:0[12468]|1[0124579]|2[024567]|3[013-8]|4[024-689]|5[12468]|6[024678]"
    "|7[024579]|8[0234679]|9[1-6])"
)
_MONTH_DAY = "(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
_DATE = (
    "(?:(?:19|20|21)[0-9]{2}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
    "|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))"
    "|(?:(?:19|20|21)(?:0[48]|[2468][048]|[13579][26])|2000)-02-29)"
)
TIME_PATTERN = (
    f"{_DATE}T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\\.[0-9]{{1,9}})?"
    "(?:Z|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])"
)
"""A moment between 1900 and 2199 as RFC 3339 writes it, with its offset."""
_LEVEL_1 = "(?:G(?:0[1-9]|[1-9][0-9])|H(?:0[1-9]|[1-5][0-9]|6[0-3]))"
_AGENCY = rf"{_LEVEL_1}(?:\.[0-9]{{2,5}}){{0,3}}"
_AGENCY_OLD = rf"[0-9]{{3}}\.[0-9]{{2}}\.[0-9]{{2}}\.{_LEVEL_1}"
_CARD_OBJECT = (
    "(?:BT|C[ABCHKNSTY]|D[KNT]|G[BD]|H[CDGNSTX]|KC|LS|MS|N[NO]|PV|QN|SV|T[ABCKNQSVY]|X[BDKN])"
)
_CONTROL = r"\x00-\x1f\x7f-\x9f"

ProvinceCodeText = Annotated[str, StringConstraints(pattern=f"^{_PROVINCE}$")]
"""A province's two-digit statistical code, one of the 63 of 2023 (`01` Hà Nội … `96` Cà Mau)."""

CommuneCodeText = Annotated[str, StringConstraints(pattern="^[0-9]{5}$")]
"""A commune's five-digit statistical code; whether it exists is asked of `schemas.units`."""

PERSONAL_ID_PATTERN = f"^0{_PROVINCE}[0-9]{{9}}$"
PersonalIdText = Annotated[str, StringConstraints(pattern=PERSONAL_ID_PATTERN)]
"""A personal identification number of 12 digits whose province is one of the 63."""


def personal_id_pattern(last: int) -> str:
    """The pattern of a personal ID of somebody born from 1900 to the year `last`.

    Digit 4 is century and sex, 0 and 1 for the 20th; digits 5 and 6 are the year in it.
    """
    centuries, years = divmod(last - 1900, 100)
    whole = f"[0-{2 * centuries - 1}][0-9]{{2}}|" if centuries else ""
    begun = "|".join(f"{year:02}" for year in range(years + 1))
    born = f"{whole}[{2 * centuries}{2 * centuries + 1}](?:{begun})"
    return f"^0{_PROVINCE}(?:{born})[0-9]{{6}}$"


HealthCardText = Annotated[
    str, StringConstraints(pattern=f"^(?:TE1|{_CARD_OBJECT}[1-5])(?:{_PROVINCE}|9[78])[0-9]{{10}}$")
]
"""A health-insurance card number of 15 characters: object, benefit, province, insurance number."""

CASE_CODE_PATTERN = (
    f"(?:{'|'.join(re.escape(mark) for mark in MARKS.values())})-[0-9]{{2}}{_MONTH_DAY}-[0-9]{{4,}}"
)
"""A case's national code, with the mark of its chain: `G22.99.08-yymmdd-seq` is a birth."""

AgencyCodeText = Annotated[str, StringConstraints(pattern=f"^{_AGENCY}$")]
"""An agency's electronic identifier in the form of today, level 1 first: `H15.50.05.13`."""

DossierCodeText = Annotated[
    str,
    StringConstraints(
        pattern=f"^(?:{_AGENCY}|{_AGENCY_OLD})-[0-9]{{2}}{_MONTH_DAY}-[0-9]{{4,}}$",
    ),
]
"""A one-stop's own dossier code, `<agency id>-<yymmdd>-<4 or more digits>`; old agency ids pass."""

BirthNoticeText = Annotated[
    str, StringConstraints(pattern=r"^[0-9A-Z]{5}\.GCS\.[0-9]{5}\.[0-9]{2}$")
]
"""A birth notice's number, `XXXXX.GCS.ZZZZZ.YY`: serial, health facility, year."""

DeathNoticeText = Annotated[
    str, StringConstraints(pattern=r"^[0-9A-Z]{5}\.GBT\.[0-9]{5}\.[0-9]{2}$")
]
"""A death notice's number, `XXXXX.GBT.ZZZZZ.YY`: made as a birth notice's is, our assumption."""

DateText = Annotated[
    str, StringConstraints(pattern=f"^{_DATE}$"), Field(json_schema_extra={"format": "date"})
]
"""A day of the calendar between 1900 and 2199 as `yyyy-mm-dd`."""

TimeText = Annotated[
    str,
    StringConstraints(pattern=f"^{TIME_PATTERN}$"),
    Field(json_schema_extra={"format": "date-time"}),
]
"""A moment as RFC 3339 writes it, with its offset: `2023-07-10T08:00:00.000+07:00`.

A text, not a `datetime`: pydantic's parser takes `"1700000000"` for a moment as well.
"""

NameText = Annotated[
    str,
    StringConstraints(
        min_length=1,
        max_length=120,
        pattern=rf"^[^\s{_CONTROL}](?:[^{_CONTROL}]*[^\s{_CONTROL}])?$",
    ),
]
"""A name of 1 to 120 characters, without control characters or spaces at its ends."""
