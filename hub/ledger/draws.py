"""What chance has in store for a request: the hash that agencies draw from, worked out again."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from hub.ledger.calendar import worked

QUESTIONS = 2
"""So often may an agency ask for a supplement."""


class Draw(NamedTuple):
    """What the hash says of one step."""

    refused: bool
    missing: tuple[str, ...]
    """What a supplement is asked for, in the agency's codes."""
    silent: bool
    """Nobody ever answers."""
    seconds: int
    hours: str
    """Whose hours these seconds pass in."""
    reason: str | None

    def after(self, request: datetime) -> datetime:
        """When a request of that moment is decided."""
        return worked(request, self.seconds, self.hours)

    @property
    def result(self) -> str:
        """How the request is decided, unless a rule beats the hash."""
        if self.silent:
            return "silent"
        return "refused" if self.refused else "supplement" if self.missing else "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What a run was started with: the seed, the rules of each step, the order of services."""

    seed: int
    steps: Mapping[str, Mapping[str, Any]]
    consent_days: int = 7
    """Working days that a household head has to answer."""
    strict: bool = False
    """A child's cards wait for the end of residence."""
    former_provinces: bool = False
    """A personal ID goes on with the code that the commune's province had before the mergers."""
    late_verified: bool = False
    """A birth that is filed too late has to be verified, which takes longer."""
    drafts: bool = False
    """Requesters check a draft of the birth certificate."""
    arranged: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """What the run's author decided beforehand, by `<case>/<system>/<step>/<attempt>`."""

    standards: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    """By province, the run's own rows on what it pays above the national floor."""
    successors: Mapping[str, str] = field(default_factory=dict)
    """The run's own rows on which commune of today succeeds an old one."""

    def draw(self, case: str, step: str, attempt: int = 1) -> Draw:
        """Three numbers of [0, 1) from one digest: outcome, service time, reason."""
        rule = self.steps[step]
        digest = hashlib.sha256(f"{self.seed}|{case}|{step}|{attempt}".encode()).digest()
        u0, u1, u2 = (int.from_bytes(digest[at : at + 8], "big") / 2**64 for at in (0, 8, 16))
        low, high = rule["service"]
        reasons: Sequence[str] = rule["reasons"]
        refusal, supplement = rule["refusal"], rule["supplement"]
        asks = refusal <= u0 < refusal + supplement and attempt <= QUESTIONS
        drawn = Draw(
            refused=u0 < refusal,
            missing=_some(rule["defects"], u2) if asks else (),
            silent=0 <= u0 - refusal - supplement < rule["silence"],
            seconds=int(low + u1 * (high - low)),
            hours=rule.get("hours", "any_hour"),
            reason=reasons[int(u2 * len(reasons))] if reasons else None,
        )
        arranged = self.arranged.get(f"{case}/{step}/{attempt}") if self.arranged else None
        return _instead(drawn, arranged) if arranged else drawn


def _instead(drawn: Draw, arranged: Mapping[str, Any]) -> Draw:
    """What is arranged, and chance's word on the rest."""
    if "seconds" in arranged:
        drawn = drawn._replace(seconds=arranged["seconds"], hours="any_hour")
    result = arranged.get("result")
    if result is None:
        return drawn
    return drawn._replace(
        refused=result == "refused",
        missing=tuple(arranged.get("missing", ())),
        silent=result == "silent",
        reason=arranged.get("reason"),
    )


def _some(codes: Sequence[str], share: float) -> tuple[str, ...]:
    """One of the sets of these codes, none of them empty."""
    chosen = 1 + int(share * (2 ** len(codes) - 1))
    return tuple(code for bit, code in enumerate(codes) if chosen >> bit & 1)
