"""发生率排序: units, townships, trades by what their few accidents and their kind together tell, and how sure that is."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from wushang.analyse.data_day import data_day
from wushang.judge.ranking.reckoning import SMALL, TIMES, TOP, Ranked, of_groups, of_units
from wushang.judge.ranking.units import Units, read
from wushang.people.models import Region
from wushang.people.page import allowed
from wushang.people.scope import Scope
from wushang.pool import reading
from wushang.pool.models import EnterpriseVersion
from wushang.statistics.shrinkage import pool_small
from wushang.terms import codes
from wushang.terms.period import Period, add_months, month_end, month_of

VERB = "judge.see_signals"
KINDS = {"unit": gettext_lazy("单位"), "town": gettext_lazy("镇（街道、区）"), "division": gettext_lazy("行业")}
SHOWN, KEPT = 50, 500  # lines of a page; units whose ranks are worked out, of which somebody sees those of the own scope
RIPE, YEAR = 30, 12  # days for a claim; months
FUNNEL = {2: gettext_lazy("高，99.8% 界外"), 1: gettext_lazy("偏高，95% 界外"), 0: gettext_lazy("界内"),
          -1: gettext_lazy("偏低，95% 界外"), -2: gettext_lazy("低，99.8% 界外")}  # fmt: skip


@allowed(VERB)
@require_safe
def ranking(request: HttpRequest) -> HttpResponse:
    """One kind at a time; ranked among all of the place, shown as far as the scope goes."""
    kind = request.GET.get("by", "unit")
    kind = kind if kind in KINDS else "unit"
    pool = reading.open(Scope.system())
    day = data_day(pool)
    period = year_to(day) if day else None
    found = _found(pool, period, kind) if period else None
    lines = _lines(found, kind, request.scope) if found else []  # type: ignore[attr-defined]
    return render(request, "judge/ranking.html", {
        "tabs": [(code, title, code == kind) for code, title in KINDS.items()], "kind": kind, "kind_title": KINDS[kind], "lines": lines[:SHOWN],
        "period": period, "units": len(found["units"].enterprise) if found else 0, "top": TOP[kind], "times": TIMES, "commit": pool.commit,
        "small": _small(found["units"], request.scope) if found and kind == "unit" else [], "small_below": SMALL,  # type: ignore[attr-defined]
        "may_unit": request.scope.may("pool.see"),  # type: ignore[attr-defined]
    })  # fmt: skip


def year_to(day: date) -> Period:
    """The last twelve whole months of which the claims should be in."""
    last = add_months(month_of(day - timedelta(days=RIPE) + timedelta(days=1)), -1)
    return Period(add_months(last, 1 - YEAR), month_end(last))


def _found(pool: reading.Pool, period: Period, kind: str) -> dict[str, Any] | None:
    """Worked out once per state of the facts."""
    key = f"judge.ranking.{pool.commit}.{period.start}.{period.end}.{kind}"
    found = cache.get(key)
    if found is None:
        units = read(pool, period)
        found = {"units": units, "names": [], "ranked": None} | _ranked(units, kind)
        cache.set(key, found, 3600)
    return found if found["ranked"] is not None else None


def _ranked(units: Units, kind: str) -> dict[str, Any]:
    if kind == "unit":
        big = units.years >= SMALL
        some = Units(*(values[big] for values in vars(units).values()))
        return {"ranked": of_units(some, KEPT), "some": some}
    cut = np.array([code[:9] if len(code) >= 9 else "" for code in units.region]) if kind == "town" else units.division
    names, place = np.unique(cut, return_inverse=True)
    events, years = np.bincount(place, units.events).astype(int), np.bincount(place, units.years)
    known = names != ""
    return {"ranked": of_groups(events[known], years[known], TOP[kind]), "names": names[known].tolist(), "events": events[known], "years": years[known]}


def _lines(found: dict[str, Any], kind: str, scope: Scope) -> list[dict[str, Any]]:
    ranked: Ranked = found["ranked"]
    if kind == "unit":
        return _unit_lines(ranked, found["some"], scope)
    names = _names(found["names"], kind)
    seen = [n for n, at in enumerate(ranked.at) if _may_see(scope, kind, found["names"][at])]
    return [_line(ranked, n, names[ranked.at[n]], int(found["events"][ranked.at[n]]), float(found["years"][ranked.at[n]])) for n in seen]


def _may_see(scope: Scope, kind: str, code: str) -> bool:
    """Sums over units: a grant on named units reaches none; a trade of the whole place is for who sees the whole."""
    wide = Scope(tuple(grant for grant in scope.grants if grant.enterprises is None))
    return wide.covers(VERB, code) if kind == "town" else wide.covers(VERB, settings.WUSHANG_REGION, code)


def _names(keys: list[str], kind: str) -> list[str]:
    if kind == "division":
        return [codes.name("industry", key) for key in keys]
    known = dict(Region.objects.filter(code__in=keys).values_list("code", "name"))
    return [known.get(key, key) for key in keys]


def _unit_lines(ranked: Ranked, units: Units, scope: Scope) -> list[dict[str, Any]]:
    ids = units.enterprise[ranked.at].tolist()
    mine = {one.enterprise_id: one for one in EnterpriseVersion.objects.current().filter(scope.q(VERB), enterprise__in=ids)}
    lines = []
    for n, enterprise in enumerate(ids):
        if enterprise in mine:
            at = ranked.at[n]
            line = _line(ranked, n, mine[enterprise].name, int(units.events[at]), float(units.years[at]))
            lines.append(line | {"enterprise": enterprise, "sub": codes.name("industry", str(units.division[at])) if units.division[at] else ""})
    return lines


def _line(ranked: Ranked, n: int, name: str, events: int, years: float) -> dict[str, Any]:
    """Rates in accidents of a thousand people in a year (‰)."""
    return {
        "name": name, "events": events, "years": years, "rate": 1000 * ranked.rate[n], "mean": 1000 * ranked.mean[n],
        "low": 1000 * ranked.low[n], "high": 1000 * ranked.high[n], "reference": 1000 * ranked.reference[n],
        "above": 100 * ranked.above[n], "top": 100 * ranked.top[n], "rank": int(ranked.rank[n]), "rank_low": int(ranked.rank_low[n]),
        "rank_high": int(ranked.rank_high[n]), "band": int(ranked.band[n]), "funnel": FUNNEL[int(ranked.funnel[n])], "odd": ranked.funnel[n] > 0,
    }  # fmt: skip


def _small(units: Units, scope: Scope) -> list[dict[str, Any]]:
    """The units too small to be ranked, a line a trade; for who sees the whole place."""
    found = pool_small(units.events, units.years, units.division, SMALL)
    rows = zip(found.industry.tolist(), found.firms.tolist(), found.counts.tolist(), found.exposure.tolist(), strict=True)
    kept = [row for row in rows if row[0] and _may_see(scope, "division", row[0])]
    return [{"name": codes.name("industry", code), "firms": firms, "events": int(n), "years": years, "rate": 1000 * n / years}
            for code, firms, n, years in sorted(kept, key=lambda row: -row[2])]  # fmt: skip
