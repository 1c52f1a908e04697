"""Values of options that no run can have, refused with the reason and what to choose instead."""

import math
import re
from datetime import date, datetime
from typing import Final

import typer

from hub.cli.faults import UsageFault

LAST_START: Final = date(2099, 11, 30)
"""Codes have two digits of the year: a case that is filed in 2099 is over before 2100."""
_SLOWEST, _FASTEST = 0.001, 1_000_000
_PREFIX = re.compile(r"[0-9A-Za-z._-]+")
_TOPIC_LENGTH: Final = 249
"""Of a topic's name in Kafka."""


def _named(context: typer.Context, option: typer.CallbackParam) -> str:
    """What was set: the option, or the variable in its place."""
    source = context.get_parameter_source(str(option.name))
    if source is not None and source.name == "ENVIRONMENT":
        return str(option.envvar)
    return option.opts[0]


def checked_start(context: typer.Context, option: typer.CallbackParam, day: datetime) -> datetime:
    """The day, if the tables have rules for a run that starts on it.

    Raises:
        UsageFault: they have not.
    """
    from schemas.rules import RULES

    name = _named(context, option)
    first = RULES["regime"].rows[0]
    if day.date() < first.valid_from:
        raise UsageFault(
            f"{name} {day:%Y-%m-%d}: no rule of the linked services is older than "
            f"{first.valid_from} ({first.en}); choose {first.valid_from} or later",
            f"{name} {day:%Y-%m-%d}: dịch vụ công liên thông chỉ có từ "
            f"{first.valid_from:%d/%m/%Y} ({first.vi}); hãy chọn {first.valid_from} trở đi",
        )
    if day.date() > LAST_START:
        raise UsageFault(
            f"{name} {day:%Y-%m-%d}: codes of cases and notices have two digits of the year, so "
            f"that no run may go past 2099; {LAST_START} is the last day to choose",
            f"{name} {day:%Y-%m-%d}: mã hồ sơ, số giấy chứng sinh chỉ ghi hai chữ số của năm nên "
            f"lượt chạy không được sang năm 2100; chọn muộn nhất là {LAST_START}",
        )
    return day


def checked_speed(
    context: typer.Context, option: typer.CallbackParam, speed: float | None
) -> float | None:
    """The speed, if a clock can go so fast.

    Raises:
        UsageFault: it can't.
    """
    if speed is None or (math.isfinite(speed) and _SLOWEST <= speed <= _FASTEST):
        return speed
    name = _named(context, option)
    raise UsageFault(
        f"{name} {speed:g}: give a number from {_SLOWEST} to {_FASTEST}, "
        "the simulated seconds in a real one",
        f"{name} {speed:g}: cần một số từ {_SLOWEST} đến {_FASTEST}, "
        "là số giây mô phỏng trong mỗi giây thực",
    )


def checked_prefix(context: typer.Context, option: typer.CallbackParam, prefix: str) -> str:
    """The prefix, if topics can be called so.

    Raises:
        UsageFault: Kafka would not take their names.
    """
    from schemas.topics import Topics

    name = _named(context, option)
    if not _PREFIX.fullmatch(prefix):
        raise UsageFault(
            f"{name} {prefix!r}: Kafka takes letters, digits, '.', '_' and '-' in a topic's name",
            f"{name} {prefix!r}: tên topic của Kafka chỉ có chữ cái không dấu, chữ số, "
            "'.', '_' và '-'",
        )
    most = _TOPIC_LENGTH - max(map(len, Topics(prefix="").all()))
    if len(prefix) > most:
        raise UsageFault(
            f"{name} of {len(prefix)} characters: a topic's name has at most {_TOPIC_LENGTH}, "
            f"which leaves {most}",
            f"{name} dài {len(prefix)} ký tự: tên topic của Kafka dài nhất {_TOPIC_LENGTH}, "
            f"nên tiền tố dài nhất {most} ký tự",
        )
    return prefix
