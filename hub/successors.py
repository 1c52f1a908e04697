"""Who deals with a commune's cases on a day, in words: the unit, whom it succeeds, who says so."""

from datetime import date

from hub.orchestrator.labels import Label
from schemas.regimes import (
    Office,
    competent_commune,
    merged,
    protecting_committee,
    province_title,
)
from schemas.rules import Row, row_on
from schemas.units import (
    UnknownUnitError,
    commune,
    district,
    province,
    succession_of,
    today_commune,
)


def told(code: str, day: date) -> tuple[Label, Row]:
    """The unit that was competent, or that no table says which one, and the row on the units."""
    try:
        office = competent_commune(code, day)
    except UnknownUnitError as error:
        where = _name(code)
        return Label(f"chưa rõ đơn vị kế thừa: {where}", str(error)), row_on("units.provinces", day)
    return _competent(code, office), office.row


def committee(code: str, day: date) -> Label:
    """The people's committee that was competent for a commune's cases on a day: of the district
    until 30 June 2025, since then of the commune."""
    try:
        found = protecting_committee(code, day)
    except UnknownUnitError as error:
        return Label(f"chưa rõ UBND của {code}", str(error))
    name = _name(found) if merged(day) else f"{district(found).name} ({found})"
    return Label(f"Ủy ban nhân dân {name}", f"people's committee of {name}")


def insurer(code: str, day: date) -> Label:
    """The social insurance that was competent for a commune's cases on a day: of the district until
    30 June 2025, since then of an area, and which communes make up one is in no table here."""
    try:
        office = competent_commune(code, day)
    except UnknownUnitError as error:
        return Label(f"chưa rõ cơ quan BHXH của {code}", str(error))
    title = province_title(office.province, day)
    if not merged(day):
        found = commune(code)
        text = f"{found.district_name} ({found.district})"
        return Label(f"Bảo hiểm xã hội {text}, {title}", f"social insurance of {text}, {title}")
    text = f"{office.name} ({office.commune})"
    return Label(
        f"BHXH cơ sở phụ trách {text}, thuộc BHXH {title}",
        f"the area's social insurance (BHXH cơ sở) in charge of {text}, under that of {title}",
    )


def _competent(code: str, office: Office) -> Label:
    text = f"{office.name} ({office.commune}), {office.agency}"
    try:
        old = commune(code)
    except UnknownUnitError:
        return Label(text, text)
    if (old.name, code) == (office.name, office.commune):
        return Label(text, text)
    was = f"{old.name} ({code}), {old.district_name}, {province(old.province).name}"
    own = succession_of(code)
    vi, en = ("", "") if own is None else (f", theo {own.source_vi}", f", by {own.source_en}")
    return Label(f"{text}: đơn vị kế thừa {was}{vi}", f"{text}: successor of {was}{en}")


def _name(code: str) -> str:
    for found in (today_commune, commune):
        try:
            return f"{found(code).name} ({code})"
        except UnknownUnitError:
            continue
    return code
