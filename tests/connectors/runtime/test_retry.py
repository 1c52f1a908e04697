"""Calls that fail: nothing lost, nobody else held up, no storm, and an end where there is none."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.runtime.agency import AgencyUnavailable, Request, RequestFailed
from connectors.runtime.dispatcher import Dispatcher
from connectors.runtime.processor import BATCH, Processor
from tests.conftest import eventually
from tests.connectors.runtime.desk import Desk
from tests.connectors.runtime.hands import Hands, dispatch
from tests.connectors.runtime.toy import ToyAgency, asked, case, consented

Trouble = Callable[[Request], Exception | None]


def broken(request: Request) -> RequestFailed:
    """What an agency says that stumbles over a request (HTTP 500)."""
    return RequestFailed("internal error", code="internal", retryable=True)


def refused(request: Request) -> RequestFailed:
    """What an agency says that will never take this request, and names it."""
    return RequestFailed("no such commune", code="record_invalid", key=request.key)


def refused_unnamed(request: Request) -> RequestFailed:
    """The same from an agency that doesn't say which request of the batch it means."""
    return RequestFailed("no such commune", code="record_invalid")


@dataclass(slots=True)
class Troubled(ToyAgency):
    """An agency that takes a whole batch or nothing, and has its trouble with some requests."""

    trouble: Trouble = lambda request: None
    batches: list[list[str]] = field(default_factory=list)
    """The keys of every batch that arrived, those that failed included."""

    async def submit(self, requests: Sequence[Request]) -> None:
        self.batches.append([request.key for request in requests])
        for request in requests:
            error = self.trouble(request)
            if error is not None:
                raise error
        await ToyAgency.submit(self, requests)

    def tries(self) -> Counter[str]:
        """How often each key arrived."""
        return Counter(key for batch in self.batches for key in batch)


def only(kind: Callable[[Request], Exception], *cases: str) -> Trouble:
    """Trouble with the requests of these cases alone."""
    return lambda request: kind(request) if request.subject in cases else None


@dataclass(slots=True)
class Office:
    """One system with its troubled agency, on a clock of the test."""

    desk: Desk
    agency: Troubled
    hands: Hands
    processor: Processor
    dispatcher: Dispatcher

    @classmethod
    async def open(cls, path: Path | None = None) -> "Office":
        agency, hands = Troubled(), Hands()
        desk = await Desk.open(path, agency=agency)
        processor = await desk.started()
        return cls(desk, agency, hands, processor, hands.dispatcher(processor, agency))

    async def ask(self, *numbers: int) -> None:
        """Requests of these cases come in and are called as far as they can be."""
        await self.desk.feed(*map(asked, numbers))
        await self.take_in()

    async def take_in(self) -> None:
        """Handle what was delivered and call."""
        while await self.processor.step(timeout=0):
            pass
        await dispatch(self.dispatcher)

    async def later(self, seconds: float, *, every: float = 0.05) -> None:
        """Let time pass, as in a loop that looks in again and again."""
        end = self.hands.now + seconds
        while self.hands.now < end:
            self.hands.wait(every)
            await dispatch(self.dispatcher)

    def ended(self) -> set[str]:
        """The cases that were answered."""
        return {event.subject for event in self.desk.published()}


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    opened = await Office.open(tmp_path / "residence.db")
    yield opened
    await opened.desk.close()


async def test_one_request_that_fails_holds_up_no_other_case(office: Office) -> None:
    """The batch is halved until the culprit stands alone; everybody else is answered at once."""
    office.agency.trouble = only(broken, case(100))
    await office.ask(*range(0, 400, 2))
    assert office.ended() == {case(number) for number in range(0, 400, 2)} - {case(100)}
    assert office.hands.now == 0.0, "nobody waited"
    assert len(office.agency.batches) < 40, "halving 200 takes 8 steps, and growing again as many"


async def test_a_request_that_failed_is_tried_again_until_it_succeeds(office: Office) -> None:
    """Ever less often, and counted."""
    office.agency.trouble = only(broken, case(2))
    await office.ask(2)
    await office.later(60.0)
    tries = office.agency.tries()[f"{case(2)}/register/1"]
    stats = office.processor.stats
    assert 10 <= tries <= 40, f"{tries} tries in a minute, with pauses of up to 10 s"
    assert (stats.retries, stats.given_up, stats.unavailable) == (tries, 0, 0)
    office.agency.trouble = lambda request: None
    await office.later(10.0)
    assert office.ended() == {case(2)}
    assert office.dispatcher.waiting == 0


async def test_a_later_call_of_a_case_waits_behind_the_one_that_fails(office: Office) -> None:
    """Order within a case holds whatever fails; the neighbour's calls go on."""
    office.agency.trouble = only(broken, case(1))
    await office.ask(1, 2)
    await office.desk.feed(consented(1))
    await office.take_in()
    await office.ask(4)
    assert office.ended() == {case(2), case(4)}
    assert f"{case(1)}/decide/1" not in office.agency.tries()
    office.agency.trouble = lambda request: None
    await office.later(20.0)
    submits = [key for key in office.agency.submits if key.startswith(case(1))]
    assert submits == [f"{case(1)}/register/1", f"{case(1)}/decide/1"]


@pytest.mark.parametrize("kind", [refused, refused_unnamed])
async def test_what_is_refused_for_good_goes_to_an_officer(
    office: Office, kind: Callable[[Request], Exception]
) -> None:
    """With the agency's code; it is not sent again, not even by the next process."""
    office.agency.trouble = only(kind, case(6), case(8))
    await office.ask(*range(0, 20, 2))
    assert office.ended() == {case(number) for number in range(0, 20, 2)} - {case(6), case(8)}
    assert office.desk.rows("SELECT subject, input, reason, detail FROM manual") == [
        (case(6), "call:register/1", "agency_refused", "record_invalid: no such commune"),
        (case(8), "call:register/1", "agency_refused", "record_invalid: no such commune"),
    ]
    stats = office.processor.stats
    assert (stats.given_up, stats.retries) == (2, 0)
    await office.processor.close()
    assert list(await office.desk.store.calls()) == []


async def test_an_agency_that_is_down_is_tried_by_one_call_alone(office: Office) -> None:
    """However many calls wait: no storm while it is down, no flood when it is back."""
    office.agency.trouble = lambda request: AgencyUnavailable("closed")
    await office.ask(*range(0, 200, 2))
    await office.later(120.0)
    first, *probes = office.agency.batches
    assert len(first) == 100
    assert {len(probe) for probe in probes} == {1}
    assert len(probes) < 80, f"{len(probes)} probes in two minutes"
    down = len(office.agency.batches)
    office.agency.trouble = lambda request: None
    await office.later(10.0)
    assert [len(batch) for batch in office.agency.batches[down:]][:4] == [1, 2, 4, 8]
    assert len(office.ended()) == 100


async def test_an_agency_that_fails_everything_is_taken_to_be_down(office: Office) -> None:
    """Answers of 500 to whatever comes are no better than none: one probe, growing pauses."""
    office.agency.trouble = broken
    await office.ask(*range(0, 1000, 2))
    at_once = len(office.agency.batches)
    assert at_once <= 15, f"{at_once} calls before it was clear"
    await office.later(120.0)
    assert len(office.agency.batches) - at_once < 120
    office.agency.trouble = lambda request: None
    await office.later(60.0)
    assert len(office.ended()) == 500
    assert office.processor.stats.unavailable > 5


async def test_an_agency_that_names_a_moment_is_left_alone_until_then(office: Office) -> None:
    """Retry-After is kept to."""
    office.agency.trouble = lambda request: AgencyUnavailable("too many", retry_after=30.0)
    await office.ask(2)
    await office.later(29.9)
    assert len(office.agency.batches) == 1
    await office.later(0.2)
    assert len(office.agency.batches) == 2


async def test_retries_of_many_failing_cases_stay_few(office: Office) -> None:
    """A tenth of two thousand cases fails for good while new ones come: good ones never wait."""
    bad = {case(number) for number in range(0, 4000, 20)}
    office.agency.trouble = only(broken, *bad)
    for first in range(0, 4000, 400):
        await office.ask(*range(first, first + 400, 2))
        await office.later(5.0)
    good = {case(number) for number in range(0, 4000, 2)} - bad
    waited = good - office.ended()
    assert not waited, f"{len(waited)} cases waited though nothing was wrong with them"
    before = len(office.agency.batches)
    await office.later(60.0)
    assert len(office.agency.batches) - before < 300, "retries are paced, however many cases fail"


async def test_switching_off_stops_retries_at_once_and_keeps_all_calls(office: Office) -> None:
    """Nothing is sent while it is off; afterwards everything is."""
    office.agency.trouble = broken
    await office.ask(2, 4, 6)
    before = len(office.agency.batches)
    office.dispatcher.switch_off()
    office.agency.trouble = lambda request: None
    await office.ask(8)
    await office.later(600.0, every=10.0)
    assert len(office.agency.batches) == before
    assert office.dispatcher.waiting == 4
    office.dispatcher.switch_on()
    await office.later(30.0)
    assert office.ended() == {case(number) for number in (2, 4, 6, 8)}


async def test_run_stands_still_while_it_is_off(office: Office) -> None:
    """And goes on by itself when it is switched on again."""
    office.dispatcher.switch_off()
    await office.desk.feed(asked(2))
    await office.processor.step(timeout=0)
    running = asyncio.create_task(office.dispatcher.run())
    await asyncio.sleep(0)
    assert office.agency.batches == []
    office.dispatcher.switch_on()
    await eventually(lambda: office.ended() == {case(2)})
    running.cancel()


@settings(max_examples=60)
@given(
    failing=st.dictionaries(st.integers(0, 29), st.integers(1, 6), max_size=12),
    refusing=st.sets(st.integers(0, 29), max_size=5),
    outages=st.lists(st.integers(1, 40), max_size=4),
    named=st.booleans(),
)
async def test_whatever_fails_every_call_is_made_or_given_up(
    failing: dict[int, int], refusing: set[int], outages: list[int], named: bool
) -> None:
    """Random troubles: each case ends once, refused ones with an officer, nothing is left."""
    office = await Office.open()
    left = {case(number): times for number, times in failing.items()}
    refuse = {case(number) for number in refusing}
    tries = 0

    def trouble(request: Request) -> Exception | None:
        nonlocal tries
        tries += 1
        if tries in outages:
            return AgencyUnavailable("away for a moment")
        if request.subject in refuse:
            return refused(request) if named else refused_unnamed(request)
        if left.get(request.subject, 0) > 0:
            left[request.subject] -= 1
            return broken(request)
        return None

    office.agency.trouble = trouble
    await office.ask(*range(10))
    await office.ask(*range(10, 30))
    await office.later(400.0, every=1.0)
    assert office.ended() == {case(number) for number in range(30)} - refuse
    assert office.processor.stats.given_up == len(refuse)
    assert office.dispatcher.waiting == 0
    assert max(Counter(office.agency.submits).values(), default=0) == 1, "no batch was half taken"
    assert max(map(len, office.agency.batches)) <= BATCH
