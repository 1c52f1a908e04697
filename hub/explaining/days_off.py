"""Which days did not count as their weekday would, by name and source."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from hub.orchestrator.labels import Label
from schemas.days_off import is_worked, named

WEEKDAYS: Final = (
    ("thứ Hai", "Monday"),
    ("thứ Ba", "Tuesday"),
    ("thứ Tư", "Wednesday"),
    ("thứ Năm", "Thursday"),
    ("thứ Sáu", "Friday"),
    ("thứ Bảy", "Saturday"),
    ("Chủ nhật", "Sunday"),
)
"""From Monday on."""


def between(first: date, last: date) -> tuple[Label, ...]:
    """The days after the first, up to the last, that are off or worked otherwise than an ordinary
    week has it: holidays and exchanged days, in two sentences at most."""
    off: list[Label] = []
    worked: list[Label] = []
    for number in range(1, (last - first).days + 1):
        day = first + timedelta(days=number)
        if (name := named(day)) is not None:
            (worked if is_worked(day) else off).append(_one(day, *name))
    return (
        *_sentence(Label("ngày nghỉ, không tính", "days off, which do not count"), off),
        *_sentence(Label("ngày làm bù, có tính", "worked in exchange, which count"), worked),
    )


def _one(day: date, vi: str, en: str) -> Label:
    weekday_vi, weekday_en = WEEKDAYS[day.weekday()]
    return Label(f"{weekday_vi} {day:%d/%m/%Y} ({vi})", f"{weekday_en} {day:%d/%m/%Y} ({en})")


def _sentence(what: Label, days: list[Label]) -> Iterator[Label]:
    if days:
        vi, en = ", ".join(day.vi for day in days), ", ".join(day.en for day in days)
        yield Label(f"{what.vi}: {vi}", f"{what.en}: {en}")
