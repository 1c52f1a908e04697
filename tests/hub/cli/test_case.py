"""The cases of a run as an officer sees them, while their owners still write."""

import json
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

import orjson
import pytest

from connectors.runtime.store import Changes, ManualItem, Subject
from connectors.runtime.store.sqlite import SqliteStore
from schemas.event import Event
from tests.hub.cli.conftest import Command
from tests.hub.orchestrator.country import CARD, DUE, ENTRY, Dvclt, at, said, submitted
from tests.simulators.runs.runs import folder_of

YOUNG, CONSENT, LATE, ENDED, STRANGE = (f"G22.99.08-230710-000{n}" for n in range(1, 6))
"""Just submitted; waiting for the household head; overdue; at its end; unknown to dvclt."""


def told(*events: Event) -> Dvclt:
    """A case in dvclt's hands after these events."""
    dvclt = Dvclt()
    dvclt.hears(*events)
    return dvclt


def late() -> Dvclt:
    """A case whose birth nobody has decided in time."""
    dvclt = told(submitted("birth", "health_card"))
    dvclt.fires("birth")
    return dvclt


def row(case: str, dvclt: Dvclt) -> Subject:
    """The case as the store keeps it."""
    return Subject(
        subject=case,
        partition=0,
        version=0,
        state=orjson.dumps(dvclt.state).decode(),
        seen="{}",
        timers="{}",
        next_due=None,
        ended=dvclt.ended,
    )


def item(case: str, reason: str, detail: str = "", minutes: float = 5) -> ManualItem:
    """Something that an officer has to look at."""
    return ManualItem(
        subject=case, input=f"hub:{minutes}", reason=reason, detail=detail, at=at(minutes)
    )


async def filled(path: Path, rows: Sequence[Subject], manual: Sequence[ManualItem]) -> SqliteStore:
    """A system's store with these rows, still in its owner's hands."""
    store = SqliteStore(path, durable=False)
    leases = await store.acquire([0])
    await store.commit(Changes(leases=leases, subjects=[*rows], manual=[*manual]))
    return store


@pytest.fixture
async def _run(tmp_path: Path, lienthong: Command) -> AsyncIterator[None]:
    """A run that is up: five cases, two of them in manual queues of three systems."""
    folder, _ = folder_of(tmp_path)
    registered = (submitted(), said("birth.registered", 100))
    cases = {
        YOUNG: told(submitted()),
        CONSENT: told(
            *registered,
            said("consent.requested", 300),
            said("health-card.issued", 200),
            said("delivery.rejected", 250),
        ),
        LATE: late(),
        ENDED: told(
            *registered,
            said("residence.registration.refused", 300),
            said("health-card.issued", 200),
        ),
    }
    stores = [
        await filled(
            folder.stores / "dvclt.db",
            [row(case, dvclt) for case, dvclt in cases.items()],
            [item(CONSENT, "delivery_rejected", minutes=250)],
        ),
        await filled(
            folder.stores / "residence.db", [], [item(CONSENT, "handler_failed", "KeyError: 'x'")]
        ),
        await filled(folder.stores / "civil-status.db", [], [item(STRANGE, "out of paper")]),
    ]
    yield
    for store in stores:
        await store.close()


def listed(lienthong: Command, *options: str) -> dict[str, Any]:
    """The cases of `case list`, by code in the order shown."""
    ended = lienthong("case", "list", "--json", *options)
    assert ended.code == 0, ended.err
    report = json.loads(ended.out)
    assert report["run"] == "run"
    return {case["case"]: case for case in report["cases"]}


@pytest.mark.usefixtures("_run")
def test_what_is_most_pressing_comes_first(lienthong: Command) -> None:
    """No deadline, then a passed one, then by the deadline, and last what has ended."""
    assert list(listed(lienthong)) == [STRANGE, LATE, YOUNG, CONSENT, ENDED]
    assert list(listed(lienthong, "--open")) == [STRANGE, LATE, YOUNG, CONSENT]
    assert list(listed(lienthong, "--manual")) == [STRANGE, CONSENT]
    ended = lienthong("case", "list", "--limit", "2", "--json")
    report = json.loads(ended.out)
    assert ([case["case"] for case in report["cases"]], report["more"]) == ([STRANGE, LATE], 3)
    assert "và 3 hồ sơ nữa · and 3 more: --limit" in lienthong("case", "list", "--limit", "2").out


@pytest.mark.usefixtures("_run")
def test_each_open_service_waits_for_something_named(lienthong: Command) -> None:
    """The reason in both languages, until when, and whether that is over."""
    cases = listed(lienthong)
    late_wait = cases[LATE]["waiting"][0]
    assert late_wait == {
        "service": "birth",
        "reason": "overdue_birth_reception",
        "text_vi": "Quá hạn: Chờ một cửa tiếp nhận hồ sơ",
        "text_en": "overdue: the one-stop has yet to accept",
        "until": late().state["waiting"]["birth"]["until"],
        "overdue": True,
    }
    (consent,) = cases[CONSENT]["waiting"]
    assert (consent["service"], consent["reason"]) == ("residence", "household_consent")
    assert (consent["until"], consent["overdue"]) == ("2023-07-17T16:00:00.000+07:00", False)
    assert [wait["service"] for wait in cases[YOUNG]["waiting"]] == [
        "birth",
        "residence",
        "health_card",
    ]
    assert cases[ENDED]["waiting"] == []
    text = lienthong("case", "list").out
    assert "thường trú: Chờ chủ hộ đồng ý · residence: the household head has yet to" in text
    assert "hạn · until 17/07/2023 16:00" in text


@pytest.mark.usefixtures("_run")
def test_the_manual_queue_is_that_of_all_systems(lienthong: Command) -> None:
    """In the order of time, with reason and detail; a word of somebody's own is told as it is."""
    cases = listed(lienthong, "--manual")
    assert [(i["system"], i["reason"], i["detail"]) for i in cases[CONSENT]["manual"]] == [
        ("residence", "handler_failed", "KeyError: 'x'"),
        ("dvclt", "delivery_rejected", ""),
    ]
    assert cases[STRANGE]["status"] is None
    (strange,) = cases[STRANGE]["manual"]
    assert (strange["text_vi"], strange["text_en"]) == ("out of paper", "out of paper")
    text = lienthong("case", "list", "--manual").out
    assert "residence: Hệ thống nhận không xử lý được sự kiện. · The receiver could not" in text
    assert "(KeyError: 'x')" in text
    assert "Chưa đến phần mềm liên thông · not yet with dvclt" in text


@pytest.mark.usefixtures("_run")
def test_a_case_is_shown_whole(lienthong: Command) -> None:
    """Services with the portal's status, results, what waits, what is parked, what is manual."""
    shown = json.loads(lienthong("case", "show", CONSENT, "--json").out)
    assert (shown["run"], shown["case"], shown["status"]) == ("run", CONSENT, "processing")
    assert (shown["submitted"], shown["due"]) == (at(0), DUE)
    assert [(s["service"], s["status"], s["status_vi"]) for s in shown["services"]] == [
        ("birth", 9, "Đã xử lý xong"),
        ("residence", 4, "Đang xử lý"),
        ("health_card", 10, "Đã trả kết quả"),
    ]
    assert shown["results"]["personal_id"] == "001323000003"
    assert shown["results"]["entry"]["number"] == ENTRY["number"]
    assert shown["results"]["card"] == CARD
    (parked,) = shown["parked"]
    assert (parked["name"], parked["reason"]) == ("delivery.rejected", "delivery_rejected")
    assert [item["system"] for item in shown["manual"]] == ["residence", "dvclt"]

    text = lienthong("case", "show", CONSENT).out
    for said_so in (
        "Hẹn trả kết quả · result due: 13/07/2023 17:00",
        "thường trú · residence: 4 Đang xử lý · in process; Chờ chủ hộ đồng ý",
        "số 12/2023, quyển 01/2023, trang 12",
        f"Thẻ BHYT · health-insurance card: {CARD}",
        "Một sự kiện của hồ sơ bị từ chối định tuyến · an event of the case was not routed",
    ):
        assert said_so in text
    assert "no lawful" not in text


@pytest.mark.usefixtures("_run")
def test_a_refusal_is_shown_with_its_remedy(lienthong: Command) -> None:
    """Both for the service that was refused and for a case that has ended."""
    text = lienthong("case", "show", ENDED).out
    assert "Hoàn thành một phần · partly completed" in text
    assert "File for residence by itself, with proof of a lawful dwelling." in text


@pytest.mark.usefixtures("_run")
def test_an_unknown_case_is_a_wrong_usage(lienthong: Command) -> None:
    """It says in which run it looked, and where to look instead; a stranger's item is shown."""
    ended = lienthong("case", "show", "G22.99.08-230710-9999")
    assert (ended.code, ended.out) == (2, "")
    assert "run run has no case G22.99.08-230710-9999" in ended.err
    assert "out of paper" in lienthong("case", "show", STRANGE).out


async def test_a_run_without_cases_says_so(lienthong: Command, tmp_path: Path) -> None:
    """Also before any store is there."""
    folder_of(tmp_path)
    assert lienthong("case", "list").out == "Không có hồ sơ nào. · No cases.\n"
    assert listed(lienthong, "--manual") == {}


async def test_a_case_filed_in_the_wrong_place_names_both_provinces(
    tmp_path: Path, lienthong: Command
) -> None:
    """The one that the case says, and that in which its commune lies."""
    dvclt = told(submitted(province="01", commune="26740"))
    folder, _ = folder_of(tmp_path)
    store = await filled(folder.stores / "dvclt.db", [row(YOUNG, dvclt)], [])
    both = (
        "hồ sơ ghi thành phố Hà Nội (01), còn xã, phường 26740 thuộc thành phố Hồ Chí Minh (79) · "
        "the case says thành phố Hà Nội (01), but commune 26740 lies in thành phố Hồ Chí Minh (79)"
    )
    assert both in lienthong("case", "show", YOUNG).out
    told_why = json.loads(lienthong("explain", YOUNG, "--json").out)["answers"]
    assert any(both.partition(" · ")[0] in why for one in told_why for why in one["why_vi"])
    await store.close()
