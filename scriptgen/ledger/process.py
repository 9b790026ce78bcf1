"""Whether the process that left a mark still runs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

_GONE_FIELDS = ("Z", "X")
_START_FIELD = 19


def born(pid: int) -> str | None:
    """When process ``pid`` started, in the system's own words; ``None`` when there is none.

    Together with the number it names a process for good: numbers are used again.
    """
    if sys.platform == "win32":
        return _born_windows(pid)
    if Path("/proc/self/stat").exists():
        return _born_proc(pid)
    return _born_ps(pid)


def _born_proc(pid: int) -> str | None:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except OSError:
        return None
    # The name, in parentheses, may hold anything; the fields after it are proc(5)'s from the third.
    fields = stat.rpartition(")")[2].split()
    if fields[0] in _GONE_FIELDS:
        return None
    return f"{boot}/{fields[_START_FIELD]}"


def _born_ps(pid: int) -> str | None:
    told = subprocess.run(  # noqa: S603 - the number is ours, nothing of a user's
        ["/bin/ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return told.stdout.strip() or None


def _born_windows(pid: int) -> str | None:
    if sys.platform != "win32":
        raise OSError("not Windows")
    import ctypes

    query_limited_information, inherit = 0x1000, 0
    kernel = ctypes.WinDLL("kernel32")
    handle = kernel.OpenProcess(query_limited_information, inherit, pid)
    if not handle:
        return None
    times = [ctypes.c_ulonglong() for _ in range(4)]
    known = kernel.GetProcessTimes(handle, *(ctypes.byref(time) for time in times))
    kernel.CloseHandle(handle)
    created, ended = times[0].value, times[1].value
    return str(created) if known and not ended else None
