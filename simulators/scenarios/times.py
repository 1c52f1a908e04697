"""Service times to arrange, so that the moments of a scenario can be told beforehand."""

from typing import Final

from simulators.world import Arranged


def takes(*, days: int = 0, minutes: int = 0) -> Arranged:
    """A request that takes so long; the rest is left as it is."""
    return Arranged(seconds=days * 86_400 + minutes * 60)


def asks(*missing: str) -> Arranged:
    """After an hour the agency asks for a supplement, for these defects of its own codes."""
    return Arranged(result="supplement", missing=missing, seconds=3_600)


NEVER: Final = Arranged(result="silent")
"""Nobody ever answers."""


def refuses(reason: str, *, minutes: int = 60) -> Arranged:
    """After so long it is refused."""
    return Arranged(result="refused", reason=reason, seconds=minutes * 60)


_PLAIN: Final = {"one-stop/receive": 30, "civil-status/enter": 60, "residence/register": 120}
BY_TEN: Final = {
    **{f"{step}/{n}": takes(minutes=m) for step, m in _PLAIN.items() for n in (1, 2, 3)},
    "population/allocate/1": takes(minutes=5),
    "civil-status/certify/1": takes(minutes=25),
    "social-insurance/card/1": takes(minutes=90),
    "residence/decide/1": takes(minutes=60),
}
"""A case of 08:00: received 08:30, entered 09:30, numbered 09:35, certified 10:00, carded 11:30,
registered as resident at 12:00, an hour after the household head answers."""
