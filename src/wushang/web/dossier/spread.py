"""事故分布 of one unit (一企一查): by workshop, post and how long employed; each row opens the list that adds up to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.analyse.dimensions.worker import BANDS
from wushang.analyse.measures import Ask
from wushang.analyse.pareto import NAMED, REST, UNKNOWN, Row, behind, of_unit
from wushang.people.page import day_of
from wushang.pool.models import InjuryVersion
from wushang.terms.period import Period, last_months
from wushang.web import days as said
from wushang.web import figures
from wushang.web.dossier import tables
from wushang.web.dossier.known import Unit

MONTHS = (36, 12, 60)  # how far back; the first where nothing is said
TITLES: dict[str, Any] = {"workshop": gettext_lazy("车间"), "tenure": gettext_lazy("工龄"), "post": gettext_lazy("工种")}
SHOWN = {"workshop": 5, "post": 5, "tenure": len(BANDS) + 1}  # of tenure every band
CLOSE = frozenset({"post"})  # of one unit it comes close to a person: for case analysis alone
COUNTED = gettext_lazy("生产经营性，按发生日期，人次")


def asked_months(said_: Mapping[str, str]) -> int:
    return next((n for n in MONTHS if said_.get("months") == f"{n}"), MONTHS[0])


def ask(unit: Unit, months: int) -> Ask:
    return Ask(unit.day, span=last_months(months, unit.day))


def spread(unit: Unit, months: int) -> dict[str, Any]:
    """The panel: a table each, the choice of days, and what is not shown to this reader."""
    of = ask(unit, months)
    shown = [by for by in TITLES if by not in CLOSE or unit.names_workers]
    found = {by: of_unit(unit.id, by, of, unit.known.number, SHOWN[by]) for by in shown}
    told = {by: rows for by, rows in found.items() if any(row.part == NAMED for row in rows)}
    return {
        "tables": [_table(unit, by, of, rows) for by, rows in told.items()], "empty": not any(found.values()), "days": f"{said.day(of.period.start)}—{said.day(of.period.end)}", "counted": COUNTED,
        "choices": [{"title": _("近 %(n)d 个月") % {"n": n}, "url": _again(unit, n), "now": n == months} for n in sorted(MONTHS)],
        "said": "".join(_said(unit, [by for by, rows in found.items() if rows and by not in told])),
    }  # fmt: skip


def _said(unit: Unit, unsaid: list[str]) -> Iterator[str]:
    """What is not there, and why."""
    if unsaid:
        yield _("没有报送%(what)s，无从分布。") % {"what": _("、").join(f"{TITLES[by]}" for by in unsaid)}
    if not unit.names_workers:
        yield _("工种分布只供案例分析，您的岗位不列。")


def _again(unit: Unit, months: int) -> str:
    query = f"&{unit.known.query}" if unit.known.query else ""
    return f"{reverse('enterprise', args=[unit.id])}?months={months}{query}#spread"


def _table(unit: Unit, by: str, of: Ask, rows: list[Row]) -> dict[str, Any]:
    head = [{"title": TITLES[by]}, {"title": _("人次"), "num": True}, {"title": _("占比 %"), "num": True}, {"title": _("累计 %"), "num": True}, {"title": _("占比 95% 区间"), "num": True}, {"title": _("名次"), "num": True}]
    made = [
        [row.name, {"text": figures.count(row.cases), "url": address(unit, by, of.period, row.part, row.name), "title": _("看名单")},
         f"{row.share}", f"{row.down_to}", f"{row.band[0]}～{row.band[1]}", _places(row)] for row in rows
    ]  # fmt: skip
    whole = [_("合计"), figures.count(sum(row.cases for row in rows)), f"{rows[-1].down_to}", "", "", ""]
    return {"label": TITLES[by], "head": head, "rows": made, "sum": whole, "tight": True}


def _places(row: Row) -> str:
    """2 or 1—3: where chance could exchange it with its neighbours, all places that it may have."""
    if row.places is None:
        return ""
    first, last = row.places
    return f"{first}" if first == last else f"{first}—{last}"


def address(unit: Unit, by: str, days: Period, part: str, name: str = "") -> str:
    """Of the list that one row counts."""
    told = {"by": by, "part": part, "from": f"{days.start}", "to": f"{days.end}"} | ({"name": name} if part == NAMED else {})
    query = f"&{unit.known.query}" if unit.known.query else ""
    return f"{reverse('enterprise_accidents', args=[unit.id])}?{urlencode(told)}{query}"


def listed(unit: Unit, told: Mapping[str, str]) -> dict[str, Any] | None:
    """The list of one row, from an address; None where it asks for what there is not, or what this reader may not see."""
    by, part, name = (told.get(word, "") for word in ("by", "part", "name"))
    first, last = day_of(told, "from"), day_of(told, "to")
    if by not in TITLES or by in CLOSE and not unit.names_workers or part not in (NAMED, REST, UNKNOWN):
        return None
    if first is None or last is None or last < first:
        return None
    rows = behind(unit.id, by, Ask(last, span=Period(first, last)), unit.known.number, part, name, SHOWN[by])
    page = Paginator(rows, 50).get_page(told.get("page"))
    group = {NAMED: name, REST: _("其他"), UNKNOWN: _("不详")}[part]
    return {
        "title": f"{TITLES[by]}：{group}", "counts": _("%(e)d 起，%(n)d 人次") % {"e": len({row.event for row in rows}), "n": len(rows)},
        "days": f"{said.day(first)}—{said.day(last)}", "counted": COUNTED, "page": page, "table": _cases(unit, list(page.object_list)),
    }  # fmt: skip


def _cases(unit: Unit, rows: list[InjuryVersion]) -> dict[str, Any]:
    person = [_("职工"), _("部位"), _("工种")] if unit.names_workers else []
    titles = [_("发生日期"), *person, _("车间"), _("类别"), _("程度"), _("工龄"), _("状态"), _("来源")]
    return {"head": [{"title": title} for title in titles], "rows": [_case(unit, row) for row in rows], "long": True}


def _case(unit: Unit, row: InjuryVersion) -> list[Any]:
    close = [unit.masked_names.get(row.injury_id, "—"), row.part or "—", row.post or "—"] if unit.names_workers else []
    return [
        said.day(row.occurred), *close, row.workshop or "—", tables.named("accident_kind", row.kind), tables.named("severity", row.severity),
        tables.tenure(row.tenure_days), tables.status(row), {"text": _("看来源"), "url": tables.source(unit, row.injury_id)},
    ]  # fmt: skip
