"""Whose dossiers an account may see and which units it may name, by the day.

On 1 July 2025 provinces and communes merge: from then on an account of a merged province has its
successor's, a commune's old code stands for the commune that succeeds it, and there are no
districts.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from schemas.event import VN
from schemas.regimes import (
    Office,
    competent_commune,
    competent_province,
    merged,
    province_of_commune,
)
from schemas.rules import row_on
from schemas.units import (
    UnknownUnitError,
    UnmappedUnitError,
    commune,
    province,
    provinces,
    today_provinces,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Jurisdiction:
    """The *địa bàn* of an account."""

    province: str | None
    """Whose dossiers it sees, by the code when it was connected; None: everybody's."""
    today: Callable[[], date]
    clocked: bool = True
    """Whether `today` is a clock's; in event time nobody can say what lies in the future."""

    def future(self, day: date) -> bool:
        """Whether a day surely has not come: neither here nor in the world.

        A province's system may go by a calendar of its own, which is ours outside.
        """
        return self.clocked and day > max(self.today(), world_today())

    def sees(self, commune_code: str) -> bool:
        """Whether what a commune has is its business."""
        if self.province is None:
            return True
        day = self.today()
        return province_of_commune(commune_code, day) == competent_province(self.province, day)

    def commune(self, code: str, on: date | None = None) -> Office:
        """The commune that a code stands for, today or on a day.

        Raises:
            UnknownUnitError: none; or none that a table names as the successor; or another
                province's.
        """
        office = competent_commune(code, on or self.today())
        if not self.sees(code):
            raise UnknownUnitError(f"{code} lies in another province")
        return office

    def has_province(self, code: str) -> bool:
        """Whether there is such a province today, and it is the account's."""
        day = self.today()
        own = self.province is None or code == competent_province(self.province, day)
        return own and code in province_codes(day)


def world_today() -> date:
    """The day in Vietnam, whatever day it is in the simulation."""
    return datetime.now(VN).date()


def day_of_unit(commune_code: str, on: date) -> date:
    """The day of which a commune is that finishes what it began: that day.

    Where no table names its successor, the last of its own days: it stays where it is.
    """
    try:
        competent_commune(commune_code, on)
    except UnmappedUnitError:
        return row_on("units.provinces", on).valid_from - timedelta(days=1)
    except UnknownUnitError:
        return on
    return on


def agencies_of(province_code: str, on: date) -> frozenset[str]:
    """The level-1 agency codes that dossiers of a province have on a day: `H29`.

    Since 1 July 2025 also those of the provinces that it took, whose dossiers keep their codes.

    Raises:
        UnknownUnitError: none of the 63 has this code.
    """
    own = province(province_code)
    if not merged(on):
        return frozenset((own.agency,))
    return frozenset(one.agency for one in provinces() if one.successor == own.successor)


def province_codes(on: date) -> frozenset[str]:
    """The provinces that stand on a day."""
    units = today_provinces() if merged(on) else provinces()
    return frozenset(unit.code for unit in units)


def above(commune_code: str, on: date) -> tuple[str, str]:
    """The codes of the province and the district over a commune on a day; "" where districts are
    gone.

    Raises:
        UnknownUnitError: no commune has or had this code.
    """
    if not merged(on):
        unit = commune(commune_code)
        return unit.province, unit.district
    return province_of_commune(commune_code, on), ""
