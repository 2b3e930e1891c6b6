"""机器接口 of 分析: the measures there are, and their values per enterprise for a day, window, basis and scope."""

from datetime import date
from typing import Annotated, Literal

from django.http import Http404
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _
from ninja import Field, Query, Router, Schema

from wushang.analyse import quality
from wushang.analyse.cube.compared import compared
from wushang.analyse.cube.said import DEFAULT, FILTER, against_of, asked_of
from wushang.analyse.cube.said import told as cube_told
from wushang.analyse.dimensions import dimensions
from wushang.analyse.measures import BASES, SCOPES, STATUSES, Ask, Measure, measures
from wushang.analyse.quality.shown import told as quality_told
from wushang.analyse.values import filled_tables, values
from wushang.people.deed import refuse
from wushang.people.machine import Code, Day, Id, Number, Paging, Request, Text
from wushang.people.page import allowed
from wushang.people.scope import Scope
from wushang.pool import reading, snapshot
from wushang.pool.asking import AsKnown
from wushang.pool.known import NOW, at_commit, on
from wushang.terms.period import WINDOWS, add_months, is_window, month_of

VERB = "analyse.see"
LEAST = 3  # units behind a figure that is the same for all, so that no single one can be told
MONTHS = 120
MonthText = Annotated[str, Field(pattern=r"^(\d{4}-\d{2})?$")]
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


class Asked(AsKnown):
    as_of: Day | None = None
    window: Code = "year_to_date"
    basis: Literal[tuple(BASES)] = "occurred"  # type: ignore[valid-type]
    scope: Literal[tuple(SCOPES)] = "at_work"  # type: ignore[valid-type]
    status: Literal[tuple(STATUSES)] = "reported"  # type: ignore[valid-type]
    enterprise: Id | None = None


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
    known = asked.commit(request.today)
    mine = reading.open(request.scope, known, verb=VERB)
    pool = mine if found.alone else _whole(known)
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


class CubeAsked(Schema):
    """measure and only (dimension=key) may be given several times."""

    measure: list[Code] = Field(list(DEFAULT), max_length=10)
    down: Code = ""
    across: Code = ""
    first: MonthText = Field("", alias="from")
    last: MonthText = Field("", alias="to")
    only: list[Text] = Field([], max_length=20)
    basis: Code = "occurred"
    scope: Code = "at_work"
    status: Code = "reported"
    order: Code = Field("", description="行的顺序：label（名称）或所选的指标，前面加 - 为从大到小；不填为第一个指标从大到小，月份、等级按自己的顺序")
    against: Code = Field("", description="对比：last_year 上年同期、last_year_then 上年同期（按去年此时所知）、previous 上期、city 全市（县）、trade 同行业；不填不对比")
    known: Number | None = None


@router.get("/cube", response=dict, summary=_("交叉分析"), operation_id="analyse.cube")
@allowed(VERB)
def cube(request: Request, said: Query[CubeAsked]):
    """Measures by one or two dimensions in the scope: value, count, denominator and exact interval of every group; where asked for, the
    figure it is compared with, the change and the word for it."""
    words = {"measure": said.measure, "down": [said.down], "across": [said.across], "from": [said.first], "to": [said.last]}
    words |= {"basis": [said.basis], "scope": [said.scope], "status": [said.status], "order": [said.order]}
    for one in said.only:
        name, _sign, key = one.partition("=")
        words.setdefault(FILTER + name, []).append(key)
    return cube_told(compared(reading.open(request.scope, said.known, verb=VERB), asked_of(words, request.today), against_of(said.against)))


@router.get("/dimensions", response=list[dict], summary=_("分类"), operation_id="analyse.dimensions")
@allowed(VERB)
def every_dimension(request: Request):
    """By what figures may be split."""
    return [{"code": d.code, "title": str(d.title), "title_en": d.title_en, "deeper": d.deeper} for d in dimensions().values()]


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


class QualityAsked(AsKnown):
    month: str = Field("", pattern=r"^$|^(19|2[01])\d\d-(0[1-9]|1[0-2])$", description="所属月份，如 2026-03；不填为上个月")


class Lowered(Schema):
    code: str
    title: str
    column: str
    lost: int = Field(description="失分处")


class Score(Schema):
    dimension: str
    title: str
    score: float | None = Field(description="100×（1－失分处÷分母），只舍不入；没有分母的为空")
    lost: int
    of: int = Field(description="分母")
    reasons: list[Lowered]


class MonthTotal(Schema):
    month: date
    total: float | None = Field(description="没有表可计分的月份为空")


class TableQuality(Schema):
    sender: str
    sender_name: str
    source: str
    title: str
    month: date
    batch: int | None = Field(description="计分的那一批报送；没有报的为空")
    total: float | None = Field(description="有得分的各项的平均")
    scores: list[Score]
    trend: list[MonthTotal] = Field(description="到本月为止十二个月的总分")


@router.get("/data-quality", response=list[TableQuality], summary=_("数据质量"), operation_id="analyse.quality")
@allowed("collect.see")
def data_quality(request: Request, asked: Query[QualityAsked]):
    """One month of every department's tables as the monthly bulletin tells it: five scores with what lowered each, and the trend."""
    asked.commit(request.today)  # refused where both are asked
    known = on(asked.known_on, request.today) if asked.known_on else at_commit(asked.known) if asked.known is not None else NOW
    day = quality.day_of(known, request.today)
    month = date.fromisoformat(f"{asked.month}-01") if asked.month else add_months(month_of(day), -1)
    return [quality_told(one, trend) for one, trend in quality.with_trend(request.scope, month, day)]
