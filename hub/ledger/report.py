"""The ledger's verdict on a run."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

Kind = Literal["lost", "duplicated", "mismatched"]
"""Must exist and doesn't; exists twice or under two keys; differs, or exists and must not."""

SHOWN = 200
"""Findings in the JSON report; their count is always complete."""


class Finding(NamedTuple):
    """One thing that is not as it must be."""

    kind: Kind
    case: str | None
    store: str
    """`registers/population`, `stores/dvclt`, `log`."""
    table: str
    key: str
    column: str | None
    expected: Any
    found: Any


class CaseEnd(NamedTuple):
    """When a case ended: in the run's time, and when the hub wrote its last message down."""

    time: str
    at: str | None


@dataclass(slots=True, kw_only=True)
class Account:
    """Each input counts once: a dead letter wins over a delivery, whoever wrote it."""

    routed: int = 0
    """Delivered to the receivers, who took it in for the first time."""
    absorbed: int = 0
    """The same event again: delivered, and known to whoever received it."""
    dead_lettered: int = 0
    """Refused by the hub, or delivered and given up by a receiver."""
    reasons: Counter[str] = field(default_factory=Counter)
    """Dead-lettered inputs by reason code."""

    @property
    def inputs(self) -> int:
        """All records on `lt.in` that the hub has read."""
        return self.routed + self.absorbed + self.dead_lettered

    def to_json(self) -> dict[str, Any]:
        """The account as JSON values."""
        return {
            "inputs": self.inputs,
            "routed": self.routed,
            "absorbed": self.absorbed,
            "dead_lettered": self.dead_lettered,
            "reasons": dict(sorted(self.reasons.items())),
        }


@dataclass(slots=True, kw_only=True)
class Report:
    """What a run's files say, held against the reference model."""

    run: str
    submitted: int = 0
    """Cases in the submissions file."""
    external: int = 0
    """Cases that came without a line in the submissions file."""
    finished: int = 0
    """Cases, of both sorts, that reached their end."""
    verified: int = 0
    """Submitted cases that reached their end and have no finding."""
    events_accepted: int = 0
    """Distinct (source, id) that the hub accepted from systems."""
    deliveries: int = 0
    """Receivers of those events, each counted once."""
    rejected: int = 0
    """Records that the hub refused; each has its dead letter."""
    account: Account = field(default_factory=Account)
    """What became of each record on `lt.in`."""
    findings: list[Finding] = field(default_factory=list)
    ends: dict[str, CaseEnd] = field(default_factory=dict)
    """By case code, of those that ended."""

    @property
    def open(self) -> int:
        """Cases that have not ended."""
        return self.submitted + self.external - self.finished

    @property
    def ok(self) -> bool:
        """Whether there is nothing to complain of. Cases may be open."""
        return not self.findings

    @property
    def lost(self) -> int:
        """Findings of what must exist and doesn't."""
        return self._count("lost")

    @property
    def duplicated(self) -> int:
        """Findings of what exists twice or under two keys."""
        return self._count("duplicated")

    @property
    def mismatched(self) -> int:
        """Findings of what differs, or exists and must not."""
        return self._count("mismatched")

    def _count(self, kind: Kind) -> int:
        return sum(finding.kind == kind for finding in self.findings)

    def to_json(self) -> dict[str, Any]:
        """The report as JSON values; at most `SHOWN` findings."""
        return {
            "run": self.run,
            "submitted": self.submitted,
            "external": self.external,
            "finished": self.finished,
            "open": self.open,
            "verified": self.verified,
            "lost": self.lost,
            "duplicated": self.duplicated,
            "mismatched": self.mismatched,
            "ok": self.ok,
            "events_accepted": self.events_accepted,
            "deliveries": self.deliveries,
            "rejected": self.rejected,
            **self.account.to_json(),
            "findings": [finding._asdict() for finding in self.findings[:SHOWN]],
        }
