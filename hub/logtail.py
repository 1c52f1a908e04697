"""The end of a log file, for an error message."""

from pathlib import Path

_TAIL_BYTES = 4096


def last_line(log_path: Path) -> str:
    """Return the last line of the file that isn't blank, or a remark that there is none."""
    with log_path.open("rb") as log:
        log.seek(max(0, log_path.stat().st_size - _TAIL_BYTES))
        lines = log.read().decode("utf-8", errors="replace").splitlines()
    return next((line.strip() for line in reversed(lines) if line.strip()), "it printed nothing")
