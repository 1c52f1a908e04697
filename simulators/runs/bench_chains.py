"""The benchmark of whole chains: cases a second from the portal's submission to the case's end."""

import asyncio
import math
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from hub.ledger import Report, verify
from schemas.event import from_text
from simulators.arrivals import Arrivals, Submission
from simulators.bad_input.mixing import Mixer
from simulators.mix import Mix
from simulators.runs.accounting import account_faults
from simulators.runs.live import LiveRun, Plan, live
from simulators.runs.passing import until_all_ended
from simulators.runs.submitting import Submitter, Watch

EMBEDDED_LIMIT = 10_000
"""The embedded broker keeps every record in memory, some 60 KiB a case with all that follows."""
_CHUNK = 100
_SILENCE_S = 30.0
_REST_S = 60.0

Progress = Callable[[int, int], None]
"""Told how many cases were submitted and how many have ended."""


class TooManyCases(ValueError):
    """More cases than the embedded broker's memory should hold."""


@dataclass(slots=True)
class _Feed:
    """What was handed in, and when the first case was scheduled (Unix seconds)."""

    mixer: Mixer
    first: float = 0.0
    submitted: int = 0
    asked: Counter[int] = field(default_factory=Counter)
    """How many cases asked for how many services."""
    chains: Counter[str] = field(default_factory=Counter)
    """How many cases were about what."""
    passed: float = math.inf
    """When the first deadline passed (Unix seconds)."""

    def on_pass(self) -> None:
        """Note that a deadline passes now."""
        self.passed = min(self.passed, time.time())


async def bench_chains(
    plan: Plan,
    *,
    cases: int,
    rate: float | None,
    bad: int = 0,
    on_progress: Progress = lambda s, e: None,
) -> dict[str, Any]:
    """Run `cases` cases and return the report; `valid` only if the ledger finds no fault.

    `rate` schedules so many submissions a second, whatever becomes of them (open loop); without
    it they are handed in as fast as this process can. `bad` inputs of every kind are mixed in at
    random places; each must be told its reason, and every input must be accounted for.

    Raises:
        TooManyCases: more than the embedded broker should keep in memory.
    """
    if plan.broker == "embedded" and cases > EMBEDDED_LIMIT:
        raise TooManyCases(
            f"{cases} cases are more than {EMBEDDED_LIMIT}: the embedded broker keeps every record "
            "in memory. Use --broker HOST:PORT with a Kafka that writes to disk."
        )
    async with live(plan) as run:
        watch = Watch(run.bus, run.manifest)
        await watch.start()
        feed = _Feed(mixer=Mixer(plan.seed, bad=bad, cases=cases))
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(_feed_cases(run, cases, rate, feed))
                ended = tasks.create_task(_ends(run, watch, feed, cases, on_progress))
        finally:
            await watch.close()
        rested = await run.at_rest(_REST_S)
        memory = {"broker": run.broker.peak_rss_mb(), **run.supervisor.peak_rss_mb()}
        report = verify(run.folder.path)
        told = _report(run, plan, report, watch, feed, cases, rate, memory) | {
            "finished_in_time": ended.result(),
            "at_rest": rested,
        }
        faults = await account_faults(run, report.account, feed.mixer)
        return told | {
            **{"valid": told["valid"] and not faults, "bad": bad},
            **report.account.to_json(),
            "account_faults": faults,
        }


async def _feed_cases(run: LiveRun, cases: int, rate: float | None, feed: _Feed) -> None:
    """Hand in the cases of the run's seed, `rate` a second or as fast as this process can."""
    producer = await run.bus.producer()
    try:
        with Submitter(run.folder, run.manifest, producer) as submitter:
            feed.first = time.time()
            arrivals = Arrivals(
                seed=run.manifest.seed,
                start=from_text(run.manifest.start),
                per_second=rate,
                mix=Mix(**run.manifest.mix),
            )
            while feed.submitted < cases:
                chunk = await _next_chunk(arrivals, feed, cases, rate)
                await submitter.submit(chunk, feed.mixer.beside)
                feed.submitted += len(chunk)
    finally:
        await producer.close()


async def _next_chunk(
    arrivals: Arrivals, feed: _Feed, cases: int, rate: float | None
) -> Sequence[Submission]:
    count = min(_CHUNK, cases - feed.submitted)
    if rate is not None:
        await asyncio.sleep(max(0.0, feed.first + feed.submitted / rate - time.time()))
        due = int((time.time() - feed.first) * rate) + 1 - feed.submitted
        count = max(1, min(count, due))
    chunk = [arrivals.submission(feed.submitted + i) for i in range(count)]
    feed.asked.update(len(one.payload.services) for one in chunk)
    feed.chains.update(one.payload.chain for one in chunk)
    return chunk


async def _ends(run: LiveRun, watch: Watch, feed: _Feed, cases: int, on_progress: Progress) -> bool:
    return await until_all_ended(
        run,
        watch,
        cases,
        handed_in=lambda: feed.submitted == cases,
        silence=_SILENCE_S,
        on_news=lambda: on_progress(feed.submitted, len(watch.final)),
        on_pass=feed.on_pass,
    )


def _report(
    run: LiveRun,
    plan: Plan,
    report: Report,
    watch: Watch,
    feed: _Feed,
    cases: int,
    rate: float | None,
    memory: dict[str, float | None],
) -> dict[str, Any]:
    seconds = max((s.heard for s in watch.final.values()), default=feed.first) - feed.first
    asked = feed.asked
    verified = report.verified
    return {
        "run": run.manifest.run,
        "valid": report.ok and verified == cases == len(watch.final),
        "cases": cases,
        "chains": dict(sorted(feed.chains.items())),
        "seed": plan.seed,
        "engine": run.broker.engine,
        "verified": verified,
        "lost": report.lost,
        "duplicated": report.duplicated,
        "mismatched": report.mismatched,
        "open": report.open,
        "seconds": round(seconds, 3),
        "cases_per_s": round(verified / seconds, 1) if seconds else 0.0,
        "events_per_s": round(report.events_accepted / seconds) if seconds else 0,
        "events_per_case": round(report.events_accepted / cases, 2),
        "deliveries_per_case": round(report.deliveries / cases, 2),
        "load": "max" if rate is None else f"{rate:g}/s",
        "ended_by_deadline": sum(seen.heard > feed.passed for seen in watch.final.values()),
        "latency_ms": None if rate is None else _latency(watch, feed, rate, plan),
        "peak_rss_mb": {k: v and round(v, 1) for k, v in memory.items()},
        "mix": asdict(plan.mix),
        "services_asked": {f"{n} services": asked[n] for n in sorted(asked)},
        "settings": {
            "partitions": plan.partitions,
            "durable": plan.durable,
            "sequence": plan.sequence,
            "agencies": plan.agencies,
            "elastic": plan.elastic,
            "routers": plan.routers,
        },
    }


def _latency(watch: Watch, feed: _Feed, rate: float, plan: Plan) -> dict[str, float]:
    """From the scheduled moment of each submission to the moment its end was heard.

    Cases that only a deadline ended are left out: it passes when everything is handed in, whatever
    the rate.
    """
    arrivals = Arrivals(seed=plan.seed, start=plan.start, per_second=rate, mix=plan.mix)
    waits = sorted(
        (watch.final[case].heard - feed.first - ordinal / rate) * 1000
        for ordinal in range(feed.submitted)
        if (case := arrivals.submission(ordinal).case) in watch.final
        and watch.final[case].heard <= feed.passed
    )
    if not waits:
        return {}
    return {
        name: round(waits[min(len(waits) - 1, int(len(waits) * share))], 1)
        for name, share in (("p50", 0.5), ("p90", 0.9), ("p99", 0.99), ("max", 1.0))
    }
