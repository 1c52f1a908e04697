"""Chance: the numbers that a seed draws for one step of one case, and what a step makes of them.

Chance is a hash: whatever the machine does, the same case of the same seed has the same outcome
after the same service time.
"""

from dataclasses import dataclass
from hashlib import sha256
from struct import Struct
from typing import Final, NamedTuple, get_args

from schemas.working_days import Hours


class Draw(NamedTuple):
    """Three independent numbers in [0, 1) for one step of one case."""

    u_outcome: float
    """Refused when below the step's refusal rate; above it come supplement and silence."""
    u_service: float
    """Where the service time lies between the step's shortest and longest."""
    u_reason: float
    """Which of the step's reasons a refusal has, or which papers are missing."""


QUESTIONS: Final = 2
"""So often may an agency ask for a supplement; it decides on what it then has."""


_NUMBERS: Final = Struct(">3Q")
_RANGE: Final = 2.0**64


def draw(seed: int, case: str, system: str, step: str, attempt: int) -> Draw:
    """The numbers of a step: the first three 64-bit words of a SHA-256, as fractions."""
    digest = sha256(f"{seed}|{case}|{system}/{step}|{attempt}".encode()).digest()
    outcome, service, reason = _NUMBERS.unpack_from(digest)
    return Draw(outcome / _RANGE, service / _RANGE, reason / _RANGE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """How an agency deals with one kind of request."""

    service: tuple[int, int]
    """Shortest and longest service time in seconds; what is drawn lies below the longest."""
    hours: Hours = "any_hour"
    """When the work goes on; the service time is working time of that calendar."""
    refusal: float = 0.0
    """The share of requests that are refused by chance."""
    reasons: tuple[str, ...] = ()
    """The reasons of such a refusal, equally likely."""
    supplement: float = 0.0
    """The share of requests for which a supplement is asked for, the first two times."""
    defects: tuple[str, ...] = ()
    """What may be missing then, in the agency's own codes: each part of it equally likely."""
    silence: float = 0.0
    """The share of requests that nobody ever answers."""

    def __post_init__(self) -> None:
        shortest, longest = self.service
        if not 0 <= shortest <= longest:
            raise ValueError(f"service times {self.service} are not 0 ≤ shortest ≤ longest")
        if self.hours not in get_args(Hours):
            raise ValueError(f"no hours {self.hours!r}; there are {', '.join(get_args(Hours))}")
        rates = (self.refusal, self.supplement, self.silence)
        if min(rates) < 0 or sum(rates) > 1:
            raise ValueError(f"rates {rates} are no shares of 1: refusal, supplement, silence")
        if (self.refusal and not self.reasons) or (self.supplement and not self.defects):
            raise ValueError("a step that refuses needs a reason, one that asks a defect")

    def service_seconds(self, drawn: Draw) -> int:
        """The service time in whole seconds of its hours."""
        shortest, longest = self.service
        return int(shortest + drawn.u_service * (longest - shortest))

    def refusal_reason(self, drawn: Draw) -> str | None:
        """Why chance refuses the request; None if it does not."""
        if drawn.u_outcome >= self.refusal:
            return None
        return self.reasons[int(drawn.u_reason * len(self.reasons))]

    def missing(self, drawn: Draw, attempt: int) -> tuple[str, ...]:
        """What chance finds missing in the dossier; nothing if it does not."""
        asked = self.refusal <= drawn.u_outcome < self.refusal + self.supplement
        if not asked or attempt > QUESTIONS:
            return ()
        chosen = 1 + int(drawn.u_reason * (2 ** len(self.defects) - 1))
        return tuple(code for bit, code in enumerate(self.defects) if chosen >> bit & 1)

    def silent(self, drawn: Draw) -> bool:
        """Whether chance leaves the request without an answer for ever."""
        return 0 <= drawn.u_outcome - self.refusal - self.supplement < self.silence
