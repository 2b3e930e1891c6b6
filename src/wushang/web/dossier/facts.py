"""What departments tell of one unit beyond injuries and headcounts: 待遇支付, 危害检测, 行政处罚 …, newest first; which are empty."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet, Sum
from django.utils.translation import gettext as _

from wushang.integrate.lineage.kinds import KINDS, Kind
from wushang.integrate.then import then
from wushang.web import figures
from wushang.web.dossier import opened
from wushang.web.dossier.known import Unit

SHOWN = 5  # rows of each; the whole list is one step away
ORDER = (
    "payments", "projects", "accidents", "penalties", "declarations", "tests", "checks", "diseases", "visits", "certificates", "standings",
)  # fmt: skip
OF_PERSONS = ("diseases", "visits")  # what a doctor said of somebody: a number here, rows for case analysis only


def facts(unit: Unit) -> tuple[list[dict[str, Any]], list[str]]:
    """The tables that hold something, and the titles of those that hold nothing."""
    told = [(KINDS[code], code) for code in ORDER if unit.may(KINDS[code].verb)]
    rows = {code: _rows(unit, kind) for kind, code in told}
    full = [_table(unit, kind, code, rows[code]) for kind, code in told if rows[code].exists()]
    return full, [str(kind.title) for kind, code in told if not rows[code].exists()]


def _rows(unit: Unit, kind: Kind) -> QuerySet[Any]:
    rows = kind.rows(unit.known.of(kind.model).filter(enterprise=unit.id), then(unit.known, unit.day).linked())
    rows = rows.filter(**{f"{kind.day}__lte": unit.day}) if unit.known.asked and kind.day != "valid_to" else rows
    return rows.order_by(f"-{kind.day}", "pk")


def _table(unit: Unit, kind: Kind, code: str, rows: QuerySet[Any]) -> dict[str, Any]:
    every = rows.count()
    told = {"title": kind.title, "source_url": _source(unit, code), "note": _note(code, rows, every)}
    if code in OF_PERSONS and not unit.names_workers:
        return told | {"table": _by_year(unit, code, kind, rows), "said": _("只列人次；逐条只供案例分析。")}
    more = _("只列最近 %(n)d 条，其余点“看来源”。") % {"n": SHOWN} if every > SHOWN else ""
    return told | {"table": _listed(unit, kind, rows[:SHOWN]), "said": more}


def _note(code: str, rows: QuerySet[Any], every: int) -> str:
    said = _("共 %(n)s 条") % {"n": figures.count(every)}
    if code != "payments":
        return said
    return said + _("，合计 %(sum)s 元") % {"sum": figures.yuan(rows.aggregate(n=Sum("amount"))["n"])}


def _listed(unit: Unit, kind: Kind, rows: QuerySet[Any]) -> dict[str, Any]:
    columns = [column for column in kind.columns if unit.names_workers or str(column.title) != _("持证人")]
    head = [{"title": column.title, "num": column.num} for column in columns]
    return {"head": head, "rows": [[column.words(row) for column in columns] for row in rows], "tight": True}


def _by_year(unit: Unit, code: str, kind: Kind, rows: QuerySet[Any]) -> dict[str, Any]:
    found: dict[int, int] = {}
    for day in rows.values_list(kind.day, flat=True):
        found[day.year] = found.get(day.year, 0) + 1
    head = [{"title": _("年度"), "num": False}, {"title": _("人次"), "num": True}]
    cells = [
        [_("%(y)d年") % {"y": year}, {"text": figures.count(found[year]), "url": opened.address(unit, code, opened.year(year))}]
        for year in sorted(found, reverse=True)
    ]  # fmt: skip
    return {"head": head, "rows": cells, "tight": True}


def _source(unit: Unit, code: str) -> str:
    """The list of what the table counts: as known on a day, only what had happened by then."""
    until = {"to": f"{unit.day}"} if unit.known.asked and KINDS[code].day != "valid_to" else {}
    return opened.address(unit, code, None, **until)
