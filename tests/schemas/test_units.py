"""Provinces and communes of 2023, their successors and today's units."""

from collections import Counter

import pytest

from schemas import units
from schemas.identifiers import PROVINCES, AgencyCode


def test_there_are_the_63_provinces_of_the_identifiers() -> None:
    """The table and the identifiers know the same 63 codes."""
    assert tuple(province.code for province in units.provinces()) == PROVINCES
    assert len(PROVINCES) == 63


def test_there_are_10598_communes_and_each_province_has_its_count() -> None:
    """The communes of a province are as many as the province's own row says."""
    assert len(units.communes()) == 10_598
    counts = Counter(commune.province for commune in units.communes())
    assert counts == {province.code: province.communes for province in units.provinces()}
    assert len(units.communes_of("79")) == 312


def test_a_unit_is_found_by_its_code() -> None:
    """A code leads to the unit with its names."""
    assert units.province("79").name == "Hồ Chí Minh"
    ward = units.commune("00001")
    assert (ward.name, ward.district_name, ward.province) == (
        "Phường Phúc Xá",
        "Quận Ba Đình",
        "01",
    )


def test_an_unknown_code_is_an_error_that_shows_it() -> None:
    """A code without a unit is named in the error."""
    with pytest.raises(units.UnknownUnitError, match="'03'"):
        units.province("03")
    with pytest.raises(units.UnknownUnitError, match="'99999'"):
        units.commune("99999")
    with pytest.raises(units.UnknownUnitError, match="'03'"):
        units.communes_of("03")


def test_population_shares_sum_to_one() -> None:
    """The shares are a distribution, and the two largest cities lead it."""
    shares = {province.code: province.population_share for province in units.provinces()}
    assert sum(shares.values()) == pytest.approx(1, abs=1e-12)
    assert sorted(shares, key=shares.__getitem__)[-2:] == ["01", "79"]


def test_a_commune_whose_code_lives_on_has_a_successor() -> None:
    """Phường Bến Nghé's code is that of Phường Sài Gòn, formed of it and its neighbours."""
    assert units.commune("26740").name == "Phường Bến Nghé"
    assert units.successor_of("26740").name == "Phường Sài Gòn"
    assert units.agency_of_today("26740") == "H29.26740"


def test_a_commune_without_a_mapping_is_an_error_of_its_own() -> None:
    """Nobody guesses which commune succeeds one whose code is gone."""
    gone = {c.code for c in units.communes()} - {c.code for c in units.today_communes()}
    assert len(gone) == 10_598 - 3_315
    for code in sorted(gone)[:50]:
        with pytest.raises(units.UnmappedUnitError, match=code):
            units.successor_of(code)


def test_each_commune_of_today_with_an_old_code_lies_in_the_successor_province() -> None:
    """Where a code lives on, old and new commune are in one province, so the successor is right."""
    old = {c.code: c.province for c in units.communes()}
    for unit in units.today_communes():
        if unit.code in old:
            assert units.province(old[unit.code]).successor == unit.province, unit


def test_each_province_has_a_successor_of_today_by_the_same_name() -> None:
    """63 provinces became 34, and table and package agree on their codes and names."""
    today = {unit.code: unit.name for unit in units.today_provinces()}
    assert len(today) == 34
    assert {province.successor for province in units.provinces()} == set(today)
    for province in units.provinces():
        assert today[province.successor].endswith(province.successor_name)


@pytest.mark.parametrize(
    ("old", "new"),
    [("02", "08"), ("10", "15"), ("52", "52"), ("62", "51"), ("74", "79"), ("46", "46")],
)
def test_successors_of_1_july_2025(old: str, new: str) -> None:
    """Hà Giang went to Tuyên Quang, Bình Dương to Hồ Chí Minh, Huế stayed, …"""
    assert units.province(old).successor == new


def test_there_are_3321_communes_today() -> None:
    """Today's communes each belong to one of today's provinces."""
    communes = units.today_communes()
    assert len({commune.code for commune in communes}) == 3_321
    provinces = {province.code for province in units.today_provinces()}
    assert {commune.province for commune in communes} == provinces


def test_agency_codes_are_valid_and_no_two_communes_share_one() -> None:
    """The rule for agencies below the provinces is injective and gives well-formed codes."""
    codes = {units.agency_of_commune(commune.code) for commune in units.communes()}
    assert len(codes) == 10_598
    assert all(str(AgencyCode.parse(code)) == code for code in codes)
    assert units.agency_of_commune("26734") == "H29.760.26734"


def test_provinces_have_the_agency_codes_that_were_published() -> None:
    """The eight codes read in a source, and 63 different ones in all."""
    checked = {p.name: p.agency for p in units.provinces() if p.agency_checked}
    assert checked == {
        "Đắk Lắk": "H15",
        "Gia Lai": "H21",
        "Hà Giang": "H22",
        "Hồ Chí Minh": "H29",
        "Hậu Giang": "H30",
        "Lào Cai": "H38",
        "Nghệ An": "H41",
        "Thái Nguyên": "H55",
    }
    assert {p.agency for p in units.provinces()} == {f"H{n:02}" for n in range(1, 64)}
