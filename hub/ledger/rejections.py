"""What the hub did not route, and what the systems that were told of it remember."""

from collections.abc import Sequence
from typing import Any, NamedTuple


class Rejection(NamedTuple):
    """A record that the hub did not route, and told its sender and dvclt about."""

    id: str
    """The id of `delivery.rejected`."""
    time: str
    event: str
    """The rejected event, or where its record stood."""
    reason: str
    pointer: str
    told: tuple[str, ...]
    """Systems that were told."""


def shown(rejections: Sequence[Rejection]) -> dict[str, Any]:
    """What the portal keeps of submissions that were not routed."""
    told = [r for r in rejections if "portal" in r.told]
    kept = {r.id: {"suKien": r.event, "lyDo": r.reason, "viTri": r.pointer} for r in told}
    return {"biTuChoi": kept} if kept else {}


def parked(rejections: Sequence[Rejection]) -> list[dict[str, Any]]:
    """What dvclt keeps for an officer, by time."""
    return [
        {
            "name": "delivery.rejected",
            "source": "/systems/hub",
            "id": rejection.id,
            "time": rejection.time,
            "reason": "delivery_rejected",
        }
        for rejection in sorted(rejections, key=lambda r: (r.time, r.id))
    ]


def states_of_rejections(
    subject: str, rejections: Sequence[Rejection]
) -> dict[str, dict[str, Any]]:
    """What systems remember of a subject of which nothing was ever routed."""
    made: dict[str, dict[str, Any]] = {}
    for system in {system for rejection in rejections for system in rejection.told}:
        if system == "portal":
            made[system] = {"maHoSo": subject, **shown(rejections)}
        elif system == "dvclt":
            made[system] = {"parked": parked(rejections)}
        else:
            made[system] = {}
    return made
