"""The calls that wait to be made: in order, and those of a case that failed stand aside.

A call of a case never overtakes an earlier one of the same case; the calls of one case never hold
up those of another. No clock: moments come in, in seconds.
"""

import heapq
from collections import deque
from collections.abc import Iterable, Sequence

from connectors.runtime.store import PendingCall


class _Aside:
    """A case whose first call failed, with the calls that wait behind it."""

    __slots__ = ("calls", "failures")

    def __init__(self) -> None:
        self.calls: deque[PendingCall] = deque()
        self.failures = 0


class CallQueue:
    """Two lines: calls that nothing is known against, and cases that failed, by their next try."""

    def __init__(self) -> None:
        self._line: deque[PendingCall] = deque()
        self._aside: dict[str, _Aside] = {}
        self._due: list[tuple[float, int, str]] = []
        self._pushed = 0

    def __len__(self) -> int:
        return len(self._line) + sum(len(case.calls) for case in self._aside.values())

    @property
    def aside(self) -> int:
        """How many cases stand aside."""
        return len(self._aside)

    def add(self, calls: Iterable[PendingCall]) -> None:
        """Append new calls."""
        self._line.extend(calls)

    def take(self, limit: int) -> list[PendingCall]:
        """The next calls of the line; those of a case that stands aside go behind its others."""
        taken: list[PendingCall] = []
        while self._line and len(taken) < limit:
            call = self._line.popleft()
            case = self._aside.get(call.subject)
            (taken if case is None else case.calls).append(call)
        return taken

    def give_back(self, calls: Sequence[PendingCall]) -> None:
        """Put calls that were taken and not made back at the head of the line."""
        self._line.extendleft(reversed(calls))

    def put_aside(self, call: PendingCall, due: float) -> None:
        """A call that was taken failed: it and all later ones of its case wait until `due`."""
        case = self._aside.get(call.subject)
        if case is None:
            case = self._aside[call.subject] = _Aside()
            case.calls.append(call)
        case.failures += 1
        self._push(due, call.subject)

    def failures(self, call: PendingCall) -> int:
        """How often in a row the call's case has failed."""
        case = self._aside.get(call.subject)
        return 0 if case is None else case.failures

    def again(self, now: float, limit: int) -> Sequence[PendingCall]:
        """The first call of each case whose next try has come; then tell `over`, `back` or
        `put_aside` for each."""
        found: list[PendingCall] = []
        while self._due and self._due[0][0] <= now and len(found) < limit:
            subject = heapq.heappop(self._due)[2]
            found.append(self._aside[subject].calls[0])
        return found

    def back(self, calls: Iterable[PendingCall], due: float) -> None:
        """What `again` gave was not the fault of these calls: try them again from `due` on."""
        for call in calls:
            self._push(due, call.subject)

    def over(self, calls: Iterable[PendingCall]) -> None:
        """These calls of `again` are over; what stood behind them goes to the head of the line."""
        behind: list[PendingCall] = []
        for call in calls:
            case = self._aside.pop(call.subject)
            case.calls.popleft()
            behind.extend(case.calls)
        self._line.extendleft(reversed(behind))

    def next_try(self) -> float | None:
        """When the next case that stands aside is due."""
        return self._due[0][0] if self._due else None

    def _push(self, due: float, subject: str) -> None:
        self._pushed += 1
        heapq.heappush(self._due, (due, self._pushed, subject))
