"""Whether every input of a run is accounted for: by the hub, the broker and whoever sent it."""

from collections import Counter
from collections.abc import Sequence

from connectors.runtime.store.reading import dead_letters
from hub.ledger.report import Account
from simulators.bad_input.mixing import REPEATED, Mixer, told_wrong
from simulators.runs.live import LiveRun

SHOWN = 20


async def account_faults(run: LiveRun, account: Account, mixer: Mixer) -> Sequence[str]:
    """What is not as it must be; at most `SHOWN`. Use it when the run is at rest.

    The broker's own count of inputs, the bad ones that were sent, and the dead letters are held
    against the ledger's account, which comes from the hub's log.
    """
    topics, numbers = run.manifest.topics, range(run.manifest.partitions)
    ends = await run.bus.ends([(topic, p) for topic in topics.inboxes() for p in numbers])
    sent = Counter(bad.reason for bad in mixer.expected.values() if bad.kind != REPEATED)
    repeated = len(mixer.expected) - sent.total()
    faults = [
        f"{name}: expected {expected}, found {found}"
        for name, expected, found in (
            ("inputs", sum(ends.values()), account.inputs),
            ("absorbed", repeated, account.absorbed),
            ("dead-lettered", dict(sent), dict(account.reasons)),
        )
        if expected != found
    ]
    return [*faults, *told_wrong(mixer.expected, dead_letters(run.folder.hub_log))][:SHOWN]
