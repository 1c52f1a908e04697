"""How much memory a process has used."""

from pathlib import Path

import psutil


def peak_rss_mb(pid: int) -> float:
    """Return the most resident memory that the live process `pid` has had, in MiB.

    Linux keeps this peak since the program's start (VmHWM in proc(5)); elsewhere the present value
    is given. 0.0 when the process has ended.
    """
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return _present_rss_mb(pid)
    for line in status.splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    return 0.0


def _present_rss_mb(pid: int) -> float:
    try:
        return float(psutil.Process(pid).memory_info().rss) / 2**20
    except psutil.NoSuchProcess:
        return 0.0
