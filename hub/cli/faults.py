"""Which failure ends with which exit code, and the one line that says what to do.

0 done · 1 the run failed its check · 2 usage · 3 a dependency is unreachable or wrong ·
130 interrupted.
"""

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from errno import EADDRINUSE, EADDRNOTAVAIL
from typing import NamedTuple

from typer.exceptions import TyperException

FAILED, USAGE, UNREACHABLE, INTERRUPTED = 1, 2, 3, 130


class UsageFault(Exception):
    """What was asked for makes no sense; the message says what would, in both languages."""

    def __init__(self, en: str, vi: str) -> None:
        super().__init__(en)
        self.vi = vi


def unknown(en: str, vi: str, name: str, known: Iterable[str], command: str) -> UsageFault:
    """The fault of a name that nothing has, with what was probably meant and who lists all."""
    near = _near(name, list(known))
    meant_en = f"; did you mean {' or '.join(near)}?" if near else ";"
    meant_vi = f"; ý bạn là {' hoặc '.join(near)}?" if near else ";"
    return UsageFault(
        f"no {en} {name!r}{meant_en} `{command}` lists all",
        f"không có {vi} {name!r}{meant_vi} xem `{command}`",
    )


def _near(name: str, known: Sequence[str]) -> Sequence[str]:
    """Names that have all the words of this one in any order, or else those that look like it."""
    words = _words(name)
    same = [one for one in known if words and words <= _words(one)]
    return same[:3] or get_close_matches(name, known, n=3)


def _words(name: str) -> set[str]:
    return set(re.findall(r"[^\W_]+", name.lower()))


SETTINGS_VI = "các tùy chọn không dùng được với nhau hoặc với lượt chạy này"
"""What is said in Vietnamese of settings that a run can't have."""


class Fault(NamedTuple):
    """A failure that needs no traceback."""

    code: int
    vi: str
    en: str
    """With the particulars, as whoever mends it needs them; empty where all is said already."""


def complain(vi: str, en: str) -> None:
    """Say on stderr what is wrong: in Vietnamese, then in English with the particulars."""
    print(f"lienthong: {vi}\n  {en}", file=sys.stderr)


def explained(error: BaseException) -> Fault | None:
    """What to tell about a failure, None for one that nobody foresaw.

    Of several that come together, the gravest is told: whatever else ended with it follows from it.
    """
    faults = [_explained(leaf) for leaf in _leaves(error)]
    known = [fault for fault in faults if fault is not None]
    if len(known) < len(faults):
        return None
    return min(known, key=lambda fault: fault.code)


def _leaves(error: BaseException) -> Iterator[BaseException]:
    if isinstance(error, BaseExceptionGroup):
        for one in error.exceptions:
            yield from _leaves(one)
    else:
        yield error


def _explained(error: BaseException) -> Fault | None:
    # Imported here: a command that does not fail needs none of it.
    from connectors.runtime.errors import BrokerLost as RuntimeBrokerLost
    from connectors.runtime.errors import (
        BrokerUnreachable,
        HomeUnusable,
        RuntimeFault,
        StoreBusy,
        TopicUnfit,
    )
    from connectors.runtime.manifest import RunNotFound
    from hub.brokers import BrokerError, BrokerLost
    from hub.interrupt import Interrupted
    from hub.roles import RoleFailed, SupervisorError

    en = str(error)
    match error:
        case TyperException():
            return _misused(error)
        case UsageFault():
            return Fault(USAGE, error.vi, en)
        case RunNotFound():
            return Fault(USAGE, "không có lượt chạy này hoặc không đọc được tệp manifest", en)
        case Interrupted():
            signal = error.signal.name
            return Fault(INTERRUPTED, f"dừng theo tín hiệu {signal}", f"stopped by {signal}")
        case RoleFailed(code=3):
            return Fault(UNREACHABLE, "một vai dừng vì thiếu thành phần mà nó cần", en)
        case BrokerLost() | RuntimeBrokerLost():
            return Fault(FAILED, "broker đã mất hoặc là broker khác; hãy bắt đầu lượt chạy mới", en)
        case SupervisorError():
            return Fault(FAILED, "một vai đã dừng hoặc không sẵn sàng kịp thời", en)
        case BrokerUnreachable():
            return Fault(UNREACHABLE, "không kết nối được broker Kafka", en)
        case TopicUnfit():
            return Fault(UNREACHABLE, "topic trên broker không đúng như hub cần", en)
        case HomeUnusable():
            vi = "không tạo được thư mục lượt chạy; LIENTHONG_HOME phải là một thư mục ghi được"
            return Fault(UNREACHABLE, vi, en)
        case StoreBusy():
            return Fault(UNREACHABLE, "một tiến trình khác đang giữ kho dữ liệu này", en)
        case BrokerError():
            return Fault(UNREACHABLE, "không dùng được broker", en)
        case PermissionError():
            return Fault(UNREACHABLE, "không có quyền truy cập tệp hoặc thư mục", en)
        case OSError() if error.errno in (EADDRINUSE, EADDRNOTAVAIL):
            return Fault(UNREACHABLE, "địa chỉ --listen không dùng được hoặc đang bận", en)
        case RuntimeFault():
            return Fault(FAILED, "hệ thống dừng vì một sự cố", en)
    return None


_MISUSES_VI = {
    "NoSuchOption": "không có tùy chọn này",
    "MissingParameter": "thiếu tham số bắt buộc",
    "BadParameter": "giá trị của tham số không hợp lệ",
}
"""By the name of the class: typer keeps the classes to itself."""
_HELP_SHOWN = "NoArgsIsHelpError"


def _misused(error: TyperException) -> Fault:
    """A command line that typer could not read."""
    name, context = type(error).__name__, getattr(error, "ctx", None)
    if name == _HELP_SHOWN:
        return Fault(error.exit_code, "", "")
    command = "lienthong" if context is None else context.command_path
    vi = _MISUSES_VI.get(name, "lệnh viết chưa đúng")
    ask = f"`{command} --help`"
    en = error.format_message().rstrip(".")
    return Fault(error.exit_code, f"{vi}; xem {ask}", f"{en}; see {ask}")
