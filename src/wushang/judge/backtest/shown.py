"""A trial as its page shows it: sentences, pictures with their tables, and how it was reckoned."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from wushang.judge.backtest.later import WITHIN
from wushang.judge.backtest.report import Backtest
from wushang.judge.backtest.sides import Side
from wushang.judge.prose import STEPS, party
from wushang.people import area
from wushang.people.models import Region
from wushang.terms import codes
from wushang.terms.actions import actions

FEW = 10  # letters below which a share says nothing


def page(found: Backtest) -> dict[str, Any]:
    tried = found.sides[0]
    months, sizes = by_month(found), by_size(found)
    return {
        "sentences": sentences(found, tried), "sides": [row(side) for side in found.sides], "months": months, "months_table": as_table(months),
        "months_size": "short" if len(months["panels"]) <= 3 else "", "sizes": sizes, "offices": offices(found, tried),
        "townships": townships(found), "size_bars": size_bars(tried), "steps": steps(tried, area.whole(found.asked["region"])), "grounds": grounds(found), "remarks": remarks(found),
    }  # fmt: skip


def name(side: Side) -> str:
    return {"tried": _("试算的规则"), "in_force": _("现行规则"), "ranking": _("统计排序，件数相同")}[side.code]


def sentences(found: Backtest, tried: Side) -> list[str]:
    """What an officer wants to know first."""
    months = len(found.months)
    told = [_("%(m)d 个月共 %(n)s 件，平均每月 %(a).1f 件，需 %(d).1f 人·天。") % {
        "m": months, "n": f"{tried.letters:,}", "a": tried.letters / months, "d": tried.staff_days}]  # fmt: skip
    told.append(after(tried) if tried.all.ripe >= FEW else _("满半年的件数太少，看不出发件以后怎样。"))
    if tried.all.injuries:
        told.append(_("这些月份 %(i)s 起工伤中，%(c)s 起（%(r)s）发生前半年内给该单位发过件。") % {
            "i": f"{tried.all.injuries:,}", "c": f"{tried.all.caught:,}", "r": percent(tried.all.recall)})  # fmt: skip
    return told


def after(side: Side) -> str:
    said = {"p": percent(side.all.precision), "m": WITHIN, "l": side.all.lift or 0}
    return _("发件后 %(m)d 个月内，%(p)s 的单位又有工伤，是随机发件的 %(l).1f 倍。") % said


def percent(share: float | None) -> str:
    return "—" if share is None else f"{100 * share:.1f}%"


def row(side: Side) -> dict[str, Any]:
    """One line of the comparison."""
    return {
        "name": name(side), "title": side.title, "letters": side.letters, "days": f"{side.staff_days:.1f}" if side.kinds else "—",
        "precision": percent(side.all.precision), "lift": _number(side.all.lift), "recall": percent(side.all.recall),
        "serious": percent(side.serious.precision), "serious_recall": percent(side.serious.recall),
        "lead": side.all.lead[1] if side.all.lead else "—", "shared": side.shared if side.code != "tried" else "—",
    }  # fmt: skip


def _number(value: float | None) -> str:
    return "—" if value is None else f"{value:.1f}"


def by_month(found: Backtest) -> dict[str, Any]:
    """Small pictures, one an outcome of the tried rule, and the whole of the one in force."""
    tried, held = found.sides[0], found.side("in_force")
    panels: list[dict[str, Any]] = [{"name": kind.title, "values": kind.by_month} for kind in tried.kinds if kind.total]
    if len(panels) > 1:
        panels.insert(0, {"name": _("合计"), "values": tried.by_month, "last": held.by_month if held else None})
    if held:
        panels.append({"name": _("现行规则合计"), "values": held.by_month})
    return {"unit": _("件"), "months": [f"{month:%Y-%m}" for month in found.months], "panels": panels}


def as_table(data: dict[str, Any]) -> dict[str, Any]:
    return {"head": [_("件"), *(month[2:] for month in data["months"])], "rows": [[one["name"], *one["values"]] for one in data["panels"]]}


def size_title(code: str) -> str:
    return codes.name("size", code) if code else _("未填")


def size_bars(tried: Side) -> dict[str, Any]:
    rows = [{"name": size_title(size.code), "value": round(size.per_100, 1)} for size in _ordered(tried)]
    return {"data": {"unit": _("件"), "rows": rows}, "table": {"head": [_("单位规模"), _("每百家件数")], "rows": [[r["name"], r["value"]] for r in rows]}}


def _ordered(side: Side) -> list[Any]:
    order = [code.code for code in codes.all("size")]
    return sorted(side.sizes, key=lambda size: order.index(size.code) if size.code in order else len(order))


def by_size(found: Backtest) -> list[dict[str, Any]]:
    """Fairness: letters, and how often they were followed, by size class, of each side."""
    tried = found.sides[0]
    others = [{size.code: size for size in side.sizes} for side in found.sides]
    return [
        {"name": size_title(size.code), "units": size.units, "injuries": size.all.injuries, "sides": [
            {"letters": of[size.code].all.letters, "per_100": f"{of[size.code].per_100:.1f}", "precision": percent(of[size.code].all.precision)} for of in others
        ]}
        for size in _ordered(tried)
    ]  # fmt: skip


def offices(found: Backtest, tried: Side) -> list[dict[str, Any]]:
    """Who would have to write, how many a month, and at most in one month."""
    months = len(found.months)
    return [
        {"name": party(issuer) if issuer else _("规则没有写由谁办"), "letters": of["letters"], "a_month": f"{of['letters'] / months:.1f}",
         "most": max(of["by_month"]), "days": f"{of['staff_days']:.1f}", "days_a_month": f"{of['staff_days'] / months:.1f}"}
        for issuer, of in tried.offices.items()
    ]  # fmt: skip


def townships(found: Backtest) -> list[dict[str, Any]]:
    """The most first."""
    wanted = sorted({town for side in found.sides for town in side.townships})
    names = dict(Region.objects.filter(code__in=wanted).values_list("code", "name"))
    lines = [{"name": names.get(town, town), "sides": [side.townships.get(town, 0) for side in found.sides]} for town in wanted]
    return sorted(lines, key=lambda line: (-line["sides"][0], line["name"]))


def steps(tried: Side, whole: str) -> list[dict[str, Any]]:
    """How the days of work come about."""
    return [{"outcome": kind.title, "letters": kind.total, "steps": "、".join(_step(step, days, whole) for step, days in kind.steps.items()) or "—",
             "days": f"{kind.staff_days:.1f}"} for kind in tried.kinds]  # fmt: skip


def _step(step: str, days: float, whole: str) -> str:
    said = actions()[step].said(whole) if step in actions() else STEPS.get(step, step)
    return _("%(step)s %(d)g 天") % {"step": said, "d": days}


def remarks(found: Backtest) -> list[str]:
    told = []
    if not found.units:
        told.append(_("这个地区还没有已确认的单位。"))
    if found.injuries_until is None:
        told.append(_("还没有工伤数据。"))
    ranking = found.side("ranking")
    if ranking and found.sides[0].letters and not ranking.letters:
        told.append(_("没有参保人数或没有工伤可学，统计排序无法试算。"))
    return told


def grounds(found: Backtest) -> list[str]:
    """What the figures are."""
    said = {"m": WITHIN, "commit": found.asked["commit"], "digest": found.digest[:16], "until": found.injuries_until or "—"}
    return [
        _("当时所知：每个月末只用到那天已入库的数据；作为历史导入的，按接报日期算；伤残等级按现在所知。"),
        _("件：结果变重一次计一件，线索移送每多一例计一件；每月月末看一次，1月1日重新起算。"),
        _("规则的数值：整段都用规则文本最后的数值。"),
        _("发件后又有工伤：满 %(m)d 个月的件中，该单位在这 %(m)d 个月内又有生产经营性工伤的比例；数据到 %(until)s。") % said,
        _("随机发件：同一天从全部单位中抽同样多家，又有工伤的比例。") + _("提前天数：发件到下一起工伤的天数，取中间的一件。"),
        _("统计排序：按近24个月的件数和参保人数，用行业和规模收缩后的超出起数排序，每月取同样多家，发过件的半年内不再发。它只作比较，不作依据。"),
        _("数据版本 %(commit)s，结果校验码 %(digest)s：同样的数据和规则，结果不变。") % said,
    ]  # fmt: skip
