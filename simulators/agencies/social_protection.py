"""Social protection and merit: monthly allowances, and what their groups get for a funeral."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from connectors.agencies.codes import SOCIAL_PROTECTION
from schemas.regimes import protecting_committee
from simulators.agencies.funeral_allowance import FuneralAllowanceDesk, Office


def _committee(record: Mapping[str, Any], day: date) -> str:
    return protecting_committee(record["ma_xa"], day)


class SocialProtection(FuneralAllowanceDesk):
    """Who decides for everybody whom no social insurance pays: the people's committee of the
    district until 30 June 2025, since then that of the commune."""

    system: ClassVar = "social-protection"
    office: ClassVar = Office(
        mark="UBND",
        seat=_committee,
        groups=frozenset({"merit", "veterans", "social_protection", "emergency", "social_pension"}),
        dialect=SOCIAL_PROTECTION,
    )
