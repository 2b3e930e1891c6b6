"""The rows behind a figure as a page's table and as a ledger: which unit, when, where, what; no personal data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import ibis
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.people.models import Region, User
from wushang.people.scope import Scope
from wushang.pool.models import EnterpriseVersion
from wushang.pool.reading import Pool
from wushang.pool.sheet import Column, Heading, ledger
from wushang.terms import codes
from wushang.web import days
from wushang.web.meeting.content import area_towns
from wushang.web.meeting.drill import Drill
from wushang.web.meeting.figures import figures_of
from wushang.web.meeting.reading import pool_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
STATUS = {
    "reported": gettext_lazy("已接报"),
    "accepted": gettext_lazy("已受理"),
    "recognised": gettext_lazy("已认定"),
    "deemed": gettext_lazy("视同工伤"),
}


@dataclass
class Rows:
    """A query that a paginator reads page by page."""

    pool: Any
    query: ibis.Table

    @cached_property
    def _count(self) -> int:
        return self.pool.fetch(self.query.agg(n=self.query.count()))["n"][0].as_py()

    def count(self) -> int:
        return self._count

    __len__ = count

    def __getitem__(self, part: slice) -> list[dict[str, Any]]:
        start, stop = part.start or 0, part.stop if part.stop is not None else self._count
        return self.pool.fetch(self.query.limit(max(stop - start, 0), offset=start)).to_pylist()


def rows(drill: Drill, scope: Scope, today: date) -> Rows:
    """The rows of a list, newest first; the longest overdue first where units were counted."""
    pool = pool_of(scope, drill.commit)
    found = drill.rows(pool, figures_of(pool, drill.asked, area_towns(scope, drill.asked.period)), today)
    if drill.of_units:
        return Rows(pool, found.order_by("report_due", "enterprise"))
    return Rows(pool, found.order_by(ibis.desc("reported"), "injury"))


def title(drill: Drill) -> str:
    """What the list is of: 2026年1—3月 接报工伤事故 东城街道."""
    if drill.of_units:
        parts = [_("逾期未改的单位")]
    else:
        what = {"fatal": _("死亡"), "serious": _("重伤")}.get(drill.said.get("severity", ""), _("接报工伤事故"))
        parts = [days.months(drill.period.start, drill.period.end), what]
    if town := drill.said.get("town"):
        parts.append(Region.objects.filter(code=town).values_list("name", flat=True).first() or _("未分镇街"))
    if industry := drill.said.get("industry"):
        parts.append(codes.name("industry", industry))
    parts += [drill.said["kind"]] if "kind" in drill.said else []
    parts += [_("其他行业")] if "not_industry" in drill.said else []
    parts += [_("其他原因")] if "not_kind" in drill.said else []
    return " ".join(parts)


def about(drill: Drill, pool: Pool, scope: Scope) -> list[str]:
    """口径, 数据截至 and 数据版本 of a list, which are those of the figure it adds up to."""
    told = _("办理情况按今天") if drill.of_units else _("按申报日，含上下班途中和视同") if drill.of_people else _("按申报日，同一起事故伤多人算 1 起")
    day = figures_of(pool, drill.asked, area_towns(scope, drill.asked.period)).data_to
    return [told, _("数据截至 %(day)s") % {"day": days.day_short(day)}, _("数据版本第 %(n)d 号") % {"n": pool.commit}]


@dataclass
class Names:
    """Names of units and places for some rows; a unit's name only where the reader may see the unit."""

    scope: Scope
    ids: set[int]

    @cached_property
    def units(self) -> dict[int, EnterpriseVersion]:
        found = EnterpriseVersion.objects.current().filter(self.scope.q("pool.see"), enterprise__in=self.ids)
        return {version.enterprise_id: version for version in found}

    @cached_property
    def places(self) -> dict[str, str]:
        return dict(Region.objects.values_list("code", "name"))

    def unit(self, pk: int | None) -> str:
        version = self.units.get(pk) if pk else None
        return version.name if version else _("（不在您可查看的单位之内）")


def _head(drill: Drill) -> list[tuple[str, float]]:
    if drill.of_units:
        return [(_("单位"), 34), (_("镇（街道、区）"), 14), (_("行业"), 24), (_("整改情况应交"), 14)]
    people = [] if drill.of_people else [(_("伤亡人次"), 9)]
    return [(_("申报日期"), 12), (_("发生日期"), 12), (_("单位"), 34), (_("镇（街道、区）"), 14), (_("行业"), 24),
            (_("认定情形"), 22), (_("原因"), 14), (_("伤害程度"), 9), (_("办理情况"), 10), *people]  # fmt: skip


def _cells(drill: Drill, row: dict[str, Any], names: Names) -> list[Any]:
    place = names.places.get(row["region"] or "", row["region"] or "—")
    trade = codes.name("industry", row["industry"]) if row["industry"] else "—"
    if drill.of_units:
        return [names.unit(row["enterprise"]), place, trade, row["report_due"]]
    kind = codes.name("accident_kind", row["kind"]) if row["kind"] else "—"
    situation = codes.name("situation", row["situation"]) if row["situation"] else "—"
    severity = codes.name("severity", row["severity"]) if row["severity"] else "—"
    told = [row["reported"], row["occurred"], names.unit(row["enterprise"]), place, trade, situation, kind, severity]
    return [*told, str(STATUS.get(row["status"], row["status"])), *([] if drill.of_people else [row["hurt"]])]


def table(drill: Drill, found: list[dict[str, Any]], scope: Scope) -> dict[str, Any]:
    """For _table.html; a unit's name opens its dossier."""
    names = Names(scope, {row["enterprise"] for row in found if row["enterprise"]})
    head = _head(drill)
    place = next(n for n, (text, _width) in enumerate(head) if text == _("单位"))
    rows, then = [], f"?known={drill.commit}" if drill.commit else ""
    traced = not drill.of_units and scope.may("pool.see")
    for row in found:
        cells = [days.day(cell) if isinstance(cell, date) else cell for cell in _cells(drill, row, names)]
        if row["enterprise"] in names.units:
            cells[place] = {"text": cells[place], "url": reverse("enterprise", args=[row["enterprise"]])}
        if traced:
            cells.append({"text": _("看来源"), "url": reverse("integrate:lineage_injury", args=[row["injury"]]) + then})
        rows.append(cells)
    more = [{"title": _("来源")}] if traced else []
    shown = [{"title": text, "num": text == _("伤亡人次")} for text, _width in head]
    return {"head": [*shown, *more], "rows": rows, "long": True}


def sheet(drill: Drill, scope: Scope, today: date, user: User) -> bytes:
    """The whole list as a ledger."""
    found = rows(drill, scope, today)
    every = found[0:]
    names = Names(scope, {row["enterprise"] for row in every if row["enterprise"]})
    kinds = {_("伤亡人次"): "count", _("申报日期"): "date", _("发生日期"): "date", _("整改情况应交"): "date"}
    columns = [Column(_("序号"), 8, "count")]
    columns += [Column(t, w, kinds.get(t, "text"), total=t == _("伤亡人次")) for t, w in _head(drill)]  # type: ignore[arg-type]
    unit = user.department.name if user.department else settings.WUSHANG_CITY
    note = _("与会商一页同一口径：按申报日，同一起事故伤多人算 1 起。数据版本第 %(n)d 号。") % {"n": found.pool.commit}
    heading = Heading(title(drill), unit, user.name, today, note)
    return ledger(heading, columns, ([n, *_cells(drill, row, names)] for n, row in enumerate(every, 1)), "A3")
