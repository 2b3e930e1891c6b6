"""工伤事故台账: one row an injury by the day of application; 起数 stands in the row of an accident's first injury, so that
its sum is the meeting page's figure. Refused and withdrawn claims stand there and count nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import ibis
from django.utils.translation import gettext as _

from wushang.people.models import Region
from wushang.pool.known import NOW, Known
from wushang.pool.ledger import Ledger
from wushang.pool.models import EnterpriseVersion, InjuryVersion, Report
from wushang.pool.reading import Pool, open
from wushang.pool.sheet import Column, Heading
from wushang.terms import codes
from wushang.terms.period import Period
from wushang.web.ledgers.asked import Asked
from wushang.web.meeting import events

NAMES = "pool.case_analysis"  # even a masked name (张**) is for case analysis only
STATUS = {"reported": "已接报", "accepted": "已受理", "recognised": "已认定", "deemed": "视同工伤", "refused": "不予认定", "withdrawn": "已撤回"}


def of(asked: Asked, window: slice) -> Ledger:
    """The rows of a window, under the number and the sums of all that is asked."""
    pool = open(asked.scope, asked.known.commit, verb="ledger.print")
    every = _asked(pool, asked).order_by("reported", "injury")
    sums = pool.fetch(every.agg(n=every.count(), events=every.events.sum(), cases=every.cases.sum())).to_pylist()[0]
    first = window.start or 0
    rows = pool.fetch(every.limit(None if window.stop is None else window.stop - first, offset=first)).to_pylist()
    columns = _columns()
    told = {columns[-2].title: sums["events"] or 0, columns[-1].title: sums["cases"] or 0}
    cells = list(_cells(rows, asked, pool.commit, first))
    return Ledger(_heading(asked, pool.commit), columns, cells, sums["n"], [told.get(column.title) for column in columns])


def _heading(asked: Asked, commit: int) -> Heading:
    note = _("口径：按申报日期，一人一行；同一起事故伤多人，起数记在最先申报的一人；不予认定、撤回的列出而不计数。数据版本第 %(n)d 号。")
    then = f"（{asked.known.said}）" if asked.known.asked else ""
    return Heading(_("工伤事故台账") + then, *asked.made, note % {"n": commit})


def _columns() -> list[Column]:
    return [
        Column(_("序号"), 6, "count"), Column(_("申报日期"), 11, "date"), Column(_("发生日期"), 11, "date"),
        Column(_("单位名称"), 28), Column(_("统一社会信用代码"), 20, unbroken=True), Column(_("镇（街道、区）"), 11), Column(_("行业"), 16),
        Column(_("职工"), 8), Column(_("车间"), 10), Column(_("岗位"), 10), Column(_("认定情形"), 18), Column(_("原因"), 10),
        Column(_("伤害程度"), 8), Column(_("伤残等级"), 8), Column(_("受理日期"), 11, "date"), Column(_("认定日期"), 11, "date"),
        Column(_("办理情况"), 9), Column(_("起数"), 6, "count", total=True), Column(_("人次"), 6, "count", total=True),
    ]  # fmt: skip


def _asked(pool: Pool, asked: Asked) -> ibis.Table:
    return query(pool, asked.period, asked.town, asked.enterprise)


def events_of(asked: Asked) -> tuple[int, int]:
    """起数 of what is asked, and the version it was counted from: what an export keeps."""
    pool = open(asked.scope, asked.known.commit, verb="ledger.print")
    rows = _asked(pool, asked)
    return pool.fetch(rows.agg(n=rows.events.sum()))["n"][0].as_py() or 0, pool.commit


def ids(asked: Asked, window: slice) -> list[int]:
    """The injuries of a window's rows, in their order: each row leads to its source."""
    pool = open(asked.scope, asked.known.commit, verb="ledger.print")
    rows = _asked(pool, asked).order_by("reported", "injury").select("injury")
    return pool.fetch(rows)["injury"].to_pylist()[window]


def query(pool: Pool, period: Period, town: str = "", enterprise: int | None = None) -> ibis.Table:
    """Every injury applied for within the days, with 起数 by the meeting page's own rule."""
    firsts = events.events(pool).select(first="injury")
    counted = events.cases(pool).select(counted="injury")
    every = pool.table("injuries")
    rows = events.within(every.filter(every.reported.notnull()), period)
    if enterprise is not None:
        rows = rows.filter((rows.employer == enterprise) | (rows.host == enterprise))
    units = pool.table("enterprises").select(unit="enterprise", unit_region="region", unit_industry="industry")
    rows = rows.left_join(units, rows.enterprise == units.unit)
    rows = rows.mutate(
        place=ibis.coalesce(rows.region.nullif(""), rows.unit_region, ""),
        trade=ibis.coalesce(rows.industry.nullif(""), rows.unit_industry, ""),
    )
    if town:
        rows = rows.filter(rows.place.startswith(town))
    rows = rows.left_join(firsts, rows.injury == firsts.first)
    rows = rows.left_join(counted, rows.injury == counted.counted)
    return rows.mutate(events=rows.first.notnull().cast("int8"), cases=rows.counted.notnull().cast("int8"))


def _cells(rows: list[dict[str, Any]], asked: Asked, commit: int, first: int) -> Iterator[list[Any]]:
    ids = {row["enterprise"] for row in rows}
    units, present = _units(ids, asked.known), _units(ids, NOW)
    names = _names([row["injury"] for row in rows]) if asked.scope.may(NAMES) else {}
    spots = _spots([row["injury"] for row in rows], commit)
    places = dict(Region.objects.values_list("code", "name"))
    for number, row in enumerate(rows, first + 1):
        unit = units.get(row["enterprise"])
        yield [
            number, row["reported"], row["occurred"], unit.name if unit else "", unit.uscc if unit else "",
            places.get(row["place"], row["place"]), codes.name("industry", row["trade"]) if row["trade"] else "",
            names.get(row["injury"], "") if _may_name(asked, present.get(row["enterprise"])) else "", *spots.get(row["injury"], ("", "")), _named("situation", row["situation"]),
            _named("accident_kind", row["kind"]), _named("severity", row["severity"]), _grade(row["grade"]), row["accepted"],
            row["recognised"], STATUS.get(row["status"], row["status"]), row["events"] or None, row["cases"] or None,
        ]  # fmt: skip


def _may_name(asked: Asked, unit: EnterpriseVersion | None) -> bool:
    return unit is not None and asked.scope.covers(NAMES, unit.region, unit.industry, unit.enterprise_id)


def _named(kind: str, code: str | None) -> str:
    return codes.name(kind, code) if code else ""


def _grade(grade: int | None) -> str:
    return "" if grade is None else _("未达级") if grade == 0 else _("%(n)d 级") % {"n": grade}


def _units(ids: set[int], known: Known) -> dict[int, EnterpriseVersion]:
    found = known.of(EnterpriseVersion).filter(enterprise__in=ids - {None})
    return {version.enterprise_id: version for version in found}


def _names(injuries: list[int]) -> dict[int, str]:
    """Masked names (张**) from the reports."""
    found: dict[int, str] = {}
    for start in range(0, len(injuries), 500):
        some = Report.objects.current().filter(injury__in=injuries[start : start + 500]).exclude(masked_name="")
        found.update(some.order_by("pk").values_list("injury_id", "masked_name"))
    return found


def _spots(injuries: list[int], commit: int) -> dict[int, tuple[str, str]]:
    """Workshop and post (车间, 岗位) as known at the commit: free text, so in the ledger only, not in the snapshot."""
    found: dict[int, tuple[str, str]] = {}
    for start in range(0, len(injuries), 500):
        some = InjuryVersion.objects.as_of(commit).filter(injury__in=injuries[start : start + 500])
        found |= {injury: (workshop, post) for injury, workshop, post in some.values_list("injury_id", "workshop", "post")}
    return found
