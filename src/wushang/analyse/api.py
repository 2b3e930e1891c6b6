"""机器接口 of 分析: the measures there are, and their values per enterprise for a day, window, basis and scope."""

from datetime import date
from typing import Literal

from django.http import Http404
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _
from ninja import Query, Router, Schema

from wushang.analyse.measures import BASES, SCOPES, STATUSES, Ask, Measure, measures
from wushang.analyse.values import filled_tables, values
from wushang.people.deed import refuse
from wushang.people.machine import Code, Day, Id, Number, Paging, Request
from wushang.people.page import allowed
from wushang.people.scope import Scope
from wushang.pool import reading, snapshot
from wushang.terms.period import WINDOWS, is_window

VERB = "analyse.see"
LEAST = 3  # units behind a figure that is the same for all, so that no single one can be told
MONTHS = 120
router = Router(tags=["分析"])


class Told(Schema):
    code: str
    title: str
    title_en: str
    unit: str
    formula: str
    source: str
    tables: list[str]


def told(measure: Measure) -> dict[str, object]:
    names = ("code", "title", "title_en", "unit", "formula", "source")
    return {name: str(getattr(measure, name)) for name in names} | {"tables": list(measure.tables)}


@router.get("/measures", response=list[Told], summary=_("指标"), operation_id="analyse.measures")
@allowed(VERB)
def every_measure(request: Request):
    """What can be measured, with formula and source."""
    return [told(measure) for _code, measure in sorted(measures().items())]


class Asked(Schema):
    as_of: Day | None = None
    window: Code = "year_to_date"
    basis: Literal[tuple(BASES)] = "occurred"  # type: ignore[valid-type]
    scope: Literal[tuple(SCOPES)] = "at_work"  # type: ignore[valid-type]
    status: Literal[tuple(STATUSES)] = "reported"  # type: ignore[valid-type]
    enterprise: Id | None = None
    known: Number | None = None


class Value(Schema):
    enterprise: int
    value: float | None


class Values(Schema):
    """One page of enterprises in the scope; null is missing (缺数) and never nought."""

    measure: Told
    as_of: date
    start: date
    end: date
    basis: str
    scope: str
    status: str
    commit: int
    count: int
    page: int
    size: int
    items: list[Value]


@router.get("/measures/{measure}", response=Values, summary=_("指标值"), operation_id="analyse.values")
@allowed(VERB)
def measured(request: Request, measure: Code, asked: Query[Asked], paging: Query[Paging]):
    """A measure of every enterprise in the scope, from the snapshot, by the number of the enterprise."""
    found = measures().get(measure)
    if found is None:
        raise Http404
    ask = Ask(asked.as_of or request.today, _window(asked.window), asked.basis, asked.scope, asked.status)
    mine = reading.open(request.scope, asked.known, verb=VERB)
    pool = mine if found.alone else _whole(asked.known)
    units = mine.table("enterprises")
    units = units.filter(units.merged_into.isnull())
    if asked.enterprise:
        units = units.filter(units.enterprise == asked.enterprise)
    count = mine.fetch(units.agg(n=units.count()))["n"][0].as_py()
    table = values(pool, {"value": (measure, ask)}, units, filled_tables(mine.commit)).order_by("enterprise")
    start = (paging.page - 1) * paging.size
    rows = mine.fetch(table.limit(paging.size, offset=start)).to_pylist() if start < count else []
    return {
        "measure": told(found), "as_of": ask.as_of, "start": ask.period.start, "end": ask.period.end, "basis": ask.basis,
        "scope": ask.scope, "status": ask.status, "commit": mine.commit, "count": count, "page": paging.page,
        "size": paging.size, "items": rows,
    }  # fmt: skip


def _window(name: str) -> str:
    months = name.removeprefix("last_").removesuffix("_months")
    if not is_window(name) or (months.isdigit() and int(months) > MONTHS):
        remedy = _g("可用的有：%(names)s、last_<n>_months（n 不超过 %(n)s）。") % {"names": "、".join(WINDOWS), "n": MONTHS}
        raise refuse("window", _g("没有这种统计期。"), remedy, "window", name)
    return name


def _whole(known: int | None) -> reading.Pool:
    """The area's own figure is worked out over all of it, where enough units stand behind it."""
    snapshot_pool = reading.open(Scope.system(), known, verb=VERB)
    units = snapshot_pool.table("enterprises")
    if snapshot.current() and snapshot_pool.fetch(units.agg(n=units.count()))["n"][0].as_py() < LEAST:
        raise refuse("few", _g("单位太少，不提供地区平均数。"), _g("请改用各单位自己的指标。"), "measure")
    return snapshot_pool
