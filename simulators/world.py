"""The world that a run plays in: how long each agency takes, how often it refuses, and why.

No agency publishes its rates, so all of this is parameters with defaults of our own. The world is
written into the run manifest; agencies read it there, and so does the ledger, which computes the
same draws by itself. Chance is a hash: whatever the machine does, the same case of the same seed
has the same outcome after the same service time.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from hashlib import sha256
from struct import Struct
from typing import Any, Final, Literal, NamedTuple, Self, get_args

from schemas.rules import row_on


class Draw(NamedTuple):
    """Three independent numbers in [0, 1) for one step of one case."""

    u_outcome: float
    """Refused when below the step's refusal rate; above it come supplement and silence."""
    u_service: float
    """Where the service time lies between the step's shortest and longest."""
    u_reason: float
    """Which of the step's reasons a refusal has, or which papers are missing."""


_SUPPLEMENT_DAYS: Final = row_on("deadline.supplement", date(2023, 7, 10)).number
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
        rates = (self.refusal, self.supplement, self.silence)
        if min(rates) < 0 or sum(rates) > 1:
            raise ValueError(f"rates {rates} are no shares of 1: refusal, supplement, silence")
        if (self.refusal and not self.reasons) or (self.supplement and not self.defects):
            raise ValueError("a step that refuses needs a reason, one that asks a defect")

    def service_seconds(self, drawn: Draw) -> int:
        """The service time in whole seconds."""
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
    """The service time."""

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
    arranged: Mapping[str, Arranged] = field(default_factory=dict)
    """What is not left to chance, by `<case>/<system>/<step>/<attempt>`: for scenarios."""

    def __post_init__(self) -> None:
        for name, step in self.steps.items():
            self._in_time(name, step.service[1])
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
        days = self.consent_days if name == "vneid/consent" else _SUPPLEMENT_DAYS
        if name.startswith(("vneid/", "portal/")) and longest > days * 86_400:
            raise ValueError(f"{name}: who answers after {days} days or more does not answer")

    @classmethod
    def default(cls) -> Self:
        """The world of a run that says nothing else."""
        return cls(steps=dict(_DEFAULTS))

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
        return cls(steps=steps, consent_days=data["consent_days"], arranged=arranged)

    def steps_of(self, system: str) -> dict[str, Step]:
        """The steps of one system, by the step's name."""
        mine = f"{system}/"
        return {n.removeprefix(mine): step for n, step in self.steps.items() if n.startswith(mine)}

    def to_json(self) -> dict[str, Any]:
        """What the manifest holds under `world`."""
        steps = {
            name: {
                "service": list(step.service),
                "refusal": step.refusal,
                "reasons": list(step.reasons),
                "supplement": step.supplement,
                "defects": list(step.defects),
                "silence": step.silence,
            }
            for name, step in self.steps.items()
        }
        arranged = {key: _said(one) for key, one in self.arranged.items()}
        return {"steps": steps, "consent_days": self.consent_days, "arranged": arranged}


def _said(one: Arranged) -> dict[str, Any]:
    """What an arrangement says, without what it leaves to chance."""
    said = {name: value for name, value in asdict(one).items() if value not in (None, ())}
    return said | ({"missing": list(one.missing)} if one.missing else {})


_SUPPLEMENT: Final = 0.05
_ANSWER: Final = Step(service=(7_200, 259_200), silence=0.20)
"""A citizen sends a supplement within three days, or never."""
_DEFAULTS: Final = {
    "portal/birth": _ANSWER,
    "portal/residence": _ANSWER,
    "portal/health_card": _ANSWER,
    "portal/death": _ANSWER,
    "portal/residence_removal": _ANSWER,
    "portal/insurance_allowance": _ANSWER,
    "portal/social_allowance": _ANSWER,
    "one-stop/receive": Step(service=(900, 5_400)),
    "one-stop/return": Step(service=(300, 1_800)),
    "one-stop/close": Step(service=(300, 1_800)),
    "civil-status/enter": Step(
        service=(1_800, 10_800),
        refusal=0.03,
        reasons=("notice_mismatch",),
        supplement=_SUPPLEMENT,
        defects=("GCS_MO", "TK_CHUA_KY"),
    ),
    "civil-status/certify": Step(service=(300, 3_600)),
    "civil-status/enter_death": Step(
        service=(3_600, 21_600),
        refusal=0.03,
        reasons=("death_notice_mismatch",),
        supplement=_SUPPLEMENT,
        defects=("GBT_MO", "TK_KT_CHUA_KY"),
    ),
    "population/allocate": Step(service=(30, 600)),
    "residence/register": Step(
        service=(7_200, 28_800),
        refusal=0.03,
        reasons=("no_lawful_dwelling",),
        supplement=_SUPPLEMENT,
        defects=("CHO_O", "QUAN_HE"),
    ),
    "residence/decide": Step(service=(1_800, 7_200), refusal=0.03, reasons=("no_lawful_dwelling",)),
    "residence/remove": Step(
        service=(3_600, 14_400),
        refusal=0.02,
        reasons=("not_resident",),
        supplement=_SUPPLEMENT,
        defects=("NOI_CU_TRU",),
    ),
    "vneid/consent": Step(service=(600, 36_000), refusal=0.05, reasons=("declined",), silence=0.02),
    "social-insurance/card": Step(
        service=(3_600, 21_600),
        refusal=0.03,
        reasons=("already_insured",),
        supplement=_SUPPLEMENT,
        defects=("TK1_THIEU", "NGAY_SINH"),
    ),
    "social-insurance/allowance": Step(
        service=(14_400, 86_400),
        refusal=0.05,
        reasons=("insured_too_short",),
        supplement=_SUPPLEMENT,
        defects=("DON_MT", "GT_NHAN_THAN"),
    ),
    "social-protection/allowance": Step(
        service=(14_400, 86_400),
        refusal=0.05,
        reasons=("not_entitled",),
        supplement=_SUPPLEMENT,
        defects=("DON_MT", "GT_NHAN_THAN"),
    ),
    "payout/pay": Step(service=(1_800, 14_400), refusal=0.03, reasons=("account_closed",)),
}
