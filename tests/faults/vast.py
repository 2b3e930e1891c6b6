"""In the warm parent: a child lands what is confirmed and is killed by SIGKILL at a call of a function."""

from __future__ import annotations

import os
import signal
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any

from faults.warm import fork


def die(order: dict[str, Any]) -> dict[str, Any]:
    """`place` (module:name), its `call` counted from 0, before it is done or `after`; tells by which signal the child died."""
    from faults import office

    office.settle_in(Path(order["home"]))
    child = fork(Path(order["home"]), lambda: _land(order))
    _pid, status = os.waitpid(child, 0)
    failed = Path(order["home"]) / "failed.log"
    died = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
    return {"signal": died, "failed": failed.read_text() if failed.exists() else ""}


def _land(order: dict[str, Any]) -> None:
    from wushang.integrate.waiting import land_waiting

    module, _, name = order["place"].partition(":")
    owner, left = import_module(module), order["call"]
    *inner, name = name.split(".")
    for part in inner:
        owner = getattr(owner, part)
    real = getattr(owner, name)

    def deadly(*args, **kwargs):
        nonlocal left
        left -= 1
        if left == -1 and not order["after"]:
            os.kill(os.getpid(), signal.SIGKILL)
        done = real(*args, **kwargs)
        if left == -1:
            os.kill(os.getpid(), signal.SIGKILL)
        return done

    setattr(owner, name, deadly)
    land_waiting(datetime.fromisoformat(order["at"]))
