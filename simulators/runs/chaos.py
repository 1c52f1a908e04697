"""Kill -9 while cases are under way; the supervisor restarts, and the ledger judges."""

import asyncio
import os
import signal
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from hub.ledger import verify
from hub.supervisor import Supervisor
from schemas.event import from_text
from simulators.arrivals import Arrivals
from simulators.mix import Mix
from simulators.runs.live import ROLES, LiveRun, Plan, live
from simulators.runs.passing import until_all_ended
from simulators.runs.submitting import Submitter, Watch

FIRST, LAST = 0.22, 0.68
"""Kills begin and end at about these shares of ended cases."""
UNDER_WAY = 50
"""Cases that are open at any time; more are handed in as others end."""
_CHUNK = 10
_PAUSE_S = 0.01
_SILENCE_S = 30.0
_REST_S = 60.0


async def chaos(
    plan: Plan,
    *,
    cases: int,
    kills: int,
    roles: Sequence[str] = ROLES,
    beside: Supervisor | None = None,
) -> dict[str, Any]:
    """Run `cases` cases and kill each role `kills` times, in turn; the ledger's report and more.

    `beside` keeps roles that the run itself doesn't have, such as its broker. `kills` in the
    report holds role and share of ended cases of each kill.
    """
    async with live(plan) as run:
        keepers = dict.fromkeys(run.supervisor.pids, run.supervisor)
        if beside is not None:
            keepers |= dict.fromkeys(beside.pids, beside)
        watch = Watch(run.bus, run.manifest)
        await watch.start()
        done: list[tuple[str, float]] = []
        try:
            async with asyncio.TaskGroup() as tasks:
                feeding = tasks.create_task(_feed(run, watch, cases))
                await _kill_on_the_way(keepers, watch, cases, list(roles) * kills, done)
                await until_all_ended(run, watch, cases, handed_in=feeding.done, silence=_SILENCE_S)
        finally:
            await watch.close()
        rested = await run.at_rest(_REST_S)
        report = verify(run.folder.path)
        return report.to_json() | {
            "at_rest": rested,
            "kills": done,
            "restarts": {role: keeper.restarts[role] for role, keeper in keepers.items()},
        }


async def _feed(run: LiveRun, watch: Watch, cases: int) -> None:
    manifest = run.manifest
    arrivals = Arrivals(
        seed=manifest.seed, start=from_text(manifest.start), mix=Mix(**manifest.mix)
    )
    producer = await run.bus.producer()
    submitted = 0
    try:
        with Submitter(run.folder, run.manifest, producer) as submitter:
            while submitted < cases:
                if submitted - len(watch.final) >= UNDER_WAY:
                    await asyncio.sleep(_PAUSE_S)
                    continue
                ordinals = range(submitted, min(submitted + _CHUNK, cases))
                await submitter.submit([arrivals.submission(number) for number in ordinals])
                submitted = ordinals.stop
    finally:
        await producer.close()


async def _kill_on_the_way(
    keepers: Mapping[str, Supervisor],
    watch: Watch,
    cases: int,
    victims: list[str],
    done: list[tuple[str, float]],
) -> None:
    for number, role in enumerate(victims):
        share = FIRST + (LAST - FIRST) * number / len(victims)
        await watch.until(_ended(watch, int(cases * share)), silence=_SILENCE_S)
        await keepers[role].ready(role)
        os.kill(keepers[role].pids[role], signal.SIGKILL)
        done.append((role, round(len(watch.final) / cases, 3)))


def _ended(watch: Watch, count: int) -> Callable[[], bool]:
    return lambda: len(watch.final) >= count
