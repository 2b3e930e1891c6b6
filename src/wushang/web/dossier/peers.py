"""同行业同规模: how many accidents units of the same division and size have had this year (a reference figure)."""

from __future__ import annotations

from datetime import date

import ibis
from django.utils.translation import gettext as _

from wushang.analyse.injuries import REACHED
from wushang.people.scope import Scope
from wushang.pool import reading, snapshot
from wushang.pool.models import EnterpriseVersion

LEAST = 5  # units behind a reference figure, so that no single one can be told


def peers(now: EnterpriseVersion, today: date) -> str:
    """今年多为 0～1 起: the middle 80 % of the units alike; '' where there are too few, or no snapshot."""
    if not now.industry or not now.size or snapshot.current() is None:
        return ""
    pool = reading.open(Scope.system())
    units, rows = pool.table("enterprises"), pool.table("injuries")
    alike = units.filter(
        units.industry.startswith(now.industry[:3]), units.size == now.size, units.enterprise != now.enterprise_id,
        units.merged_into.isnull(),
    ).select("enterprise")  # fmt: skip
    this_year = rows.filter(
        rows.status.isin(REACHED["reported"]), rows.occurred.between(ibis.literal(date(today.year, 1, 1)), ibis.literal(today))
    )
    events = this_year.group_by("enterprise").agg(n=this_year.event.nunique()).rename(unit="enterprise")
    joined = alike.left_join(events, alike.enterprise == events.unit)
    counts = sorted(pool.fetch(joined.select(n=joined.n.fill_null(0)))["n"].to_pylist())
    if len(counts) < LEAST:
        return ""
    low, high = counts[len(counts) // 10], counts[-1 - len(counts) // 10]
    said = _("今年都是 %(low)d 起") if low == high else _("今年多为 %(low)d～%(high)d 起")
    return said % {"low": low, "high": high}
