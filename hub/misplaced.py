"""Which two provinces a case was refused for: the one that it names, and that of its commune."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from hub.orchestrator.labels import Label
from schemas.regimes import province_of_commune, province_title
from schemas.units import UnknownUnitError

Place = Mapping[str, str]
"""`province` and `commune`, by code."""
_PLACES: Final = {
    "wrong_place_of_residence": "permanent_residence",
    "wrong_place_of_allowance": "allowance_office",
}
"""Reason of a refusal → the place beside the case's own that it is about."""


def both_provinces(
    reason: str | None, own: Place, others: Mapping[str, Place], day: date
) -> Label | None:
    """Both provinces by name and code, as they were called on the `day` of submission.

    `own` is the case's place, `others` are those beside it. None where the case was not refused
    for a place.
    """
    place = own if reason == "wrong_place" else others.get(_PLACES.get(reason or "", ""))
    if place is None:
        return None
    said, code = place["province"], place["commune"]
    try:
        lies = province_of_commune(code, day)
        here, there = province_title(said, day), province_title(lies, day)
    except UnknownUnitError:
        return None
    return Label(
        f"hồ sơ ghi {here} ({said}), còn xã, phường {code} thuộc {there} ({lies})",
        f"the case says {here} ({said}), but commune {code} lies in {there} ({lies})",
    )
