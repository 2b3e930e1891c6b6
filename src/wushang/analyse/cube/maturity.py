"""上年同期（按去年此时所知）: last year's period with what had come in by the same day a year ago. A year that is complete by now looks
worse than one whose late reports are still to come (domain.md C4)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _

from wushang.analyse.cube.asked import Asked
from wushang.analyse.cube.cube import Cube
from wushang.analyse.cube.reckoning import reckon
from wushang.pool.known import commit_on
from wushang.pool.reading import Pool
from wushang.terms.period import add_months


def known_then(pool: Pool, before: Asked, data_to: date) -> tuple[Cube, str]:
    """Last year's question as it was answered a year before `data_to`, and how that was found.

    From the versions of the data where they reach back to that period; else (the history came later, in one piece) by the
    dates that the rows say: what was applied for by that day, without what was refused since.
    """
    day = add_months(data_to, -12)
    if commit_on(before.period.start):
        return reckon(_at(pool, commit_on(day)), before), _("上年同期按 %(day)s 所知，和今年迟报程度相同。") % {"day": day.isoformat()}
    said = _("上年同期只算到 %(day)s 已申报的，和今年迟报程度相同；当时的数据版本没有，按申报日期推算，后来不予认定的不在内。")
    return reckon(pool, replace(before, told_by=day)), said % {"day": day.isoformat()}


def _at(pool: Pool, commit: int) -> Pool:
    """The same pool at an earlier version; access still goes by what is known last."""
    newest = pool.commit if pool.newest is None else pool.newest
    return replace(pool, commit=min(commit, pool.commit), newest=newest, key="", _open={})
