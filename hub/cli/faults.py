"""Which failure ends with which exit code, and the one line that says what to do.

0 done · 1 the run failed its check · 2 usage · 3 a dependency is unreachable or wrong ·
130 interrupted.
"""

from collections.abc import Iterator
from typing import NamedTuple

FAILED, USAGE, UNREACHABLE, INTERRUPTED = 1, 2, 3, 130


class UsageFault(Exception):
    """What was asked for makes no sense; the message says what would."""


class Fault(NamedTuple):
    """A failure that needs no traceback."""

    code: int
    text: str


def explained(error: BaseException) -> Fault | None:
    """What to tell about a failure, None for one that nobody foresaw.

    Of several that come together, the gravest is told: whatever else ended with it follows from it.
    """
    faults = [_explained(leaf) for leaf in _leaves(error)]
    known = [fault for fault in faults if fault is not None]
    if len(known) < len(faults):
        return None
    return min(known, key=lambda fault: fault.code)


def _leaves(error: BaseException) -> Iterator[BaseException]:
    if isinstance(error, BaseExceptionGroup):
        for one in error.exceptions:
            yield from _leaves(one)
    else:
        yield error


def _explained(error: BaseException) -> Fault | None:
    # Imported here: a command that does not fail needs none of it.
    from connectors.runtime.errors import BrokerUnreachable, RuntimeFault, StoreBusy, TopicUnfit
    from connectors.runtime.manifest import RunNotFound
    from hub.brokers import BrokerError, BrokerLost
    from hub.interrupt import Interrupted
    from hub.roles import RoleFailed, SupervisorError

    text = str(error)
    match error:
        case UsageFault() | RunNotFound():
            return Fault(USAGE, text)
        case Interrupted():
            return Fault(INTERRUPTED, f"stopped by {error.signal.name}")
        case RoleFailed(code=3):
            return Fault(UNREACHABLE, text)
        case BrokerLost() | SupervisorError():
            return Fault(FAILED, text)
        case BrokerUnreachable() | TopicUnfit() | StoreBusy() | BrokerError() | PermissionError():
            return Fault(UNREACHABLE, text)
        case RuntimeFault():
            return Fault(FAILED, text)
    return None
