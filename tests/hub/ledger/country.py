"""Runs for the ledger to judge: a whole country in memory, and what comes from outside."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, Literal

from connectors.runtime.bus import Message
from connectors.runtime.manifest import Manifest, RunFolder
from schemas.bindings import to_kafka
from schemas.event import Event, from_text
from schemas.identifiers import case_code_text
from schemas.payloads import Child
from simulators.arrivals import Arrivals, Submission
from simulators.mix import Mix
from simulators.runs.in_memory import MemoryCountry
from simulators.runs.submitting import Submitter, submission_event
from simulators.world import World

START = "2023-07-10T08:00:00.000+07:00"
MIX = Mix(
    twins=0.1,
    birth_and_card_only=0.15,
    birth_and_residence_only=0.1,
    consent_needed=0.4,
    consent_signed=0.2,
    withdrawn=0.3,
    withdrawal_hours=12,
)


def world(often: float = 0.2) -> World:
    """A country in which everybody who may refuse, ask or be silent does so this often."""
    default = World.default()
    steps = {
        name: replace(
            step,
            refusal=often if step.reasons else 0.0,
            supplement=often if step.defects else 0.0,
            silence=often if name.startswith(("portal/", "vneid/")) else 0.0,
        )
        for name, step in default.steps.items()
    }
    return replace(default, steps=steps)


def manifest(
    run: str,
    *,
    seed: int,
    sequence: Literal["parallel", "strict"] = "parallel",
    start: str = START,
) -> Manifest:
    """A run in memory on four partitions."""
    return Manifest(
        run=run,
        seed=seed,
        engine="memory",
        bootstrap="",
        instance="memory",
        partitions=4,
        start=start,
        real_anchor=0.0,
        speed=1.0,
        durable=False,
        sequence=sequence,
        world=world().to_json(),
    )


def submissions(seed: int, cases: int, start: str = START) -> list[Submission]:
    """Cases of all kinds, two a second; the last three are what an officer refuses at once: a
    birth that another case has, no birth at all, a health card at the age of seven."""
    arrivals = Arrivals(seed=seed, start=from_text(start), per_second=2, mix=MIX)
    made = [arrivals.submission(ordinal) for ordinal in range(cases)]
    first, second, third = made[:3]
    old = _born(third.birth.child, "2016-07-01T10:00:00+07:00")
    return [
        *made,
        _another(first, cases, {}),
        _another(second, cases + 1, {"services": ("residence", "health_card")}),
        _another(third, cases + 2, {"services": ("birth", "health_card"), "child": old}),
    ]


def _born(child: Child, moment: str) -> Child:
    return child.model_copy(update={"born": moment})


def _another(submission: Submission, ordinal: int, changes: dict[str, Any]) -> Submission:
    return replace(
        submission,
        ordinal=ordinal,
        case=case_code_text("birth", submission.at.date(), 9_000_000 + ordinal),
        payload=submission.payload.model_copy(update=changes),
    )


def junk(submission: Submission) -> list[Message]:
    """Records that the hub refuses: of a case, of a case that nobody knows, and of none."""
    bad = replace(submission_event(submission), id="junk", payload=b'{"chain":"life"}')
    return [
        message(bad),
        message(replace(bad, subject="G22.99.08-230710-7777777")),
        (b"key", b"{}", [("ce_id", b"nothing")]),
    ]


def message(event: Event) -> Message:
    """The event as a record."""
    return event.key.encode(), event.payload, to_kafka(event)


def play(
    home: Path,
    plan: Manifest,
    cases: Sequence[Submission],
    *,
    outside: Sequence[Message] = (),
    hours: Sequence[int] | None = None,
) -> Path:
    """The folder of a run that was played to its end, or only to these hours after its start.

    `outside` comes on the portal's topic before the cases.
    """
    folder = RunFolder.create(home, plan.run)
    folder.save(plan)
    asyncio.run(_play(folder, plan, cases, outside, hours))
    return folder.path


async def _play(
    folder: RunFolder,
    plan: Manifest,
    cases: Sequence[Submission],
    outside: Sequence[Message],
    hours: Sequence[int] | None,
) -> None:
    country = MemoryCountry(folder, plan)
    await country.open()
    try:
        if outside:
            producer = await country.bus.producer()
            await producer.send({(plan.topics.inbox("portal"), 0): list(outside)})
            await producer.close()
        if hours is None:
            await country.play(cases)
            return
        with Submitter(folder, plan, await country.bus.producer()) as submitter:
            await submitter.submit(cases)
        for hour in hours:
            country.clock.advance(from_text(START) + timedelta(hours=hour))
            await country.settle()
    finally:
        await country.close()
