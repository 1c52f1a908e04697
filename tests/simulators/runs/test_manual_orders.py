"""Officers' orders in a whole country on the memory bus: written down, sent, and taken once."""

import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson
import pytest

from connectors.runtime.manifest import Manifest, RunFolder
from connectors.runtime.store.reading import state_of
from hub.casework import case_of
from hub.manual_checks import ActionName, Brought, Order
from hub.manual_orders import Done, give
from schemas.event import to_text
from schemas.payloads import DocumentRef, Payout
from simulators.arrivals import Arrivals, Submission
from simulators.mix import Mix
from simulators.runs.feeding import Feed
from simulators.runs.in_memory import MemoryCountry
from simulators.runs.live import OPENING
from simulators.runs.storyteller import story_of
from simulators.world import Arranged, World
from tests.simulators.runs.runs import folder_of

pytestmark = pytest.mark.timeout(60)

PAPER = DocumentRef(kind="other", uri="doc:scan/17", sha256="a" * 64)
SILENT = Arranged(result="silent")


GROUPS = {
    "group_insurance": 1.0,
    "group_social_protection": 0.0,
    "group_merit": 0.0,
    "group_veterans": 0.0,
    "group_social_pension": 0.0,
    "second_group": 0.0,
}


class Reached(Exception):
    """The case is where a test wants it."""


class Office:
    """A country with one case, and the officer who looks after it."""

    def __init__(
        self,
        home: Path,
        mix: Mapping[str, float],
        arranged: Mapping[str, Arranged],
        *,
        drafts: bool = False,
        start: datetime = OPENING,
    ) -> None:
        folder, manifest = folder_of(home)
        manifest = replace(manifest, start=to_text(start))
        plain = {
            "deaths": 0.0,
            "twins": 0.0,
            "birth_and_card_only": 0.0,
            "birth_and_residence_only": 0.0,
            "consent_needed": 0.0,
            "withdrawn": 0.0,
            **mix,
        }
        arrivals = Arrivals(seed=manifest.seed, start=start, mix=replace(Mix(), **plain))
        one = arrivals.submission(0)
        world = World.default()
        calm = {
            name: replace(step, refusal=0.0, supplement=0.0, silence=0.0)
            for name, step in world.steps.items()
        }
        mine = {f"{one.case}/{step}": what for step, what in arranged.items()}
        world = replace(world, steps=calm, arranged=mine, draft_certificates=drafts)
        self.folder: RunFolder = folder
        self.manifest: Manifest = replace(manifest, world=world.to_json(), mix=asdict(Mix()))
        self.folder.save(self.manifest)
        self.one: Submission = one
        self.country = MemoryCountry(self.folder, self.manifest)

    @property
    def document(self) -> dict[str, Any]:
        """The case as dvclt has it."""
        return state_of(self.folder.stores / "dvclt.db", self.one.case) or {}

    @property
    def stages(self) -> dict[str, str]:
        """The state of each service."""
        return {name: entry["state"] for name, entry in self.document.get("services", {}).items()}

    async def until(self, reached: Callable[[], bool]) -> None:
        """File the case, and let time pass until then."""

        def look(now: datetime, then: datetime | None) -> None:
            if reached():
                raise Reached

        with suppress(Reached):
            await self.country.play([self.one], between=look)
        assert reached(), f"it never came to that: {self.document}"

    async def orders(
        self,
        action: ActionName,
        service: str | None = None,
        *,
        why: str = "tại quầy",
        **brought: Any,
    ) -> Done:
        """Give an order, which nobody has taken yet."""
        given = Brought(**brought)
        order = Order(action=action, service=service, by="Trần Huy", why=why, brought=given)
        bus = self.country.bus
        return await give(self.folder, self.manifest, bus, order, self.one.case, wait=0)

    async def rest(self) -> None:
        """Let time pass until nothing is left to happen."""
        self.country.bus.announce()
        await self.country.play([])

    def lines(self) -> list[dict[str, Any]]:
        """What stands in the submissions file."""
        return [orjson.loads(line) for line in self.folder.submissions.read_bytes().splitlines()]


@asynccontextmanager
async def office(
    home: Path,
    arranged: Mapping[str, Arranged],
    drafts: bool = False,
    start: datetime = OPENING,
    /,
    **mix: float,
) -> AsyncIterator[Office]:
    """A country in which only what is arranged goes wrong; `drafts`: requesters check them."""
    opened = Office(home, mix, arranged, drafts=drafts, start=start)
    await opened.country.open()
    try:
        yield opened
    finally:
        await opened.country.close()


async def test_a_lost_request_is_sent_again(tmp_path: Path) -> None:
    """The police never answered; long overdue, an officer has them asked once more."""
    async with office(tmp_path, {"residence/register/1": SILENT}) as one:
        await one.until(lambda: "manual" in one.document.get("waiting", {}).get("residence", {}))
        done = await one.orders("retry")
        assert (done.before, done.taken) == (False, False), "nobody has had time to take it"
        await one.rest()
        assert one.stages["residence"] == "registered"
    assert one.document["status"] == "completed"
    [kept] = one.document["actions"]
    assert (kept["action"], kept["service"], kept["by"]) == ("retry", "residence", "Trần Huy")


async def test_papers_are_taken_at_the_counter(tmp_path: Path) -> None:
    """The citizen does not answer at the portal, but comes."""
    arranged = {
        "residence/register/1": Arranged(result="supplement", missing=("NOI_CU_TRU",)),
        "portal/residence/1": SILENT,
    }
    async with office(tmp_path, arranged) as one:
        await one.until(lambda: one.stages.get("residence") == "supplement_asked")
        await one.orders("supplement", documents=(PAPER,))
        await one.rest()
    assert one.document["status"] == "completed"


@pytest.mark.parametrize(("agreed", "stage"), [(True, "registered"), (False, "refused")])
async def test_the_household_head_signs_on_paper(tmp_path: Path, agreed: bool, stage: str) -> None:
    """The police decide on the signed answer as on one from VNeID."""
    mix = {"consent_needed": 1.0, "consent_signed": 0.0}
    async with office(tmp_path, {"vneid/consent/1": SILENT}, **mix) as one:
        await one.until(lambda: one.stages.get("residence") == "awaiting_consent")
        await one.orders("consent", agreed=agreed)
        await one.rest()
    assert one.stages["residence"] == stage


async def test_an_answer_on_the_phone_after_the_paper_changes_nothing(tmp_path: Path) -> None:
    """It is counted at the police, and nobody has to look at it."""
    mix = {"consent_needed": 1.0, "consent_signed": 0.0}
    async with office(tmp_path, {"vneid/consent/1": Arranged(seconds=30_000)}, **mix) as one:
        await one.until(lambda: one.stages.get("residence") == "awaiting_consent")
        await one.orders("consent", agreed=True)
        await one.rest()
    assert one.stages["residence"] == "registered"
    police = state_of(one.folder.stores / "residence.db", one.one.case) or {}
    assert police["traLoi"] == 2
    assert not case_of(one.folder, one.one.case).manual


async def test_a_case_is_withdrawn_for_the_citizen(tmp_path: Path) -> None:
    """What was registered stands, what was not asked for is not."""
    async with office(tmp_path, {}) as one:
        await one.until(lambda: "birth" in one.stages)
        await one.orders("withdraw")
        await one.rest()
    assert one.stages == {"birth": "returned", "residence": "withdrawn", "health_card": "withdrawn"}
    assert one.document["actions"][0]["action"] == "withdraw"


async def test_what_was_done_by_hand_outside_is_ended(tmp_path: Path) -> None:
    """Civil status never answers, and the case does not wait for it any more."""
    async with office(tmp_path, {"civil-status/enter/1": SILENT}) as one:
        await one.until(lambda: "manual" in one.document.get("waiting", {}).get("birth", {}))
        await one.orders("close", "birth")
        await one.rest()
    assert one.document["status"] == "refused"
    assert one.document["reason"] == "closed_by_officer"


async def test_a_closed_account_is_replaced_at_the_counter(tmp_path: Path) -> None:
    """The payee takes cash, and the same decision is paid."""
    arranged = {
        "payout/pay/1": Arranged(result="refused", reason="account_closed"),
        "portal/insurance_allowance/1": SILENT,
    }
    mix = {"deaths": 1.0, **GROUPS, "paid_into_account": 1.0, "paid_by_post": 0.0}
    async with office(tmp_path, arranged, **mix) as one:
        await one.until(lambda: one.stages.get("insurance_allowance") == "account_asked")
        await one.orders("supplement", payout=Payout(method="cash", account=None))
        await one.rest()
    assert one.document["results"]["paid"]["method"] == "cash"


async def test_an_order_that_was_stopped_on_its_way_is_sent_again_as_it_was(
    tmp_path: Path,
) -> None:
    """It was written down and never sent: the same command sends those very events, once."""
    async with office(tmp_path, {"residence/register/1": SILENT}) as one:
        await one.until(lambda: "manual" in one.document.get("waiting", {}).get("residence", {}))
        first, again = await one.orders("retry"), await one.orders("retry")
        assert (again.before, again.line) == (True, first.line)
        await one.rest()
    assert len(one.document["actions"]) == 1
    assert len(one.lines()) == 2, "the submission, and one line of the order"


async def test_the_same_order_twice_in_a_moment_acts_once(tmp_path: Path) -> None:
    """Also when dvclt has taken the first in between; on a clock, since a moment needs one."""
    async with office(tmp_path, {"residence/register/1": SILENT}) as one:
        await one.until(lambda: "manual" in one.document.get("waiting", {}).get("residence", {}))
        year = 365 * 86_400
        one.manifest = replace(one.manifest, speed=1.0, real_anchor=time.time() - year)
        first = await one.orders("retry")
        assert first.line["events"][0]["time"].startswith("2024-07-09")
        one.country.bus.announce()
        await one.country.settle()
        again = await one.orders("retry")
        assert (again.before, again.taken, again.line) == (True, True, first.line)
        other = await one.orders("retry", why="lần nữa")
        assert not other.before


async def test_the_same_words_later_are_another_order(tmp_path: Path) -> None:
    """The police lose the request a second time: the officer sends it a second time."""
    arranged = {"residence/register/1": SILENT, "residence/register/2": SILENT}
    async with office(tmp_path, arranged) as one:
        for number in (1, 2):
            await one.until(
                lambda: "manual" in one.document.get("waiting", {}).get("residence", {})
            )
            done = await one.orders("retry")
            assert not done.before
            one.country.bus.announce()
            await one.country.settle()
            assert len(one.document["actions"]) == number
        await one.rest()
    ids = {line["events"][0]["id"] for line in one.lines() if "action" in line}
    assert (len(ids), one.stages["residence"]) == (2, "registered")


async def test_what_the_hub_refuses_is_told(tmp_path: Path) -> None:
    """An order whose event does not get through has no effect, and says why."""
    async with office(tmp_path, {"residence/register/1": SILENT}) as one:
        await one.until(lambda: "manual" in one.document.get("waiting", {}).get("residence", {}))
        await one.orders("retry")
        line = one.folder.submissions.read_bytes().splitlines()[-1]
        other = line.replace("tại quầy".encode(), "vì lý do khác".encode())
        lines = one.folder.submissions.read_bytes().replace(line, other)
        one.folder.submissions.write_bytes(lines)
        await one.orders("retry", why="vì lý do khác")  # other words under the same id
        one.country.bus.announce()
        await one.country.settle()
        done = await one.orders("retry", why="vì lý do khác")
        [trouble] = done.troubles
        assert (trouble.event, trouble.reason) == ("case.action.taken", "id_reused")
        assert not done.taken


async def test_the_next_case_takes_the_next_ordinal_all_the_same(tmp_path: Path) -> None:
    """An order's line is no submission: it uses up no case code, and its case has its story."""
    async with office(tmp_path, {"residence/register/1": SILENT}) as one:
        await one.until(lambda: "manual" in one.document.get("waiting", {}).get("residence", {}))
        await one.orders("retry")
        with Feed(one.folder, one.manifest, await one.country.bus.producer()) as feed:
            [second] = await feed.submit(1)
        await one.rest()
    assert second.ordinal == 1
    story = story_of(one.folder, one.one.case)
    assert story.requester == one.one.payload.requester.name
    [step] = [step for step in story.steps if step.event == "case.action.taken"]
    assert step.text_vi == (
        "Cán bộ xử lý thủ công: Gửi lại yêu cầu cho cơ quan (thường trú); Trần Huy: tại quầy"
    )
