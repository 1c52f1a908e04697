"""The cases of a scenario, from the generator of people and the changes that its filings say."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import orjson

from schemas import units
from schemas.event import to_text
from schemas.payloads import CaseSubmitted, SubmittedCase
from schemas.regimes import Office, competent_commune, merged
from simulators.arrivals import Arrivals, Submission
from simulators.mix import Mix
from simulators.people import places
from simulators.scenarios.scenario import Baby, Death, Filing, Scenario, moment

PLAIN = {
    "deaths": 0.0,
    "twins": 0.0,
    "birth_and_card_only": 0.0,
    "birth_and_residence_only": 0.0,
    "identity_card": 0.0,
    "consent_needed": 0.0,
    "consent_signed": 0.0,
    "born_elsewhere": 0.0,
    "father_known": 1.0,
    "landlord_files": 0.0,
    "online": 1.0,
    "by_post": 0.0,
    "withdrawn": 0.0,
}
"""The rates of a family to whom nothing special happens."""
_SHARED = {
    "birth": {"requester", "mother", "father", "household"},
    "death": {"address"},
    "temporary_residence": {"requester", "address"},
}
"""What cases of one family have in common."""
_BEFORE_THE_MERGERS = date(2025, 6, 30)
_SAME = {
    "birth": {"child"},
    "death": {"deceased", "notice"},
    "temporary_residence": {"resident"},
}
"""What says whom a case is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """A filing with its case. `raw` is the payload as it is sent."""

    filing: Filing
    submission: Submission
    raw: Mapping[str, Any]


def filed(scenario: Scenario, seed: int) -> list[Filed]:
    """Every case of a scenario in the order of its filings."""
    made: list[Filed] = []
    for ordinal, filing in enumerate(scenario.filings):
        made.append(_file(filing, ordinal, seed, made))
    return made


def _file(filing: Filing, ordinal: int, seed: int, before: Sequence[Filed]) -> Filed:
    rates = PLAIN if filing.death is None else PLAIN | _rates(filing.death)
    mix = Mix(**{**rates, **filing.mix})
    arrivals = Arrivals(seed=seed, start=moment(filing.at), mix=mix)
    submission = arrivals.submission(ordinal)
    raw = submission.payload.model_dump(mode="json")
    _move(raw, filing.commune, submission.at.date())
    if filing.family_of is not None:
        family = before[filing.family_of].raw
        shared = _SHARED[raw["chain"]] | (_SAME[raw["chain"]] if filing.same_person else set())
        raw |= {name: deepcopy(family[name]) for name in shared}
    if filing.baby is not None:
        raw["child"] |= _child(filing.baby, raw)
    if filing.death is not None:
        _die(raw, filing.death)
    for pointer, value in filing.changes.items():
        _put(raw, pointer, value)
    if not filing.malformed:
        submission = replace(submission, payload=_read(raw))
    if filing.withdrawn is not None:
        submission = replace(submission, withdrawn=moment(filing.withdrawn))
    return Filed(filing=filing, submission=submission, raw=raw)


def _read(raw: Mapping[str, Any]) -> SubmittedCase:
    # strict models take tuples from JSON, not from lists
    return CaseSubmitted.model_validate_json(orjson.dumps(raw)).root


def _move(raw: dict[str, Any], code: str, day: date) -> None:
    """Let a family live in a commune as it is on a day, in the same house.

    An old commune that nobody knows a successor of stays what it was.
    """
    home = raw.get("household", raw)
    house = home["address"].split(", ")[0]
    office = _office(code, day)
    home["address"] = _address(house, office)
    raw |= {"province": office.province, "commune": code}
    facility = f"{units.commune(code).province}001"
    if "deceased" in raw:
        _attest(raw, facility)
    if "child" in raw:
        home["commune"] = code
        raw["treatment_facility"] = places.health_station(code)
        raw["child"] |= {"facility": facility, "notice": _notice(raw["child"]["notice"], facility)}


def _office(code: str, day: date) -> Office:
    try:
        return competent_commune(code, day)
    except units.UnmappedUnitError:
        return competent_commune(code, _BEFORE_THE_MERGERS)


def _address(house: str, office: Office) -> str:
    """A house of a commune, as that is called since the day of its office."""
    where = units.province(office.province)
    if merged(office.row.valid_from):
        return ", ".join((house, office.name, where.successor_name))
    district = units.commune(office.commune).district_name
    return ", ".join((house, office.name, district, where.name))


def _codes(office: Office) -> dict[str, str]:
    return {"province": office.province, "commune": office.commune}


def _attest(raw: dict[str, Any], facility: str) -> None:
    """Let a hospital make out the death notice."""
    number = _notice(raw["notice"]["number"], facility)
    place = places.hospital_name(facility)
    raw["notice"] |= {"number": number, "facility": facility, "place": place}


def _rates(death: Death) -> dict[str, float]:
    """A family that files a death, asks for an allowance if it ticks a group, and is paid so."""
    ticks = 1.0 if death.groups else 0.0
    into_account, by_post = float(death.method == "account"), float(death.method == "post")
    none = dict.fromkeys(("social_protection", "merit", "veterans", "social_pension"), 0.0)
    return {
        "deaths": 1.0,
        **{f"group_{name}": share for name, share in none.items()},
        "group_insurance": ticks,
        "second_group": 0.0,
        "paid_into_account": into_account,
        "paid_by_post": by_post,
        "requester_is_paid": 1.0,
    }


def _die(raw: dict[str, Any], death: Death) -> None:
    died = moment(death.died)
    raw["deceased"]["died"] = to_text(died)
    raw["groups"] = list(death.groups)
    if death.facility is not None:
        _attest(raw, death.facility)
    if death.registered is not None:
        office = _office(death.registered, moment(death.died).date())
        house = raw["address"].split(", ")[0]
        raw["permanent_residence"] = {**_codes(office), "address": _address(house, office)}
    if death.insured is not None:
        raw["allowance_office"] = _codes(_office(death.insured, moment(death.died).date()))
    serial, kind, facility, _ = raw["notice"]["number"].split(".")
    raw["notice"]["number"] = f"{serial}.{kind}.{facility}.{died.year % 100:02}"


def _child(baby: Baby, raw: Mapping[str, Any]) -> dict[str, str]:
    surname = (raw["father"] or raw["mother"])["name"].partition(" ")[0]
    born = to_text(moment(baby.born))
    return {"name": f"{surname} {baby.given}", "sex": baby.sex, "born": born}


def _notice(number: str, facility: str) -> str:
    serial, kind, _, year = number.split(".")
    return ".".join((serial, kind, facility, year))


def _put(raw: dict[str, Any], pointer: str, value: Any) -> None:
    *path, last = pointer.removeprefix("/").split("/")
    for name in path:
        raw = raw[name]
    if last not in raw:
        raise KeyError(f"{pointer}: a submission has no such field")
    raw[last] = value
