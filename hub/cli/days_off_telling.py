"""Days off and days worked in exchange on the screen: the entry `days_off` of `lienthong rules`."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from rich.console import Console

from hub.cli.lawbook import CONFIDENCE
from hub.cli.telling import both, console
from hub.explaining.days_off import WEEKDAYS
from schemas.days_off import (
    PACKAGED,
    ExchangedDay,
    is_worked,
    named,
    noticed_until,
    own_days,
    package_exchanges,
)

NAME: Final = "days_off"
TITLE: Final = ("Ngày nghỉ lễ và ngày làm bù", "holidays and days worked in exchange")
_SINCE: Final = 2023
"""Runs begin in this year at the earliest."""
_OWN: Final = ("của LIENTHONG_DAYS", "of LIENTHONG_DAYS")


def days_json(on: date | None, known: date | None) -> dict[str, Any]:
    """The exchanged days as JSON values, those of a day if one is asked for, and that day."""
    return {
        "computed_from": noticed_until() + 1,
        "on": None if on is None else _day_json(on),
        "package": [_day_json(day) for day in package_exchanges(_SINCE) if on in (None, day)],
        "rows": [_row_json(row) for row in _of(PACKAGED, on, known)],
        "own_rows": [_row_json(row) for row in _of(own_days(), on, known)],
    }


def show_days(on: date | None, known: date | None) -> None:
    """Print the exchanged days with their sources, and what a day is if one is asked for."""
    screen = console()
    screen.print(f"[bold]{NAME}[/bold]  {both(*TITLE)}")
    if on is not None:
        vi, en = named(on) or ("ngày thường", "ordinary day")
        _show(screen, on, is_worked(on))
        screen.print(f"    {both(vi, en)}")
    else:
        law = ("Bộ luật Lao động 2019, điều 112", "Labour Code 2019, article 112")
        screen.print(f"  {both('Ngày lễ', 'holidays')}: {both(*law)}")
        year = noticed_until()
        vi = f"có thông báo hoán đổi đến năm {year}; từ năm {year + 1} chỉ tính theo luật"
        en = f"exchanges are known up to {year}; from {year + 1} on computed from the law alone"
        screen.print(f"  {both(vi, en)}")
        for day in package_exchanges(_SINCE):
            _show(screen, day, is_worked(day))
            screen.print(f"    {both(*(named(day) or ('', '')))}")
    for row in _of(PACKAGED, on, known):
        _show_row(screen, row)
    for row in _of(own_days(), on, known):
        _show_row(screen, row, f", {both(*_OWN)}")


def _of(rows: Iterable[ExchangedDay], on: date | None, known: date | None) -> list[ExchangedDay]:
    public = (row for row in rows if known is None or row.known_from <= known.isoformat())
    return [row for row in public if on is None or row.day == on.isoformat()]


def _show_row(screen: Console, row: ExchangedDay, whose: str = "") -> None:
    _show(screen, date.fromisoformat(row.day), row.worked == "yes", whose)
    sure = both(*CONFIDENCE[row.confidence])
    screen.print(f"    {both(row.source_vi, row.source_en)}: {row.confidence}, {sure}")
    since = f"{date.fromisoformat(row.known_from):%d/%m/%Y}"
    screen.print(f"    {both(f'công bố ngày {since}', f'public since {since}')}")


def _show(screen: Console, day: date, worked: bool, whose: str = "") -> None:
    vi, en = WEEKDAYS[day.weekday()]
    told = both("làm việc", "worked") if worked else both("nghỉ", "off")
    screen.print(f"  {both(vi, en)} {day:%d/%m/%Y}: [bold]{told}[/bold]{whose}")


def _row_json(row: ExchangedDay) -> dict[str, Any]:
    return {**row.to_json(), "worked": row.worked == "yes"}


def _day_json(day: date) -> dict[str, Any]:
    vi, en = named(day) or (None, None)
    return {"day": day, "worked": is_worked(day), "vi": vi, "en": en}
