"""The codes that agencies gave to a birth: what most places say, their form, their count."""

from collections.abc import Iterator

from hub.ledger import tables
from hub.ledger.birth.case import BirthCase
from hub.ledger.chain import Counted, Formed
from hub.ledger.codes import Codes, most
from hub.ledger.evidence import Evidence, number_in, part, whole
from hub.ledger.units import province_of_2023, province_on
from schemas.identifiers import HealthCard, PersonalId, SocialInsuranceNumber


def codes(evidence: Evidence, case: str) -> Codes:
    """What most of register, dossier and case store say."""
    found = evidence.common_codes(case, tables.SO_KHAI_SINH, "civil-status/enter")
    results = part(evidence.document(case), "results")
    found.person = most(
        (
            evidence.row(case, tables.CONG_DAN).get("so_dinh_danh"),
            evidence.dossier(case, "population/allocate").get("so_dinh_danh"),
            results.get("personal_id"),
        )
    )
    found.residence = most(
        (
            whole(evidence.row(case, tables.THUONG_TRU).get("so")),
            whole(evidence.dossier(case, "residence/register").get("so")),
            whole(evidence.dossier(case, "residence/decide").get("so")),
            number_in(results.get("residence")),
        )
    )
    found.insurance = most(
        (
            evidence.row(case, tables.THE_BHYT).get("so_bhxh"),
            evidence.dossier(case, "social-insurance/card").get("so_bhxh"),
            str(results.get("card") or "")[5:] or None,
        )
    )
    return found


def counted(case: BirthCase) -> Iterator[Counted]:
    """Numbers that count from 1 without a gap."""
    if isinstance(case.codes.number, int):
        within = (case.commune("one-stop/receive"), case.entered.year)
        yield Counted(tables.SO_KHAI_SINH, "so", within, case.codes.number)
    if isinstance(case.codes.residence, int):
        year = case.day(case.residence_step or "residence/register").year
        yield Counted(tables.THUONG_TRU, "so", (case.home, year), case.codes.residence)


def formed(case: BirthCase) -> Iterator[Formed]:
    """Codes of the child."""
    if case.codes.person is not None:
        yield Formed(tables.CONG_DAN, "so_dinh_danh", case.codes.person, _person)
    if case.codes.insurance is not None:
        yield Formed(tables.THE_BHYT, "so_bhxh", case.codes.insurance, _insurance)


def _person(case: BirthCase, text: str) -> str | None:
    number = PersonalId.parse(text)
    child = case.payload["child"]
    registered = case.decided("civil-status/enter") or case.course.submission.time
    province = province_on(case.payload["province"], registered.date())
    if case.course.former_provinces:
        province = province_of_2023(case.commune("one-stop/receive")) or province
    expected = (province, child["sex"], case.born.year)
    if (number.province_gso, number.sex, number.birth_year) == expected:
        return None
    return f"a number of province, sex and year {expected}"


def _insurance(case: BirthCase, text: str) -> str | None:
    SocialInsuranceNumber.parse(text)
    HealthCard.parse(case.card)
    province = case.insured_in
    return None if text.startswith(province) else f"a number issued in province {province}"
