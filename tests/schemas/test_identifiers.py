"""Identifiers: what is written can be read, and a wrong part is named."""

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import StringConstraints, TypeAdapter, ValidationError

from schemas import fields
from schemas.identifiers import (
    CARD_OBJECTS,
    PROVINCES,
    AgencyCode,
    BirthNotice,
    CaseCode,
    DeathNotice,
    DossierCode,
    HealthCard,
    IdentifierError,
    PersonalId,
    SocialInsuranceNumber,
    case_code_text,
    dossier_code_text,
    personal_id_text,
    sex_and_birth_year,
)
from schemas.identifiers.cases import MARKS


def digits(least: int, most: int | None = None) -> st.SearchStrategy[str]:
    return st.text("0123456789", min_size=least, max_size=most or least)


provinces = st.sampled_from(PROVINCES)
days = st.dates(date(2000, 1, 1), date(2099, 12, 31))
level_1 = st.one_of(
    st.integers(1, 99).map("G{:02}".format),
    st.integers(1, 63).map("H{:02}".format),
)
personal_ids = st.builds(
    PersonalId,
    province=provinces.map("0{}".format),
    sex_digit=digits(1),
    year=digits(2),
    serial=digits(6),
)
cards = st.builds(
    HealthCard,
    object_code=st.sampled_from([code for code in CARD_OBJECTS if code != "TE"]),
    benefit=st.sampled_from("12345"),
    province_gso=provinces,
    insurance_number=digits(10),
) | st.builds(
    HealthCard,
    object_code=st.just("TE"),
    benefit=st.just("1"),
    province_gso=provinces,
    insurance_number=digits(10),
)
agencies = st.builds(
    lambda first, below: AgencyCode(levels=(first, *below)),
    level_1,
    st.lists(digits(2, 5), max_size=3),
)


def notices_of(kind: Any) -> st.SearchStrategy[Any]:
    return st.builds(
        kind,
        serial=st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=5, max_size=5),
        facility=digits(5),
        year=digits(2),
    )


notices = notices_of(BirthNotice)
death_notices = notices_of(DeathNotice)
cases = st.builds(
    CaseCode,
    chain=st.sampled_from([*MARKS]),
    day=days,
    sequence=digits(4, 12),
)
dossiers = st.builds(DossierCode, agency=agencies, day=days, sequence=digits(4, 7))
numbers = st.builds(SocialInsuranceNumber, digits=digits(10))


def text_of(pattern: str) -> Any:
    """The type of a text that is no field of a payload by itself."""
    return Annotated[str, StringConstraints(pattern=f"^{pattern}$")]


KINDS = [
    (PersonalId, personal_ids, fields.PersonalIdText),
    (SocialInsuranceNumber, numbers, text_of("[0-9]{10}")),
    (HealthCard, cards, fields.HealthCardText),
    (BirthNotice, notices, fields.BirthNoticeText),
    (DeathNotice, death_notices, fields.DeathNoticeText),
    (AgencyCode, agencies, fields.AgencyCodeText),
    (CaseCode, cases, text_of(fields.CASE_CODE_PATTERN)),
    (DossierCode, dossiers, fields.DossierCodeText),
]


@pytest.mark.parametrize(("cls", "values", "field"), KINDS)
def test_what_is_written_is_read_back(cls: Any, values: st.SearchStrategy[Any], field: Any) -> None:
    """parse(str(x)) is x, and the payload field takes the same text."""
    adapter = TypeAdapter(field)

    @given(values)
    def read_back(value: Any) -> None:
        assert cls.parse(str(value)) == value
        assert adapter.validate_python(str(value)) == str(value)

    read_back()


@pytest.mark.parametrize(("cls", "values", "field"), KINDS)
def test_field_and_parser_agree(cls: Any, values: st.SearchStrategy[Any], field: Any) -> None:
    """A character changed anywhere gives a text that both take or both refuse.

    Two exceptions: a pattern does not know how many days a month has, and the field of an agency
    code takes no old form.
    """
    adapter = TypeAdapter(field)

    @given(values, st.data())
    def agree(value: Any, data: st.DataObject) -> None:
        text = str(value)
        at = data.draw(st.integers(0, len(text) - 1))
        mutated = text[:at] + data.draw(st.sampled_from("0379GHTEx.-० \n")) + text[at + 1 :]
        wrong_part = part_refused(cls, mutated)
        taken = is_taken(adapter, mutated)
        if wrong_part is None:
            assert taken or (cls is AgencyCode and mutated[0].isdigit())
        else:
            assert not taken or wrong_part == "day"

    agree()


def part_refused(cls: Any, text: str) -> str | None:
    try:
        cls.parse(text)
    except IdentifierError as error:
        return error.part
    return None


def is_taken(adapter: TypeAdapter[str], text: str) -> bool:
    try:
        adapter.validate_python(text)
    except ValidationError:
        return False
    return True


def cut(text: str, start: int, end: int, new: str) -> str:
    return text[:start] + new + text[end:]


@pytest.mark.parametrize(
    ("cls", "values", "mutate", "part"),
    [
        (PersonalId, personal_ids, lambda t: cut(t, 0, 3, "099"), "province"),
        (PersonalId, personal_ids, lambda t: cut(t, 3, 4, "x"), "sex"),
        (PersonalId, personal_ids, lambda t: cut(t, 4, 5, " "), "year"),
        (PersonalId, personal_ids, lambda t: cut(t, 6, 7, "०"), "serial"),
        (PersonalId, personal_ids, lambda t: t + "0", "length"),
        (SocialInsuranceNumber, numbers, lambda t: cut(t, 3, 4, "O"), "digits"),
        (SocialInsuranceNumber, numbers, lambda t: t[1:], "length"),
        (HealthCard, cards, lambda t: cut(t, 0, 2, "ZZ"), "object"),
        (HealthCard, cards, lambda t: cut(t, 2, 3, "6"), "benefit"),
        (HealthCard, cards, lambda t: cut(t, 0, 3, "TE4"), "benefit"),
        (HealthCard, cards, lambda t: cut(t, 3, 5, "03"), "province"),
        (HealthCard, cards, lambda t: cut(t, 5, 6, "x"), "insurance number"),
        (HealthCard, cards, lambda t: t[:-1], "length"),
        (BirthNotice, notices, lambda t: cut(t, 0, 1, "a"), "serial"),
        (BirthNotice, notices, lambda t: cut(t, 6, 9, "GBT"), "mark"),
        (BirthNotice, notices, lambda t: cut(t, 10, 15, "7900"), "facility"),
        (BirthNotice, notices, lambda t: cut(t, 16, 18, "2023"), "year"),
        (BirthNotice, notices, lambda t: t[:15], "form"),
        (DeathNotice, death_notices, lambda t: cut(t, 6, 9, "GCS"), "mark"),
        (DeathNotice, death_notices, lambda t: cut(t, 10, 15, "7900"), "facility"),
        (DeathNotice, death_notices, lambda t: t[:15], "form"),
        (AgencyCode, agencies, lambda t: cut(t, 0, 3, "H64"), "level 1"),
        (AgencyCode, agencies, lambda t: cut(t, 3, len(t), ".7"), "level 2"),
        (AgencyCode, agencies, lambda t: t[:3] + ".01.123456", "level 3"),
        (AgencyCode, agencies, lambda t: t[:3] + ".01.02.x", "level 4"),
        (AgencyCode, agencies, lambda t: t[:3] + ".01.02.03.04", "form"),
        (CaseCode, cases, lambda t: cut(t, 7, 9, "07"), "chain"),
        (CaseCode, cases, lambda t: cut(t, 10, 16, "230229"), "day"),
        (CaseCode, cases, lambda t: t[:17] + "123", "sequence"),
        (CaseCode, cases, lambda t: t[:16], "form"),
        (DossierCode, dossiers, lambda t: "H99" + t[3:], "agency"),
        (DossierCode, dossiers, lambda t: t.split("-")[0] + "-230431-0001", "day"),
        (DossierCode, dossiers, lambda t: t.rsplit("-", 1)[0] + "-1", "sequence"),
        (DossierCode, dossiers, lambda t: t.replace("-", "/"), "form"),
    ],
)
def test_a_wrong_part_is_named(
    cls: Any, values: st.SearchStrategy[Any], mutate: Callable[[str], str], part: str
) -> None:
    """One part made wrong, whatever the rest is: the error names the kind and that part."""

    @given(values)
    def named(value: Any) -> None:
        with pytest.raises(IdentifierError) as caught:
            cls.parse(mutate(str(value)))
        assert (caught.value.kind, caught.value.part) == (cls.KIND, part)
        assert str(caught.value) == caught.value.message

    named()


@given(personal_ids)
def test_an_error_does_not_tell_a_persons_number(value: PersonalId) -> None:
    """A message shows at most the province of a personal ID, never its serial."""
    text = str(value)
    for wrong in (f"099{text[3:]}", f"{text[:6]}x{text[7:]}", f"{text}1"):
        with pytest.raises(IdentifierError) as caught:
            PersonalId.parse(wrong)
        assert text[6:] not in str(caught.value)


def test_message_says_what_was_expected() -> None:
    """The message names kind, part, what stood there and what should have."""
    with pytest.raises(IdentifierError) as caught:
        PersonalId.parse("099223000001")
    assert str(caught.value) == ("personal ID 099…: province part '099' is not one of the 63 codes")


@pytest.mark.parametrize(
    ("text", "gso", "sex", "year"),
    [
        ("001088123456", "01", "male", 1988),
        ("079195000001", "79", "female", 1995),
        ("046201000001", "46", "male", 2001),
        ("096323999999", "96", "female", 2023),
        ("096405999999", "96", "male", 2105),
        ("001999000000", "01", "female", 2399),
    ],
)
def test_personal_id_tells_province_sex_and_year(text: str, gso: str, sex: str, year: int) -> None:
    """The digits mean province, sex and year of birth, over five centuries."""
    value = PersonalId.parse(text)
    assert (value.province_gso, value.sex, value.birth_year) == (gso, sex, year)
    assert personal_id_text(value.province_gso, value.sex, year, int(value.serial)) == text
    assert sex_and_birth_year(text) == (value.sex, year)


def test_case_code_tells_chain_and_day() -> None:
    """A code seen in the wild is a birth case of 21 September 2026; leading zeros stay."""
    birth = CaseCode.parse("G22.99.08-260921-896048")
    assert (birth.chain, birth.day, birth.sequence) == ("birth", date(2026, 9, 21), "896048")
    death = CaseCode.parse("G22.99.09-240114-0001")
    assert (death.chain, str(death)) == ("death", "G22.99.09-240114-0001")
    stay = CaseCode.parse("G22.99.10-230710-0001")
    assert (stay.chain, str(stay)) == ("temporary_residence", "G22.99.10-230710-0001")
    assert case_code_text("birth", date(2023, 7, 10), 12_345_678) == "G22.99.08-230710-12345678"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("000.00.00.H41", "H41"),
        ("000.00.12.H62", "H62.12"),
        ("000.05.50.H15", "H15.50.05"),
        ("013.05.50.H15", "H15.50.05.13"),
        ("113.00.00.G12", "G12.00.00.113"),
    ],
)
def test_old_agency_code_turns_into_todays_and_back(old: str, new: str) -> None:
    """The leaf-first form of 2020 and the form of today name one agency."""
    assert str(AgencyCode.parse(old)) == new
    assert AgencyCode.parse(new).old_form() == old


@given(agencies)
def test_old_form_never_names_another_agency(agency: AgencyCode) -> None:
    """A code has an old form that means the same agency, or it is said that it has none."""
    try:
        old = agency.old_form()
    except IdentifierError:
        return
    assert AgencyCode.parse(old) == agency


@pytest.mark.parametrize(
    ("old", "part"),
    [("00.00.12.H62", "level 4"), ("000.0.12.H62", "level 3"), ("000.00.123.H62", "level 2")],
)
def test_old_agency_code_of_wrong_width_is_an_error(old: str, part: str) -> None:
    """The old form has three, two and two digits."""
    with pytest.raises(IdentifierError) as caught:
        AgencyCode.parse(old)
    assert caught.value.part == part


@pytest.mark.parametrize(
    "text", ["000.00.12.H62-201105-0004", "H15.50.05.13-261008-0975", "H21.123-240701-10000"]
)
def test_dossier_code_stays_as_its_agency_wrote_it(text: str) -> None:
    """A dossier code of the old form is read and written back in the old form."""
    assert str(DossierCode.parse(text)) == text


def test_dossier_code_gets_a_fifth_digit() -> None:
    """The sequence of a day does not stop at 9,999."""
    day = date(2026, 10, 8)
    assert dossier_code_text("H15.50.05.13", day, 975) == "H15.50.05.13-261008-0975"
    assert dossier_code_text("H29", day, 10_000) == "H29-261008-10000"


def test_day_outside_this_century_is_an_error() -> None:
    """Two digits of a year cannot say 1999."""
    with pytest.raises(IdentifierError, match="2000 to 2099"):
        CaseCode(chain="birth", day=date(1999, 12, 31), sequence="0001")
