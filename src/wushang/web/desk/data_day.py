"""数据截至 of the snapshot."""

from __future__ import annotations

from datetime import date

from wushang.analyse.data_day import data_day
from wushang.people.scope import Scope
from wushang.pool import reading, snapshot


def data_to() -> date | None:
    """None before the first snapshot, or where it holds no injury. A date only, the same for everybody signed in."""
    manifest = snapshot.current()
    return data_day(reading.open(Scope.system(), manifest=manifest)) if manifest else None
