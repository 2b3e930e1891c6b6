"""The parts of a rate side by side: cases, summed month-end headcounts, months delivered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wushang.analyse.each_unit import workers
from wushang.analyse.injuries import count

if TYPE_CHECKING:
    import ibis

    from wushang.analyse.measures import Ask
    from wushang.pool.reading import Pool


def parts(pool: Pool, ask: Ask) -> ibis.Table:
    """enterprise, cases, staff (sum over months), months; units with no month delivered are left out."""
    cases, staff = count(pool, ask), workers(pool, ask)
    return cases.inner_join(staff, cases.enterprise == staff.unit).select(
        "enterprise", "staff", "months", cases=cases.value
    )
