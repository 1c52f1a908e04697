"""One router in a process of its own, timed: `python -m simulators.runs.route_worker RUN EVENTS`.

Routes until it has seen EVENTS records or nothing comes any more. Prints JSON lines: how many are
routed, again and again, and at last what it did and how long it took.
"""

import asyncio
import sys
import time
from pathlib import Path
from typing import Any

import orjson

from connectors.runtime.manifest import RunFolder
from hub.bootstrap import calm_collector, open_bus
from hub.router import Router

_SILENCE_S = 5.0
_TOLD_EVERY = 5000


async def work(folder: RunFolder, events: int) -> dict[str, Any]:
    """Route, and say what was done. The clock runs from first poll to last acknowledgement."""
    manifest = folder.load()
    router = Router(open_bus(manifest), manifest.topics, partitions=manifest.partitions)
    await router.start()
    calm_collector()
    try:
        cpu, began = time.process_time(), time.perf_counter()
        await _route(router, events)
        seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
    finally:
        await router.close()
    stats = router.stats
    return {
        "accepted": stats.accepted,
        "delivered": stats.delivered,
        "rejected": stats.rejected,
        "batches": stats.batches,
        "seconds": seconds,
        "cpu_seconds": cpu,
    }


async def _route(router: Router, events: int) -> None:
    routed, told, last = 0, 0, time.perf_counter()
    while routed < events and time.perf_counter() - last < _SILENCE_S:
        found = await router.step(timeout=0.2)
        if found:
            routed, last = routed + found, time.perf_counter()
        if routed >= told + _TOLD_EVERY:
            told = routed
            _say({"routed": routed})
    await router.settle()


def _say(what: dict[str, Any]) -> None:
    sys.stdout.buffer.write(orjson.dumps(what, option=orjson.OPT_APPEND_NEWLINE))
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    _say(asyncio.run(work(RunFolder(Path(sys.argv[1])), int(sys.argv[2]))))
