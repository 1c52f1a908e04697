"""Social protection and merit: monthly allowances, and what their groups get for a funeral."""

from typing import ClassVar

from connectors.agencies.codes import SOCIAL_PROTECTION
from simulators.agencies.funeral_allowance import FuneralAllowanceDesk, Office


class SocialProtection(FuneralAllowanceDesk):
    """The commune decides for everybody whom no social insurance pays."""

    system: ClassVar = "social-protection"
    office: ClassVar = Office(
        mark="UBND",
        place="ma_xa",
        groups=frozenset({"merit", "veterans", "social_protection", "emergency", "social_pension"}),
        dialect=SOCIAL_PROTECTION,
    )
