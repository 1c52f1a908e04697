"""The dispatcher: calls to the agency, in order and never lost, and its outcomes, taken once."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import orjson
import pytest

from connectors.runtime import dispatcher as module
from connectors.runtime.agency import AgencyUnavailable, Request
from connectors.runtime.dispatcher import Dispatcher
from connectors.runtime.errors import AgencyGaveUp
from connectors.runtime.handling import Outcome
from tests.conftest import eventually
from tests.connectors.runtime.crashes import Fuse
from tests.connectors.runtime.desk import Desk, names, settle
from tests.connectors.runtime.hands import Hands, dispatch
from tests.connectors.runtime.toy import ANSWER, START, ToyAgency, asked, case, consented


class Moody(ToyAgency):
    """An agency that can be away: at once, or after it took the requests."""

    away = False
    away_after_taking = False

    async def submit(self, requests: Sequence[Request]) -> None:
        if self.away:
            raise AgencyUnavailable("closed")
        await ToyAgency.submit(self, requests)
        if self.away_after_taking:
            raise AgencyUnavailable("the answer was lost")

    async def collect(self, cursor: int, limit: int) -> Sequence[Outcome]:
        if self.away:
            raise AgencyUnavailable("closed")
        return await ToyAgency.collect(self, cursor, limit)


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    """The toy system with a moody agency and a store that can be looked into."""
    opened = await Desk.open(tmp_path / "residence.db", agency=Moody())
    yield opened
    await opened.close()


def moody(desk: Desk) -> Moody:
    assert isinstance(desk.agency, Moody)
    return desk.agency


async def test_a_request_carries_what_the_handler_decided(desk: Desk) -> None:
    """Subject, step, attempt, time, record and cause reach the agency as they were decided."""
    received: list[Request] = []

    class Listening(ToyAgency):
        async def submit(self, requests: Sequence[Request]) -> None:
            received.extend(requests)

    participant = await desk.participant(Listening())
    await participant.start()
    await desk.feed(asked(2))
    await settle(participant)
    (request,) = received
    assert request.key == f"{case(2)}/register/1"
    assert (request.subject, request.step, request.attempt) == (case(2), "register", 1)
    assert (request.time, request.cause) == (START, asked(2).id)
    assert request.record == {"child": asked(2).data()["child"]}


async def test_calls_go_out_in_the_order_they_were_decided(desk: Desk) -> None:
    """Within a case and over cases, the first decided is the first submitted."""
    participant = await desk.participant()
    await participant.start()
    await desk.feed(asked(1), asked(3), consented(1), asked(5))
    await settle(participant)
    order = moody(desk).submits
    assert order.index(f"{case(1)}/register/1") < order.index(f"{case(1)}/decide/1")
    assert sorted(order) == sorted({*order}), "nothing is sent twice"
    assert len(order) == 4


async def test_calls_that_the_agency_has_are_forgotten(desk: Desk) -> None:
    """After the agency took a request, the next transaction clears it."""
    participant = await desk.participant()
    await participant.start()
    await desk.feed(asked(2))
    await settle(participant)
    assert list(await desk.store.calls()) == []


async def test_an_agency_that_is_away_loses_nothing(desk: Desk) -> None:
    """The calls stand in line, also over a restart, and go out once it is back."""
    processor = await desk.started()
    dispatcher = Hands().dispatcher(processor, desk.agency)
    await desk.feed(asked(2), asked(4))
    await processor.step(timeout=0)
    moody(desk).away = True
    await dispatch(dispatcher)
    assert dispatcher.waiting == 2
    assert processor.stats.unavailable == 1
    again = await desk.participant()
    await again.start()
    moody(desk).away = False
    await settle(again)
    assert {subject for subject, _ in names(desk.published())} == {case(2), case(4)}


async def test_a_request_whose_answer_was_lost_is_sent_again_under_the_same_key(
    desk: Desk,
) -> None:
    """The agency knows the key and answers with what it decided then."""
    hands = Hands()
    processor = await desk.started()
    dispatcher = hands.dispatcher(processor, desk.agency)
    await desk.feed(asked(2))
    await processor.step(timeout=0)
    moody(desk).away_after_taking = True
    await dispatcher.step()
    moody(desk).away_after_taking = False
    hands.wait(60.0)
    await dispatch(dispatcher)
    assert moody(desk).submits == [f"{case(2)}/register/1"] * 2
    assert names(desk.published()) == [(case(2), "residence.registered")]


async def test_an_outcome_is_acknowledged_only_when_it_is_safe(desk: Desk) -> None:
    """Peek, commit, acknowledge: the agency forgets last (rule 12)."""
    fuse = Fuse()
    participant = await desk.participant(fuse.guard(desk.agency), store=fuse.guard(desk.store))
    await participant.start()
    await desk.feed(asked(2))
    await settle(participant)
    collect = fuse.passed.index("after Moody.collect")
    commit = fuse.passed.index("after SqliteStore.commit", collect)
    assert collect < commit < fuse.passed.index("before Moody.ack")
    assert moody(desk).waiting == []


async def test_an_outcome_that_is_collected_twice_counts_once(desk: Desk) -> None:
    """A crash before the acknowledgement brings it again; it is known by step and attempt."""
    participant = await desk.participant()
    await participant.start()
    await desk.feed(asked(1))
    await settle(participant)
    await participant.close()
    moody(desk).waiting = list(moody(desk).decided.values())
    again = await desk.participant()
    await again.start()
    await settle(again)
    assert again.processor.stats.absorbed == 1
    assert names(desk.published()) == [(case(1), "consent.requested")]
    (row,) = (await desk.store.subjects([case(1)])).values()
    assert "agency:register/1/consent_needed" in orjson.loads(row.seen)


async def test_an_outcome_that_breaks_the_handler_is_for_an_officer(desk: Desk) -> None:
    """Its case goes to the manual queue, its neighbours commit, and the agency may forget it."""
    handle = desk.handler

    def breaks(state: dict[str, object], given: object) -> object:
        if isinstance(given, Outcome) and given.subject == case(2):
            raise KeyError("ma_ho_so")
        return handle(state, given)  # type: ignore[arg-type]

    desk.handler = breaks  # type: ignore[assignment]
    participant = await desk.participant()
    await participant.start()
    await desk.feed(asked(2), asked(4))
    await settle(participant)
    assert desk.rows("SELECT subject, input, reason, detail FROM manual") == [
        (case(2), "agency:register/1/done", "handler_failed", "KeyError: 'ma_ho_so'")
    ]
    assert names(desk.published()) == [(case(4), "residence.registered")]
    assert moody(desk).waiting == []


async def test_what_an_agency_gave_up_is_for_an_officer_in_its_own_words(desk: Desk) -> None:
    """It is as if the agency had refused the request: no dead letter, since the event was fine."""
    handle = desk.handler

    def gives_up(state: dict[str, object], given: object) -> object:
        if isinstance(given, Outcome) and given.subject == case(2):
            raise AgencyGaveUp("ValueError: no such form")
        return handle(state, given)  # type: ignore[arg-type]

    desk.handler = gives_up  # type: ignore[assignment]
    participant = await desk.participant()
    await participant.start()
    await desk.feed(asked(2), asked(4))
    await settle(participant)
    assert desk.rows("SELECT subject, input, reason, detail FROM manual") == [
        (case(2), "agency:register/1/done", "agency_refused", "ValueError: no such form")
    ]
    assert desk.letters() == []
    assert names(desk.published()) == [(case(4), "residence.registered")]


async def test_a_backlog_goes_out_in_bounded_batches(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An agency that comes back isn't handed everything at once."""
    monkeypatch.setattr(module, "BATCH", 10)
    sizes: list[int] = []

    class Counting(ToyAgency):
        async def submit(self, requests: Sequence[Request]) -> None:
            sizes.append(len(requests))
            await ToyAgency.submit(self, requests)

    participant = await desk.participant(Counting())
    await participant.start()
    await desk.feed(*[asked(number) for number in range(0, 50, 2)])
    await settle(participant)
    assert sizes == [10, 10, 5]
    assert len(desk.published()) == 25


async def test_run_calls_as_soon_as_there_is_something_to_call(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is woken, not polled: even a very slow poll of the agency holds up no call."""
    monkeypatch.setattr(module, "POLL_SECONDS", 60.0)
    processor = await desk.started()
    running = asyncio.create_task(Dispatcher(processor, desk.agency).run())
    await desk.feed(asked(2))
    await processor.step(timeout=0)
    await eventually(lambda: len(desk.published()) == 1)
    running.cancel()


async def test_run_backs_off_and_comes_back(desk: Desk) -> None:
    """While the agency is away it is asked ever less often; when it is back, work goes on."""
    processor = await desk.started()
    hands = Hands()
    dispatcher = hands.dispatcher(processor, desk.agency)
    moody(desk).away = True
    running = asyncio.create_task(dispatcher.run())
    await desk.feed(asked(2))
    await processor.step(timeout=0)
    await eventually(lambda: processor.stats.unavailable >= 20)
    moody(desk).away = False
    await eventually(lambda: len(desk.published()) == 1)
    running.cancel()
    pauses = hands.pauses
    assert [p for p in pauses if p > 5.0], f"the pauses grew no longer than {max(pauses)} s"
    assert desk.published()[0].time == START + ANSWER, "the wait is the machine's, not the case's"


async def test_what_is_collected_in_a_rush_is_acknowledged_at_once_afterwards(desk: Desk) -> None:
    """One acknowledgement for all outcomes, as soon as no more come; none is left out."""
    acknowledged: list[int] = []

    class Noting(ToyAgency):
        async def ack(self, cursor: int) -> None:
            acknowledged.append(cursor)
            await ToyAgency.ack(self, cursor)

    agency = Noting()
    processor = await desk.started()
    dispatcher = Hands().dispatcher(processor, agency)
    for number in (2, 4, 6):
        await desk.feed(asked(number))
        await processor.step(timeout=0)
        await dispatcher.step()
    assert acknowledged == []
    assert len(desk.published()) == 3
    await dispatch(dispatcher)
    assert acknowledged == [3]
    assert agency.waiting == []


async def test_an_acknowledgement_that_failed_is_made_up_for(desk: Desk) -> None:
    """Without a further outcome to come, too: the agency is not left with what is safe."""

    class Deaf(ToyAgency):
        async def ack(self, cursor: int) -> None:
            if not self.deaf:
                await ToyAgency.ack(self, cursor)
                return
            self.deaf = False
            raise AgencyUnavailable("gone before it heard")

        deaf = True

    agency, hands = Deaf(), Hands()
    processor = await desk.started()
    dispatcher = hands.dispatcher(processor, agency)
    await desk.feed(asked(2))
    await processor.step(timeout=0)
    await dispatch(dispatcher)
    assert len(agency.waiting) == 1
    hands.wait(60.0)
    await dispatch(dispatcher)
    assert agency.waiting == []
    assert len(desk.published()) == 1


async def test_a_quiet_agency_is_asked_less_often_until_there_is_something_to_ask(
    desk: Desk,
) -> None:
    """An idle country costs little; a call is made at once all the same."""
    processor = await desk.started()
    hands = Hands()
    running = asyncio.create_task(hands.dispatcher(processor, desk.agency).run())
    await eventually(lambda: len(hands.pauses) > module.QUIET_POLLS + 10)
    assert set(hands.pauses[: module.QUIET_POLLS - 1]) == {module.POLL_SECONDS}
    assert hands.pauses[-1] == module.QUIET_SECONDS
    quiet = len(hands.pauses)
    await desk.feed(asked(2))
    await processor.step(timeout=0)
    await eventually(lambda: len(desk.published()) == 1)
    await eventually(lambda: module.POLL_SECONDS in hands.pauses[quiet:])
    running.cancel()


async def test_a_run_that_can_not_reach_its_agency_says_so_once(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    """One line when it begins, not one a probe; and again when it happens again."""
    processor = await desk.started()
    hands = Hands()
    dispatcher = hands.dispatcher(processor, desk.agency)
    for outage in (1, 2):
        moody(desk).away = True
        for _ in range(20):
            await dispatcher.step()
            hands.wait(20.0)
        assert [r.getMessage() for r in caplog.records] == [
            "agency.unavailable system=residence why=closed"
        ] * outage
        moody(desk).away = False
        await dispatch(dispatcher)


async def test_an_agency_whose_outcomes_can_not_be_read_is_left_alone_too(desk: Desk) -> None:
    """It takes requests all the while: asking ever less often must not begin anew with each."""

    class Mute(ToyAgency):
        collects = 0

        async def collect(self, cursor: int, limit: int) -> Sequence[Outcome]:
            Mute.collects += 1
            raise AgencyUnavailable("answered what is no outcomes")

    processor = await desk.started()
    hands = Hands()
    dispatcher = hands.dispatcher(processor, Mute())
    for number in range(0, 200, 2):
        await desk.feed(asked(number))
        await processor.step(timeout=0)
        await dispatch(dispatcher)
        hands.wait(0.2)
    assert Mute.collects < 30, f"asked {Mute.collects} times in 20 s"
