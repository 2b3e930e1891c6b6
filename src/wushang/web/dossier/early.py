"""How much of the newest month has been told, as an estimate from all that the reader sees: one unit's own reports are too few."""

from __future__ import annotations

from django.core.cache import cache
from django.utils.translation import gettext as _

from wushang.analyse.cube.coming import newest
from wushang.analyse.data_day import data_day
from wushang.analyse.dimensions import dimensions
from wushang.pool import reading
from wushang.web.dossier.known import Unit

HOUR = 3600


def early(unit: Unit) -> str:
    """（估计：…）, '' where nothing can be foretold or the reader may not ask figures. Once per version of the data and scope."""
    if not unit.scope.may("analyse.see"):
        return ""
    pool = reading.open(unit.scope, unit.known.commit, verb="analyse.see")
    return str(cache.get_or_set(f"dossier.early.{pool.key}", lambda: _said(pool), HOUR)) if pool.key else ""


def _said(pool: reading.Pool) -> str:
    found = newest(pool, data_day(pool))
    if found is None:
        return ""
    month, one = found
    return _("（估计：全部单位%(month)s的事故现在约报来 %(share)d%%）") % {"month": dimensions()["month"].label(month), "share": round(100 * one.share)}
