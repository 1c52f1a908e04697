"""The world that a run plays in: how long each agency takes, how often it refuses, and why.

The world is written into the run manifest; agencies read it there, and so does the ledger, which
computes the same draws by itself.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Final, Literal, Self, get_args

from schemas.regimes import IdProvince
from schemas.rules import row_on
from simulators.chance import QUESTIONS, Draw, Step, draw
from simulators.default_steps import DEFAULT_STEPS

__all__ = ["QUESTIONS", "Arranged", "Draw", "Result", "Step", "World", "draw"]

_SUPPLEMENT_DAYS: Final = row_on("deadline.supplement", date(2023, 7, 10)).number
_DRAFT_DAYS: Final = row_on("limit.certificate_draft", date(2023, 7, 10)).number
_DRAFT_CHECK: Final = "portal/certificate"
_CITIZENS: Final = ("vneid/", "portal/")
_AFTERWARDS: Final = ("one-stop/return", "one-stop/close")

Result = Literal["done", "refused", "supplement", "silent"]
"""How a request is decided by chance, or by arrangement; natural keys and consent go before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arranged:
    """What becomes of one request whatever chance says; None leaves that part to chance."""

    result: Result | None = None
    reason: str | None = None
    """Why it is refused."""
    missing: tuple[str, ...] = ()
    """What a supplement is asked for, in the agency's own codes."""
    seconds: int | None = None
    """The service time by the clock, night or day: so a moment can be arranged."""

    def __post_init__(self) -> None:
        if self.result not in (None, *get_args(Result)):
            raise ValueError(f"no result {self.result!r}; there are {', '.join(get_args(Result))}")
        if (self.result == "refused") != (self.reason is not None):
            raise ValueError("a reason belongs to the result 'refused', and that needs one")
        if (self.result == "supplement") != bool(self.missing):
            raise ValueError(
                "missing papers belong to the result 'supplement', and that needs some"
            )
        if self.seconds is not None and self.seconds < 0:
            raise ValueError(f"a service time of {self.seconds} seconds")


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """The table of a run: every step that has an outcome, by `system/step`."""

    steps: Mapping[str, Step]
    consent_days: int = 7
    """How many working days a household head has to answer a request for consent."""
    personal_id_province: IdProvince = "successor"
    """Whose code a personal ID begins with after the mergers of 2025: that of the province of
    today, or of the one in which the registering commune's code lay in 2023."""
    draft_certificates: bool = False
    """Whether the requester of a birth checks a draft of the certificate before it is issued."""
    arranged: Mapping[str, Arranged] = field(default_factory=dict)
    """What is not left to chance, by `<case>/<system>/<step>/<attempt>`: for scenarios."""

    def __post_init__(self) -> None:
        if self.personal_id_province not in get_args(IdProvince):
            raise ValueError(
                f"personal_id_province is {' or '.join(get_args(IdProvince))}, "
                f"not {self.personal_id_province!r}"
            )
        for name, step in self.steps.items():
            self._in_time(name, step.service[1])
            if name.startswith(_CITIZENS) and step.hours != "any_hour":
                raise ValueError(f"{name}: citizens answer at any hour, not by {step.hours!r}")
        for key, one in self.arranged.items():
            name, _, attempt = key.partition("/")[2].rpartition("/")
            if name not in self.steps or not attempt.isdecimal():
                raise ValueError(f"{key!r} is no <case>/<system>/<step>/<attempt> of this world")
            if one.result == "supplement" and int(attempt) > QUESTIONS:
                raise ValueError(f"{key}: a supplement is asked for {QUESTIONS} times at most")
            if one.result == "silent" and name in _AFTERWARDS:
                raise ValueError(f"{key}: the case ends without it, so nobody waits for it")
            self._in_time(name, one.seconds or 0)

    def _in_time(self, name: str, longest: int) -> None:
        given = {"vneid/consent": self.consent_days, _DRAFT_CHECK: _DRAFT_DAYS}
        days = given.get(name, _SUPPLEMENT_DAYS)
        last = days * 86_400 - (name == _DRAFT_CHECK)  # whose time is over to the second
        if name.startswith(_CITIZENS) and longest > last:
            raise ValueError(f"{name}: who answers after {days} days or more does not answer")

    @classmethod
    def default(cls) -> Self:
        """The world of a run that says nothing else."""
        return cls(steps=dict(DEFAULT_STEPS))

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """The world in a manifest.

        Raises:
            ValueError: a rate or a time is impossible.
            KeyError: a name is missing.
        """
        steps = {
            name: Step(
                service=(step["service"][0], step["service"][1]),
                hours=step.get("hours", "any_hour"),  # runs of old have none
                refusal=step["refusal"],
                reasons=tuple(step["reasons"]),
                supplement=step["supplement"],
                defects=tuple(step["defects"]),
                silence=step["silence"],
            )
            for name, step in data["steps"].items()
        }
        arranged = {
            key: Arranged(**{**one, "missing": tuple(one.get("missing", ()))})
            for key, one in data.get("arranged", {}).items()
        }
        return cls(
            steps=steps,
            consent_days=data["consent_days"],
            personal_id_province=data.get("personal_id_province", "successor"),
            draft_certificates=data.get("draft_certificates", False),
            arranged=arranged,
        )

    def steps_of(self, system: str) -> dict[str, Step]:
        """The steps of one system, by the step's name."""
        mine = f"{system}/"
        return {n.removeprefix(mine): step for n, step in self.steps.items() if n.startswith(mine)}

    def to_json(self) -> dict[str, Any]:
        """What the manifest holds under `world`."""
        steps = {
            name: {
                "service": list(step.service),
                "hours": step.hours,
                "refusal": step.refusal,
                "reasons": list(step.reasons),
                "supplement": step.supplement,
                "defects": list(step.defects),
                "silence": step.silence,
            }
            for name, step in self.steps.items()
        }
        arranged = {key: _said(one) for key, one in self.arranged.items()}
        return {
            "steps": steps,
            "consent_days": self.consent_days,
            "personal_id_province": self.personal_id_province,
            "draft_certificates": self.draft_certificates,
            "arranged": arranged,
        }


def _said(one: Arranged) -> dict[str, Any]:
    """What an arrangement says, without what it leaves to chance."""
    said = {name: value for name, value in asdict(one).items() if value not in (None, ())}
    return said | ({"missing": list(one.missing)} if one.missing else {})
