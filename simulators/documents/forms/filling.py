"""A form filled in, and what several forms have in common: people, days, offices."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from connectors.agencies.codes import Dialect, moment_at
from schemas.event import from_text
from schemas.regimes import province_title
from simulators.documents.places import Place, province_of
from simulators.documents.words import numbers

Row = Mapping[str, Any]
Values = dict[str, Any]

SEXES: Final = {"male": "Nam", "female": "Nữ"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A paper filled in."""

    template: str
    """Name of the file in `templates`, without its ending."""
    issued: datetime
    title: str
    values: Values
    """What the template asks for by name."""


def person(row: Row, role: str) -> Values:
    """Name and personal ID of somebody in a role: `me`, `cha`, `nyc`, `chu_ho`, `nhan`."""
    return {"name": row[f"ho_ten_{role}"], "personal_id": row[f"so_dinh_danh_{role}"]}


def sex(dialect: Dialect, row: Row) -> str:
    """The sex as people read it."""
    return SEXES[dialect.sex.read[row["gioi_tinh"]]]


def day(dialect: Dialect, text: str) -> date:
    """A day as the agency wrote it."""
    return date.fromisoformat(dialect.day.read(text))


def moment(dialect: Dialect, text: str, time_of_day: str) -> datetime:
    """A day and a time of day as the agency wrote them."""
    return from_text(moment_at(dialect.day.read(text), time_of_day))


def slashed(of: date) -> str:
    """A day as it stands in a form's field: `09/07/2023`."""
    return f"{of:%d/%m/%Y}"


def insurer(province: str, of: date) -> Values:
    """The letterhead of a province's social insurance."""
    return {
        "issuer": f"Bảo hiểm xã hội {province_title(province, of)}",
        "dated": f"{province_of(province, of)}, {numbers(of)}",
    }


def committee(place: Place, of: date) -> Values:
    """The letterhead of a people's committee, of a commune or of a district."""
    return {
        "above": f"Ủy ban nhân dân {place.above}",
        "issuer": f"Ủy ban nhân dân {place.commune}",
        "dated": f"{place.commune}, {numbers(of)}",
        "signed": ["TM. Ủy ban nhân dân", "Chủ tịch"],
    }
