"""An officer acts on cases of a country that is up."""

import json
import time
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from typing import Any

import pytest

from hub.cli.plans import scaled_plan
from schemas.examples import example_payload
from simulators.mix import Mix
from simulators.runs.live import OPENING, LiveRun, live
from simulators.scenarios.families import PLAIN
from simulators.scenarios.playing import calm
from simulators.world import World
from tests.e2e.processes import WITHIN_S, Lienthong

pytestmark = [pytest.mark.e2e, pytest.mark.embedded, pytest.mark.timeout(240)]

HEAD = {"name": "Trần Văn Bảo", "personal_id": "079060001234"}
ASKS = {"relation": "grandparent", "consent_signed": False, "head": HEAD}


def calm_country(
    lienthong: Lienthong, *, without: str, speed: float
) -> AbstractAsyncContextManager[LiveRun]:
    """A country that the commands find, in which nothing is refused or asked for by chance."""
    plan = scaled_plan(start=OPENING, speed=speed, without=(without,), mix=Mix(**PLAIN))
    world = calm(World.default())
    return live(replace(plan, home=lienthong.folder / "home", world=world))


def submission() -> str:
    """A birth whose household head, a grandparent, has yet to agree to the residence."""
    payload = json.loads(example_payload("case.submitted"))
    payload["household"] |= ASKS
    return json.dumps(payload)


def shown(lienthong: Lienthong, case: str, wanted: Callable[[Any], bool]) -> Any:
    """The case, once it is as wanted."""
    deadline = time.monotonic() + WITHIN_S
    while True:
        found = lienthong.json("case", "show", case)
        if wanted(found):
            return found
        assert time.monotonic() < deadline, f"it never came to that: {found}"


async def test_an_officer_brings_a_case_to_its_end(lienthong: Lienthong) -> None:
    """VNeID is played by nobody: the head signs on paper, and the police decide."""
    async with calm_country(lienthong, without="vneid", speed=12_000):
        done = lienthong.run("submit", "--file", "-", "--json", given=submission())
        assert done.returncode == 0, done.stderr
        [case] = json.loads(done.stdout)["cases"]

        def asked(found: Any) -> bool:
            return any(wait["reason"] == "household_consent" for wait in found["waiting"])

        shown(lienthong, case, asked)
        why = ("--why", "chủ hộ ký CT01 tại quầy", "--by", "Trần Quốc Huy")
        given = lienthong.json("case", "consent", case, "--given", *why)
        assert (given["taken"], given["before"], given["troubles"]) == (True, False, [])
        assert [event["name"] for event in given["events"]] == [
            "case.action.taken",
            "consent.given",
        ]
        again = lienthong.run("case", "consent", case, "--given", *why, "--json")
        if again.returncode == 0:
            assert json.loads(again.stdout)["before"], "typed twice"
        else:  # on a slow machine the police have decided meanwhile
            assert "nothing of it is open any more" in again.stderr
        found = shown(lienthong, case, lambda found: found["ended"] is not None)
        assert not found["manual"], "the police take the signature as an answer"
        [action] = found["actions"]
        assert (action["action"], action["service"], action["by"]) == (
            "consent",
            "residence",
            "Trần Quốc Huy",
        )
        late = lienthong.run("case", "close", case, "--why", "quá muộn")
        assert late.returncode == 2
        assert "nothing of it is open any more" in late.stderr
        report = lienthong.verdict(finished=1)
        assert report["ok"], report["findings"]


async def test_what_nobody_answers_is_sent_again_and_then_ended(lienthong: Lienthong) -> None:
    """The police are played by nobody: a second request goes out, and then the case ends."""
    async with calm_country(lienthong, without="residence", speed=8_000):
        [case] = lienthong.json("submit", "--chain", "birth")["cases"]
        shown(lienthong, case, lambda found: found["services"][0]["status"] == 10)
        told = lienthong.run("case", "retry", case, "--service", "residence", "--why", "mất hồ sơ")
        assert told.returncode == 0, told.stderr
        assert "Gửi lại yêu cầu cho cơ quan · request sent to the agency again" in told.stdout
        lienthong.json("case", "close", case, "--service", "residence", "--why", "làm ngoài")
        found = shown(lienthong, case, lambda found: found["ended"] is not None)
        assert [action["action"] for action in found["actions"]] == ["retry", "close"]
        assert found["status"] == "partly_completed"
        report = lienthong.verdict(finished=1)
        assert report["ok"], report["findings"]
