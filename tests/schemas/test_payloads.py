"""Payload models: strict, closed, one canonical form; and the examples that show each of them."""

import copy
import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import orjson
import pytest
from pydantic import ValidationError

from schemas import units
from schemas.catalogue import CATALOGUE
from schemas.event import MAX_PAYLOAD_BYTES, VN
from schemas.examples import (
    CARD_CASE,
    CASE,
    DEATH_SUBMISSION,
    SUBMISSIONS,
    example,
    example_payload,
)
from schemas.identifiers import (
    AgencyCode,
    BirthNotice,
    CaseCode,
    DossierCode,
    HealthCard,
    PersonalId,
)
from schemas.payloads import BirthCase, CaseSubmitted, canonical, encode, shape_of, tag_of
from schemas.procedures import procedure
from schemas.systems import HUB, RIGHTS
from schemas.working_days import due

SUBMITTED = "case.submitted"
EVERY_TYPE = pytest.mark.parametrize("name", CATALOGUE)


def data_of(name: str) -> dict[str, Any]:
    """A fresh copy of an example's data."""
    data: dict[str, Any] = orjson.loads(example_payload(name))
    return data


def place(name: str, error: ValidationError) -> tuple[str | int, ...]:
    """The path into the payload that the first fault names."""
    fault = error.errors()[0]
    if fault["type"].startswith("union_tag"):
        return (str(tag_of(CATALOGUE[name].model)),)
    return fault["loc"][1:] if tag_of(CATALOGUE[name].model) else fault["loc"]


def objects(value: Any) -> Iterator[dict[str, Any]]:
    """Every JSON object inside a value, itself included."""
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from objects(part)


# --- every model ---------------------------------------------------------------------------


@EVERY_TYPE
def test_each_example_is_what_its_model_writes(name: str) -> None:
    """Reading an example and writing it again gives the same bytes."""
    model = CATALOGUE[name].model
    assert canonical(model.model_validate_json(example_payload(name))) == example_payload(name)


@EVERY_TYPE
def test_the_canonical_form_is_plain_compact_json(name: str) -> None:
    """The router's short path compares with orjson's dump, so both must write alike."""
    assert orjson.dumps(data_of(name)) == example_payload(name)
    assert len(example_payload(name)) < MAX_PAYLOAD_BYTES / 10


@EVERY_TYPE
def test_an_unknown_field_is_refused_at_any_depth(name: str) -> None:
    """Models are closed: a typo in an optional field is an error, not silence."""
    for number, _ in enumerate(objects(data_of(name))):
        data = copy.deepcopy(data_of(name))
        list(objects(data))[number]["them"] = 1
        with pytest.raises(ValidationError, match="them"):
            encode(CATALOGUE[name].model, data)


@EVERY_TYPE
def test_a_number_is_never_taken_for_a_text(name: str) -> None:
    """Models are strict: each text field refuses a number."""
    data = data_of(name)
    texts = [field for field, value in data.items() if isinstance(value, str)]
    for field in texts:
        with pytest.raises(ValidationError) as raised:
            encode(CATALOGUE[name].model, {**data, field: 12})
        assert place(name, raised.value) == (field,)


@EVERY_TYPE
def test_a_missing_field_is_named(name: str) -> None:
    """Leaving out a required field names it."""
    model = CATALOGUE[name].model
    data = data_of(name)
    for field, info in shape_of(model, data).model_fields.items():
        if info.is_required():
            with pytest.raises(ValidationError) as raised:
                encode(model, {key: value for key, value in data.items() if key != field})
            assert place(name, raised.value) == (field,)


@EVERY_TYPE
def test_each_model_prints_a_json_schema(name: str) -> None:
    """`contract TYPE` shows a schema that other languages can use: closed objects, plain JSON."""
    schema = CATALOGUE[name].model.model_json_schema()
    parts = [*schema.get("$defs", {}).values(), schema]
    assert all(part.get("additionalProperties", "oneOf" not in part) is False for part in parts)
    assert json.loads(json.dumps(schema)) == schema


def test_the_order_of_keys_does_not_matter_to_the_meaning() -> None:
    """Data in another order is written in the model's order."""
    data = data_of("birth.registered")
    backwards = dict(reversed(data.items()))
    model = CATALOGUE["birth.registered"].model
    assert encode(model, backwards) == example_payload("birth.registered")


# --- the examples are realistic ------------------------------------------------------------


@EVERY_TYPE
def test_each_example_comes_from_a_rightful_publisher(name: str) -> None:
    """The example event says who may send it, and it is about a case of the story."""
    event = example(name)
    right = RIGHTS.get(name)
    assert event.system in (right.publishers if right else (HUB,))
    assert event.type == CATALOGUE[name].full
    assert event.subject in {CARD_CASE, *(case for case, _ in SUBMISSIONS.values())}
    assert event.dataschema == CATALOGUE[name].dataschema


def test_the_examples_identifiers_are_of_their_kinds() -> None:
    """Codes in the story parse, and agree with each other on province, sex, year and day."""
    case = data_of("case.submitted")
    assert CaseCode.parse(CASE).day == date(2023, 7, 10)
    for person, sex in (("mother", "female"), ("father", "male")):
        number = PersonalId.parse(case[person]["personal_id"])
        assert (number.sex, number.birth_year) == (sex, int(case[person]["born"][:4]))
    child = data_of("birth.registered")["child"]
    number = PersonalId.parse(child["personal_id"])
    assert (number.sex, number.birth_year, number.province_gso) == ("male", 2023, "79")
    notice, card = case["child"]["notice"], data_of("health-card.issued")["card"]
    assert str(BirthNotice.parse(notice)) == notice
    assert str(HealthCard.parse(card)) == card
    dossier = data_of("dossier.progressed")
    assert DossierCode.parse(dossier["dossier"]).agency == AgencyCode.parse(dossier["agency"])


def test_the_examples_places_days_and_procedure_are_those_of_2023() -> None:
    """The commune is in the province, the deadline is three working days, the procedure valid."""
    case, event = data_of("case.submitted"), example("case.submitted")
    assert units.commune(case["commune"]).province == case["province"]
    agency = data_of("dossier.progressed")["agency"]
    assert agency == units.agency_of_commune(case["commune"])
    assert case["procedure"] == procedure("linked_birth", event.time.date()).code
    promised = due(event.time, 3).astimezone(VN).isoformat()
    assert data_of("case.status.changed")["due"] == promised


def test_the_example_case_needs_no_consent() -> None:
    """Sent unchanged, it walks the whole chain: the household head files it."""
    case = data_of("case.submitted")
    assert case["household"]["head"] == case["requester"]
    assert case["services"] == ["birth", "residence", "health_card"]


def test_the_example_stay_is_of_somebody_and_not_too_long() -> None:
    """Her number says sex and year of birth; she goes before 24 months are over."""
    resident = data_of("residence.temporary.requested")["resident"]
    number = PersonalId.parse(resident["personal_id"])
    assert (number.sex, number.birth_year) == (resident["sex"], int(resident["born"][:4]))
    _, case = SUBMISSIONS["temporary_residence"]
    assert case["procedure"] == procedure("temporary_residence", date(2023, 7, 10)).code
    assert date(2023, 7, 10) < date.fromisoformat(case["until"]) <= date(2025, 7, 10)


def test_there_is_no_example_of_a_type_that_does_not_exist() -> None:
    """Asking for an unknown type is an error that names it."""
    with pytest.raises(KeyError, match="marriage"):
        example("marriage.registered")


# --- single fields that matter -------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "path", "value"),
    [
        ("case.submitted", ("services",), []),
        ("case.submitted", ("services",), ["birth", "passport"]),
        ("case.submitted", ("child", "sex"), "1"),
        ("case.submitted", ("child", "born"), "2023-07-08T05:30:00"),
        ("case.submitted", ("child", "notice"), "GCS-1"),
        ("case.submitted", ("mother", "personal_id"), "099194012877"),
        ("case.submitted", ("mother", "born"), "02/11/1994"),
        ("case.submitted", ("household", "consent_signed"), "true"),
        ("case.submitted", ("documents", 0, "sha256"), "ab"),
        ("case.submitted", ("documents", 0, "uri"), "see the desk"),
        ("birth.registered", ("entry", "page"), 0),
        ("birth.registered", ("entry", "number"), "214"),
        ("dossier.progressed", ("codes",), [1, 8]),
        ("birth.registration.refused", ("reason",), "because"),
        ("case.status.changed", ("services", 0, "status"), 11),
        ("health-card.issued", ("card",), "TE1797923"),
    ],
)
def test_a_value_outside_its_field_is_refused_with_its_place(
    name: str, path: tuple[str | int, ...], value: Any
) -> None:
    """The error's location is the path into the payload, of which the router makes a pointer."""
    data: Any = data_of(name)
    target = data
    for step in path[:-1]:
        target = target[step]
    target[path[-1]] = value
    with pytest.raises(ValidationError) as raised:
        encode(CATALOGUE[name].model, data)
    assert place(name, raised.value)[: len(path)] == path


def test_a_case_is_what_its_chain_says() -> None:
    """A death case is read by the death's model, and has no fields of a birth."""
    model = CATALOGUE["case.submitted"].model
    assert isinstance(
        CaseSubmitted.model_validate_json(encode(model, data_of(SUBMITTED))).root, BirthCase
    )
    for chain, (code, payload) in SUBMISSIONS.items():
        read = orjson.loads(encode(model, dict(payload)))
        assert read == payload
        assert CaseCode.parse(code).chain == read["chain"] == chain
    death = dict(DEATH_SUBMISSION)
    with pytest.raises(ValidationError, match="household"):
        encode(model, {**death, "household": data_of(SUBMITTED)["household"]})


def test_a_chain_that_nobody_knows_is_no_case() -> None:
    """The field that says which chain it is, is named."""
    with pytest.raises(ValidationError) as raised:
        encode(CATALOGUE[SUBMITTED].model, {**data_of(SUBMITTED), "chain": "marriage"})
    assert raised.value.errors()[0]["type"] == "union_tag_invalid"


# --- what a submission says twice ----------------------------------------------------------------

_SUBMITTED: dict[str, Any] = {chain: data for chain, (_, data) in SUBMISSIONS.items()}


@pytest.mark.parametrize(
    ("chain", "changes", "found"),
    [
        ("birth", {"mother.personal_id": "079094012877"}, ["mother.personal_id: id_of_other_sex"]),
        ("birth", {"mother.personal_id": "079195012877"}, ["mother.personal_id: id_of_other_year"]),
        (
            "birth",
            {"mother.born": "2024-11-02", "mother.personal_id": "079324012877"},
            ["mother.born: parent_too_young"],
        ),
        (
            "birth",
            {"mother.born": "2011-07-09", "mother.personal_id": "079311012877"},
            ["mother.born: parent_too_young"],
        ),
        ("birth", {"mother.born": "2011-07-08", "mother.personal_id": "079311012877"}, []),
        ("birth", {"father.personal_id": "079192004521"}, ["father.personal_id: id_of_other_sex"]),
        ("birth", {"father": None}, []),
        ("birth", {"child.notice": "00A1Z.GCS.79024.19"}, []),
        (
            "birth",
            {"child.facility": "01001"},
            ["child.notice: notice_of_other_facility"],
        ),
        ("death", {"deceased.sex": "female"}, ["deceased.personal_id: id_of_other_sex"]),
        ("death", {"deceased.born": "1940-01-01"}, ["deceased.personal_id: id_of_other_year"]),
        (
            "death",
            {"deceased.died": "1930-07-09T03:15:00+07:00"},
            ["deceased.died: died_before_birth"],
        ),
        (
            "temporary_residence",
            {"resident.sex": "male"},
            ["resident.personal_id: id_of_other_sex"],
        ),
    ],
)
def test_what_contradicts_itself_is_an_invalid_field(
    chain: str, changes: dict[str, Any], found: list[str]
) -> None:
    """Impossible people and papers are refused where they stand; the doubtful is an agency's."""
    assert contradictions(submission_with(chain, changes)) == found


def test_the_dead_neither_file_nor_are_paid() -> None:
    """Requester and payee are somebody else than the deceased; both are told at once."""
    number = _SUBMITTED["death"]["deceased"]["personal_id"]
    changes = {"requester.personal_id": number, "payee.personal_id": number}
    assert contradictions(submission_with("death", changes)) == [
        "requester.personal_id: id_of_deceased",
        "payee.personal_id: id_of_deceased",
    ]


def submission_with(chain: str, changes: dict[str, Any]) -> dict[str, Any]:
    """The example of a chain with other values at these places."""
    data: dict[str, Any] = orjson.loads(orjson.dumps(_SUBMITTED[chain]))
    for place, value in changes.items():
        *path, last = place.split(".")
        part = data
        for name in path:
            part = part[name]
        part[last] = value
    return data


def contradictions(data: dict[str, Any]) -> list[str]:
    """Place and type of each fault that the model finds."""
    try:
        encode(CaseSubmitted, data)
    except ValidationError as error:
        return [
            f"{'.'.join(str(part) for part in fault['loc'][1:])}: {fault['type']}"
            for fault in error.errors()
        ]
    return []
