"""What a bench spends: processor time of this process and of the PostgreSQL server beside it, and the largest memory."""

from __future__ import annotations

import os
from pathlib import Path

from django.db import connection

PROC = Path("/proc")
OWN = slice(11, 13)  # user and system time, by place after the process's name
WITH_THE_DEAD = slice(11, 15)  # and those of children that ended


def process() -> float:
    """Seconds of the processor that this process took so far."""
    times = os.times()
    return times.user + times.system


def server() -> float:
    """The same of the server's processes, those that ended included; nan where they are not to be seen (another machine)."""
    if connection.vendor != "postgresql":
        return 0.0
    connection.ensure_connection()
    mine = _stat(connection.connection.info.backend_pid)
    if not mine:
        return float("nan")
    head = mine[1]
    living = [stat for place in PROC.glob("[0-9]*") if (stat := _stat(int(place.name))) and stat[1] == head]
    ticks = sum(map(int, (_stat(int(head)) or [])[WITH_THE_DEAD])) + sum(sum(map(int, stat[OWN])) for stat in living)
    return ticks / os.sysconf("SC_CLK_TCK")


def _stat(pid: int) -> list[str]:
    """What the system says of a process, from its state on: state, parent …; nothing where it is no more."""
    try:
        return (PROC / str(pid) / "stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return []


def forget_peak() -> None:
    if (PROC / "self/clear_refs").exists():
        (PROC / "self/clear_refs").write_text("5")


def peak() -> float:
    """The largest resident memory since, in MB."""
    status = PROC / "self/status"
    lines = status.read_text().splitlines() if status.exists() else []
    return next((int(line.split()[1]) / 1000 for line in lines if line.startswith("VmHWM")), float("nan"))
