"""The text types of payload fields."""

import calendar
import json
import re
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from schemas import fields

GOOD = {
    "ProvinceCodeText": ["01", "79", "96"],
    "CommuneCodeText": ["00001", "26734"],
    "PersonalIdText": ["079223000001", "001088123456"],
    "HealthCardText": ["TE1797923000001", "DN4010123456789", "QN5970123456789"],
    "AgencyCodeText": ["H29", "G01", "G22.99.08", "H15.50.05.13", "H21.123", "H29.760.26734"],
    "DossierCodeText": [
        "H15.50.05.13-261008-0975",
        "000.00.12.H62-201105-0004",
        "H29.760.26734-230710-10001",
    ],
    "BirthNoticeText": ["00A1Z.GCS.79001.23"],
    "DeathNoticeText": ["00A1Z.GBT.79001.23"],
    "DateText": ["2023-07-10", "2024-02-29"],
    "TimeText": ["2023-07-10T08:00:00.000+07:00", "2023-07-10T01:00:00Z"],
    "NameText": ["Nguyễn Thị Ánh", "Y", "H'Hen Niê", "An" * 60],
}
WRONG = {
    "ProvinceCodeText": ["03", "97", "1", "001", "०१"],
    "CommuneCodeText": ["0001", "000001", "0000A", "०0001"],
    "PersonalIdText": [
        "099223000001",
        "07922300000",
        "0792230000011",
        "07922300000x",
        "179223000001",
    ],
    "HealthCardText": [
        "ZZ1797923000001",
        "TE2797923000001",
        "DN6797923000001",
        "TE1037923000001",
        "TE179792300000",
    ],
    "AgencyCodeText": ["H00", "H64", "G00", "X01", "H29.", "H29.7", "H29.760.26734.01.02"],
    "DossierCodeText": ["H15.50.05.13-261008-097", "H15-261308-0975", "H15-0975"],
    "BirthNoticeText": ["00a1Z.GCS.79001.23", "00A1Z.GBT.79001.23", "00A1Z.GCS.7900.23"],
    "DeathNoticeText": ["00a1Z.GBT.79001.23", "00A1Z.GCS.79001.23", "00A1Z.GBT.7900.23"],
    "DateText": [
        *("2023-7-10", "20230710", "2023-13-01", "2023-01-32", "1700000000"),
        *("2023-02-29", "1900-02-29", "2023-04-31", "0001-01-01", "2200-01-01"),
    ],
    "TimeText": [
        "2023-07-10T08:00:00",
        "2023-07-10 08:00:00Z",
        "2023-07-10T24:00:00Z",
        "2023-02-29T08:00:00Z",
        "1899-12-31T08:00:00Z",
        "2023-07-10T08:00:00+0700",
        "2023-07-10T08:00:60Z",
        "1700000000",
        "2023-07-10",
    ],
    "NameText": ["", " An", "An ", "A\nn", "A\x85n", "A" * 121, "An\n"],
}


def pattern_of(name: str) -> str:
    schema: dict[str, Any] = TypeAdapter(getattr(fields, name)).json_schema()
    pattern: str = schema["pattern"]
    return pattern


@pytest.mark.parametrize("name", GOOD)
def test_takes_texts_of_its_form(name: str) -> None:
    """Each type takes good texts and gives them back unchanged."""
    adapter: TypeAdapter[str] = TypeAdapter(getattr(fields, name))
    for text in GOOD[name]:
        assert adapter.validate_json(json.dumps(text)) == text


@pytest.mark.parametrize("name", WRONG)
def test_refuses_texts_of_another_form(name: str) -> None:
    """Each type refuses a text that differs in any one part, also by a line feed at its end."""
    adapter: TypeAdapter[str] = TypeAdapter(getattr(fields, name))
    for text in [*WRONG[name], GOOD[name][0] + "\n"]:
        with pytest.raises(ValidationError):
            adapter.validate_json(json.dumps(text))


@pytest.mark.parametrize("name", GOOD)
def test_pattern_means_the_same_to_other_readers_of_the_schema(name: str) -> None:
    """The printed pattern is also a Python pattern that takes the same good texts."""
    compiled = re.compile(pattern_of(name))
    assert all(compiled.search(text) for text in GOOD[name])


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("G22.99.08-230710-000001", True),
        ("G22.99.09-240114-0001", True),
        ("G22.99.08-260921-10896048", True),
        ("G22.99.07-230710-000001", False),
        ("G22.99.08-231310-000001", False),
        ("G22.99.08-230732-0001", False),
        ("G22.99.08-230710-001", False),
        ("G22x99.08-230710-0001", False),
    ],
)
def test_a_case_code_has_a_mark_a_day_and_a_number(text: str, good: bool) -> None:
    """The router takes no other subject where an event needs a case."""
    assert bool(re.fullmatch(fields.CASE_CODE_PATTERN, text)) == good


def test_knows_each_of_the_63_provinces_and_no_other() -> None:
    """The alternation of province codes names 63 codes."""
    compiled = re.compile(pattern_of("ProvinceCodeText"))
    assert sum(bool(compiled.search(f"{n:02}")) for n in range(100)) == 63


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)), st.integers(1, 31))
def test_the_days_are_those_of_the_calendar(day: date, number: int) -> None:
    """Every day of the calendar is taken, and a day number that its month lacks is refused."""
    taken = re.compile(pattern_of("DateText")).search
    assert taken(day.isoformat()), f"{day} is a day"
    last = calendar.monthrange(day.year, day.month)[1]
    text = f"{day:%Y-%m}-{number:02}"
    assert bool(taken(text)) == (number <= last), f"{text}: the month has {last} days"


@given(st.integers(1900, 2199), st.integers(0, 999))
def test_an_id_is_of_somebody_born_by_the_year(last: int, digits: int) -> None:
    """Century, sex and year of the ID say who was born from 1900 to the last year, and no other."""
    century, year = divmod(digits, 100)
    born = 1900 + 100 * (century // 2) + year
    taken = re.compile(fields.personal_id_pattern(last)).search(f"079{digits:03}000001")
    assert bool(taken) == (born <= last), f"born {born}, asked up to {last}"
