"""The printed contract: complete, and the same as what the router checks by."""

import json
import re
from typing import Any

import pytest

from hub.cli.fields import variants
from schemas.catalogue import CATALOGUE
from schemas.event import source_of
from schemas.identifiers.cases import MARKS
from schemas.reasons import REJECTIONS
from schemas.systems import RIGHTS
from tests.hub.cli.conftest import Command


def printed(lienthong: Command, *arguments: str) -> Any:
    """What `contract` prints as JSON."""
    ended = lienthong("contract", *arguments, "--json")
    assert ended.code == 0, ended.err
    return json.loads(ended.out)


@pytest.mark.parametrize("name", CATALOGUE)
def test_a_type_comes_with_all_that_a_client_needs(lienthong: Command, name: str) -> None:
    """Topics, required headers, a schema, and an example that the model takes as it stands."""
    told = printed(lienthong, name)
    kind = CATALOGUE[name]
    example = told["example"]
    assert told["type"] == example["headers"]["ce_type"] == kind.full
    required = {header["name"] for header in told["headers"] if header["required"]}
    assert required <= set(example["headers"])
    assert all(header["meaning_vi"] and header["meaning_en"] for header in told["headers"])
    kind.model.model_validate_json(json.dumps(example["payload"]))
    shapes = [set(one["properties"]) for one in variants(told["schema"]).values()]
    assert set(example["payload"]) in shapes
    for system, topic in told["publish_to"].items():
        assert topic == f"lt.in.{system}"
        assert told["answers"][system]["topic"] == f"lt.out.{system}"
    if told["publish_to"]:
        sender = next(iter(told["publish_to"]))
        assert example["headers"]["ce_source"] == source_of(sender)
        assert example["topic"] == told["publish_to"][sender]


def test_the_catalogue_lists_every_type_and_who_may_see_what(lienthong: Command) -> None:
    """Types, systems and reason codes, with the fields that each receiver is left."""
    told = printed(lienthong)
    assert [kind["name"] for kind in told["types"]] == list(CATALOGUE)
    by_name = {kind["name"]: kind for kind in told["types"]}
    for name, right in RIGHTS.items():
        assert by_name[name]["publishers"] == list(right.publishers)
        assert set(by_name[name]["receivers"]) == set(right.receivers)
    registered = by_name["birth.registered"]["receivers"]
    assert registered["dvclt"] == "*"
    assert registered["one-stop"] == ["child.personal_id", "entry", "certificate"]
    assert "child.name" in by_name["case.submitted"]["fields"]
    assert "documents[].uri" in by_name["case.submitted"]["fields"]
    assert "deceased.died" in by_name["case.submitted"]["fields"]
    assert {system["system"] for system in told["systems"]} >= {"portal", "dvclt", "monitoring"}
    assert all(reason["remedy_vi"] and reason["remedy_en"] for reason in told["rejections"])


def test_a_submission_shows_a_case_of_each_chain(lienthong: Command) -> None:
    """Every shape with its own fields and an example that the schema and the model take."""
    told = printed(lienthong, "case.submitted")
    examples = [told["example"], *told["other_examples"]]
    assert [one["payload"]["chain"] for one in examples] == list(MARKS)
    assert [one["key"][:9] for one in examples] == list(MARKS.values())
    for one in examples:
        shape = variants(told["schema"])[f'chain "{one["payload"]["chain"]}"']
        assert {*shape["required"]} <= set(one["payload"]) <= set(shape["properties"])
        CATALOGUE["case.submitted"].model.model_validate_json(json.dumps(one["payload"]))
    text = lienthong("contract", "case.submitted").out
    births, deaths, stays = re.split('chain "(?:death|temporary_residence)"', text)
    own = {"child.notice": births, "notice.place": deaths, "until": stays}
    for field, part in own.items():
        assert f"  {field} " in part
        assert all(f"  {field} " not in other for other in own.values() if other is not part)
    assert "payout.account.number" in deaths


def test_a_type_is_found_by_its_full_name(lienthong: Command) -> None:
    """What stands in a record's ce_type can be looked up as it is."""
    full = "vn.lienthong.case.submitted.v1"
    assert printed(lienthong, full)["name"] == "case.submitted"


@pytest.mark.parametrize("name", [None, *CATALOGUE])
def test_the_contract_reads_well_without_json(lienthong: Command, name: str | None) -> None:
    """Everything can be shown to people too, in both languages and without control codes."""
    ended = lienthong("contract", *([name] if name else []))
    assert ended.code == 0, ended.err
    assert "\x1b" not in ended.out
    title = CATALOGUE[name or "case.submitted"]
    assert title.vi in ended.out
    assert title.en in ended.out
    assert name or all(f"  {code} " in ended.out for code in REJECTIONS), "the codes are named"
