"""The program against examples whose answers were typed by hand from their sources."""

import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from hub.ledger import calendar as ledger
from hub.ledger import procedures as ledger_procedures
from hub.ledger.birth import drafts as ledger_drafts
from hub.ledger.birth.case import last_identity_card_day
from hub.ledger.birth.model import BirthWalk
from hub.ledger.course import Submission
from hub.ledger.death import money
from hub.ledger.draws import World
from hub.ledger.units import committee, receiving
from hub.ledger.units import province_then as ledger_province
from schemas.amounts import Group, amount, higher, still_due
from schemas.deadlines import (
    clock_of,
    deadline,
    draft_checked_by,
    filing,
    identity_card_until,
    last_day_missed,
    new_date,
    promised,
    verify_late_births,
)
from schemas.event import VN
from schemas.identifiers import AgencyCode, CaseCode, HealthCard, IdentifierError, PersonalId
from schemas.identifiers.people import Sex, personal_id_text
from schemas.procedures import procedure
from schemas.regimes import (
    IdProvince,
    competent_commune,
    competent_province,
    offers_identity_card,
    personal_id_province,
    protecting_committee,
    province_of_commune,
    regime,
)
from schemas.standards import Standard, adopt_standards, province_then
from schemas.working_days import effective_reception, resumed, worked_after
from simulators.agencies.social_insurance import last_day_of_childs_card

Own = tuple[str, int, date]
"""A province, what it has set, and from when on."""


class Example(NamedTuple):
    """A question and the answer that its source gives."""

    question: str
    says: str
    given: Mapping[str, Any]
    expected: Any
    source: str
    sure: str


def _examples() -> Iterator[Example]:
    told = tomllib.loads(Path(__file__).with_name("examples.toml").read_text(encoding="utf-8"))
    for question, rows in told.items():
        for row in rows:
            yield Example(question=question, **_local(row))


def _local(value: Any) -> Any:
    """The value with its moments in Vietnam's time."""
    match value:
        case datetime():
            return value.replace(tzinfo=VN)
        case dict():
            return {name: _local(part) for name, part in value.items()}
        case _:
            return value


EXAMPLES = tuple(_examples())


def _amount(group: Group, died: date, own: Sequence[Own] = (), **more: Any) -> int:
    adopt_standards(_standard(*row) for row in own)
    try:
        return amount(group, died, **more).vnd
    finally:
        adopt_standards(())


def _standard(province: str, vnd: int, since: date) -> Standard:
    day = since.isoformat()
    return Standard(
        province=province,
        vnd=vnd,
        valid_from=day,
        known_from=day,
        confidence="I",
        source_vi="thử",
        source_en="made up",
    )


def _higher(groups: tuple[Group, Group], died: date) -> str:
    one, other = (amount(group, died) for group in groups)
    return higher(one, other).group


def _deadline(**given: Any) -> dict[str, Any]:
    found = deadline(**given)
    return {"working_days": found.working_days, "due": found.due}


def _birth(born: datetime, submitted: datetime) -> dict[str, Any]:
    late = last_day_missed("birth", born, submitted) is not None
    verify_late_births(True)
    try:
        found = promised("birth", (), submitted, late=late)
    finally:
        verify_late_births(False)
    return {"working_days": found.working_days, "due": found.due}


def _filing(**given: Any) -> dict[str, Any]:
    found = filing(**given)
    return {"last_day": found.last_day, "late": found.late}


def _competent_commune(code: str, processed: date) -> dict[str, str]:
    found = competent_commune(code, processed)
    return {"commune": found.commune, "name": found.name, "province": found.province}


def _personal_id(province: str, sex: Sex, year: int) -> str:
    """The part before the serial."""
    return personal_id_text(province, sex, year, 123)[:6]


def _id_province(commune_code: str, registered: date, choice: IdProvince) -> str:
    """The first three digits."""
    province = province_of_commune(commune_code, registered)
    return personal_id_text(
        personal_id_province(commune_code, province, choice), "female", 2025, 123
    )[:3]


def _person(personal_id: str) -> dict[str, Any]:
    found = PersonalId.parse(personal_id)
    return {"province": found.province_gso, "sex": found.sex, "born": found.birth_year}


def _card(number: str) -> dict[str, str]:
    found = HealthCard.parse(number)
    return {
        "object": found.object_code,
        "benefit": found.benefit,
        "province": found.province_gso,
        "insurance_number": found.insurance_number,
    }


def _not_a_card(number: str) -> str:
    """The part that is wrong."""
    with pytest.raises(IdentifierError) as error:
        HealthCard.parse(number)
    return error.value.part


def _case_code(code: str) -> dict[str, Any]:
    found = CaseCode.parse(code)
    return {"chain": found.chain, "day": found.day}


ASK: Mapping[str, Callable[..., Any]] = {
    "amount": _amount,
    "home": province_then,
    "still_due": still_due,
    "higher": _higher,
    "received": lambda submitted, **more: effective_reception(submitted, **more),
    "deadline": _deadline,
    "resumed": resumed,
    "worked": worked_after,
    "birth": _birth,
    "new_date": new_date,
    "filing": _filing,
    "regime": lambda submitted: regime(submitted).value,
    "procedure": lambda service, on: procedure(service, on).code,
    "competent_province": competent_province,
    "competent_commune": _competent_commune,
    "committee": protecting_committee,
    "personal_id": _personal_id,
    "id_province": _id_province,
    "person": _person,
    "card": _card,
    "not_a_card": _not_a_card,
    "card_last_day": last_day_of_childs_card,
    "offers_identity_card": offers_identity_card,
    "identity_card_until": identity_card_until,
    "draft_checked_by": draft_checked_by,
    "case_code": _case_code,
    "agency": lambda code: str(AgencyCode.parse(code)),
}
"""How the program is asked each question."""


def _name(example: Example) -> str:
    return f"{example.question}: {example.says}"


@pytest.mark.parametrize("example", EXAMPLES, ids=_name)
def test_the_program_says_what_the_source_says(example: Example) -> None:
    """Each example by itself."""
    found = ASK[example.question](**example.given)
    assert found == example.expected, (
        f"{example.says}: by {example.source} [{example.sure}] it is {_shown(example.expected)}, "
        f"the program says {_shown(found)}"
    )


@pytest.mark.parametrize(
    "example", [one for one in EXAMPLES if one.question == "deadline"], ids=_name
)
def test_the_ledger_counts_days_as_the_source_does(example: Example) -> None:
    """The ledger's calendar is its own, so the examples judge it too."""
    days, due = example.expected["working_days"], example.expected["due"]
    who = example.given.get("by") or clock_of(example.given["matter"])
    found = ledger.deadline(example.given["submitted"], days, who)
    assert found == due, (
        f"{example.says}: by {example.source} [{example.sure}] it is {_shown(due)}, "
        f"the ledger says {_shown(found)}"
    )


@pytest.mark.parametrize(
    "example", [one for one in EXAMPLES if one.question in ("resumed", "worked")], ids=_name
)
def test_the_ledger_knows_hours_and_pauses_as_the_source_does(example: Example) -> None:
    """An agency's own calendar too."""
    given = dict(example.given)
    if example.question == "worked":
        found = ledger.worked(given["moment"], given["seconds"], given["hours"])
    else:
        who = "residence" if given.pop("calendar", "office") == "commune_police" else "one-stop"
        found = ledger.resumed(given["deadline"], given["asked"], given["answered"], who)
    assert found == example.expected, f"{example.says}: the ledger says {_shown(found)}"


@pytest.mark.parametrize("example", [one for one in EXAMPLES if one.question == "birth"], ids=_name)
def test_the_ledger_promises_a_late_birth_as_the_source_does(example: Example) -> None:
    """By days of its own, from when the child was born."""
    payload = {
        "services": ("birth", "health_card"),
        "child": {"born": example.given["born"].isoformat()},
    }
    submitted = example.given["submitted"]
    verifying = World(seed=1, steps={}, late_verified=True)
    days = BirthWalk.days(Submission("", "", submitted, payload), verifying)
    found = {"working_days": days, "due": ledger.deadline(submitted, days)}
    assert found == example.expected, f"{example.says}: the ledger says {_shown(found)}"


@pytest.mark.parametrize(
    "example", [one for one in EXAMPLES if one.question == "amount"], ids=_name
)
def test_the_ledger_s_sums_are_those_of_the_source(example: Example) -> None:
    """Its law is written down again, with what a province has set."""
    asked = example.given
    own = [
        money.Standard(since, vnd, since)
        for province, vnd, since in asked.get("own", ())
        if province == asked["province"]
    ]
    known = asked.get("known_on", date.max)
    found = money.due(asked["group"], asked["died"], known, own)
    assert found is not None
    assert found.vnd == example.expected, f"{example.says}: by {example.source}"


@pytest.mark.parametrize("example", [one for one in EXAMPLES if one.question == "home"], ids=_name)
def test_the_ledger_knows_where_somebody_lived_as_the_source_does(example: Example) -> None:
    """By its own catalogues."""
    given = example.given
    assert ledger_province(given["code"], given["day"]) == example.expected, example.says


@pytest.mark.parametrize(
    "example", [one for one in EXAMPLES if one.question == "competent_commune"], ids=_name
)
def test_the_ledger_knows_the_successors_as_the_source_does(example: Example) -> None:
    """Its table is its own as well."""
    found = receiving(example.given["code"], example.given["processed"], {})
    expected = example.expected["province"], example.expected["commune"]
    assert found == expected, f"{example.says}: by {example.source} it is {expected}"


@pytest.mark.parametrize(
    "example", [one for one in EXAMPLES if one.question == "committee"], ids=_name
)
def test_the_ledger_knows_who_decides_as_the_source_does(example: Example) -> None:
    """Its table of districts is its own as well."""
    given = example.given
    found = committee(given["commune_code"], given["decided"], {})
    assert found == example.expected, f"{example.says}: by {example.source}"


@pytest.mark.parametrize(
    "example",
    [one for one in EXAMPLES if one.question in ("offers_identity_card", "identity_card_until")],
    ids=_name,
)
def test_the_ledger_knows_identity_cards_as_the_source_does(example: Example) -> None:
    """From when on they are given, and until when one is valid."""
    if example.question == "identity_card_until":
        found: object = last_identity_card_day(example.given["born"])
    else:
        found = ledger_procedures.offers_identity_card(example.given["submitted"])
    assert found == example.expected, f"{example.says}: by {example.source}"


@pytest.mark.parametrize(
    "example", [one for one in EXAMPLES if one.question == "draft_checked_by"], ids=_name
)
def test_the_ledger_gives_a_requester_the_same_day(example: Example) -> None:
    """Its own 24 hours."""
    assert ledger_drafts.expires(example.given["drafted"]) == example.expected, example.says


def test_there_are_enough_examples_and_each_names_its_source() -> None:
    """At least forty; none twice; what is unsure says so."""
    assert len(EXAMPLES) >= 40
    assert len({_name(example) for example in EXAMPLES}) == len(EXAMPLES)
    assert {example.question for example in EXAMPLES} == set(ASK), "a question without an example"
    for example in EXAMPLES:
        assert example.source, example.says
        assert example.sure in ("V", "V2", "K", "I"), example.says


def _shown(value: Any) -> str:
    match value:
        case dict():
            return ", ".join(f"{name} {_shown(part)}" for name, part in value.items())
        case datetime():
            return f"{value:%Y-%m-%d %H:%M:%S}"
        case _:
            return str(value)
