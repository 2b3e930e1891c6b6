"""数据截至: the newest day of application in the snapshot."""

from __future__ import annotations

from datetime import date

from wushang.people.scope import Scope
from wushang.pool import reading, snapshot


def data_to() -> date | None:
    """None before the first snapshot, or where it holds no injury. A date only, the same for everybody signed in."""
    manifest = snapshot.current()
    if manifest is None:
        return None
    pool = reading.open(Scope.system(), manifest=manifest)
    rows = pool.table("injuries")
    return pool.fetch(rows.agg(day=rows.reported.max()))["day"][0].as_py()
