"""工伤事故风险 in the office's words: numbers first as people say them, the statistics apart."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.judge.risk.models import Forecast, RiskVersion
from wushang.judge.risk.telling import CLASSES

TOLD = 0.05  # a part that changes less is not told
LIKELY, MAYBE = 0.8, 0.5
PARTS: dict[str, tuple[Any, Any]] = {
    "own": (gettext_lazy("以往的事故比同类单位多"), gettext_lazy("以往的事故比同类单位少")),
    "severe": (gettext_lazy("近三年有重伤或死亡"), gettext_lazy("近三年没有重伤、死亡")),
    "hiring": (gettext_lazy("近三个月人数增加多"), gettext_lazy("近三个月人数没有增加")),
    "new": (gettext_lazy("入职三个月内受伤的占比高"), gettext_lazy("入职三个月内受伤的占比低")),
    "hazards": (gettext_lazy("职业病危害超过三个月未整改"), gettext_lazy("没有久未整改的职业病危害")),
    "late": (gettext_lazy("整改报告逾期"), gettext_lazy("整改报告没有逾期")),
    "tests": (gettext_lazy("危害因素检测超标"), gettext_lazy("危害因素检测合格")),
}  # fmt: skip
NAMES: dict[str, Any] = {
    "severe": gettext_lazy("重伤、死亡"), "hiring": gettext_lazy("人数增加"), "new": gettext_lazy("入职三个月内受伤的占比"),
    "hazards": gettext_lazy("久未整改的职业病危害"), "late": gettext_lazy("整改报告逾期"), "tests": gettext_lazy("危害因素检测"),
    "training": gettext_lazy("培训"),
}  # fmt: skip


def number(value: float) -> str:
    """0.3, 2.4, 17: as many digits as it is worth."""
    return f"{value:.0f}" if value >= 10 else f"{value:.1f}"


def between(low: float, high: float) -> str:
    return f"{number(low)}～{number(high)}"


def reasons(row: Forecast) -> list[str]:
    """What makes it differ from the usual of its trade and size, the strongest first."""
    strong = sorted(row.parts.items(), key=lambda part: -abs(math.log(part[1])))
    return [_("%(what)s，预计%(change)s") % {"what": PARTS[name][times < 1], "change": change(times)} for name, times in strong if abs(times - 1) >= TOLD]


def change(times: float) -> str:
    if times >= 2:
        return _("为 %(n)s 倍") % {"n": f"{times:.1f}"}
    return (_("高 %(n)d%%") if times > 1 else _("低 %(n)d%%")) % {"n": round(abs(times - 1) * 100)}


def sure(row: Forecast, top: int) -> str:
    """Whether the place among the first is more than chance."""
    if row.chance >= LIKELY:
        return _("很可能在前 %(n)d 家") % {"n": top}
    return _("可能在前 %(n)d 家") % {"n": top} if row.chance >= MAYBE else _("说不准")


def sentence(row: Forecast) -> str:
    """未来 12 个月预计 2.4 人次（多半在 1.2～3.9 之间），同行业、同规模的单位通常 1.1；未来 3 个月预计 0.6。"""
    said = {"year": number(row.year), "span": between(row.low, row.high), "usual": number(row.usual), "quarter": number(row.quarter)}
    return _("未来 12 个月预计工伤 %(year)s 人次（多半在 %(span)s 之间），同行业、同规模的单位通常 %(usual)s 人次；未来 3 个月预计 %(quarter)s 人次。") % said


def short(version: RiskVersion) -> str:
    return _("数据只有 %(n)d 个月，不够推算：未来 12 个月的要有 21 个月以上。") % {"n": version.months}


def grounds(version: RiskVersion) -> list[str]:
    """统计依据, a sentence each."""
    year, quarter = version.learnt["12"], version.learnt["3"]
    told = [
        _("推算的是职工在生产经营活动中受伤的人次，按发生日期；用的是单位的历史、参保人数、行业、规模，没有用任何个人的信息。"),
        _("基线：同行业、同规模的发生率，按单位自己的历史修正（伽马—泊松收缩）；范围是预计值的 90% 区间。"),
        used(year, _("未来 12 个月")), used(quarter, _("未来 3 个月")),
        _("前 %(n)d 家按多出同类单位的人次排；“很可能”为 80%%以上，“可能”为 50%%以上。") % {"n": version.top},
        _("数据版本第 %(c)d 号，历史 %(n)d 个月，%(u)d 家；每月重新推算一次，旧的版本保留。") % {"c": version.commit, "n": version.months, "u": version.units},
    ]
    if version.missing:
        told.append(_("没有数据、没有用上的：%(what)s。") % {"what": _("、").join(str(NAMES[name]) for name in version.missing)})
    return told


def used(learnt: dict[str, Any], when: str) -> str:
    """Which model is used, and why."""
    if learnt["gain"] is None:
        return _("%(when)s：历史太短，还不能试算因素，只用基线。") % {"when": when}
    gain = {"when": when, "mean": f"{learnt['gain']['mean']:.4f}", "low": f"{learnt['gain']['low']:.4f}", "high": f"{learnt['gain']['high']:.4f}"}
    if learnt["better"]:
        return _("%(when)s：历史试算里加因素比基线准，用因素（每家偏差平均减少 %(mean)s，95%% 区间 %(low)s～%(high)s）。") % gain
    return _("%(when)s：历史试算里加因素没有比基线准，只用基线（每家偏差平均减少 %(mean)s，95%% 区间 %(low)s～%(high)s）。") % gain


def watch(version: RiskVersion) -> str:
    """Whether what is said still fits what comes."""
    found = version.watch
    if found.get("drifts"):
        return _("最近推算的和实际的差得多，或者单位的构成变了：先核对报送是否齐全，再参考排序。")
    newest = found.get("kept") or found.get("newest")
    if newest is None:
        return _("还没有到期的推算可以核对。")
    month = date.fromisoformat(newest["month"])
    said = {"y": month.year, "m": month.month, "said": round(newest["said"]), "came": newest["came"]}
    return _("核对：%(y)d年%(m)d月起 3 个月预计共 %(said)d 人次，实际 %(came)d 人次，没有明显偏离。") % said


def line_table(learnt: dict[str, Any]) -> dict[str, Any]:
    """历史试算, a row each day tried."""
    head = [{"title": _("从哪个月起"), "num": False}, {"title": _("单位 家"), "num": True}, {"title": _("预计 人次"), "num": True},
            {"title": _("范围"), "num": True}, {"title": _("实际 人次"), "num": True}, {"title": _("各单位落在 90% 范围内"), "num": True}]  # fmt: skip
    rows = [
        [one["month"][:7], f"{one['units']:,}", f"{one['said']:,.0f}", f"{one['low']:,.0f}～{one['high']:,.0f}", f"{one['came']:,}", f"{one['held']:.1%}"]
        for one in learnt["line"]
    ]
    return {"head": head, "rows": rows, "tight": True}


def class_table(learnt: dict[str, Any]) -> dict[str, Any]:
    """说的和来的, by size of what was said."""
    head = [{"title": _("预计每家"), "num": False}, {"title": _("单位·次"), "num": True}, {"title": _("预计 人次"), "num": True}, {"title": _("实际 人次"), "num": True}]
    return {"head": head, "rows": [[_class(one["place"]), f"{one['units']:,}", f"{one['said']:,.1f}", f"{one['came']:,}"] for one in learnt["classes"]], "tight": True}


def _class(place: int) -> str:
    if place == 0:
        return _("不到 %(n)s") % {"n": f"{CLASSES[0]:g}"}
    if place == len(CLASSES):
        return _("%(n)s 以上") % {"n": f"{CLASSES[-1]:g}"}
    return f"{CLASSES[place - 1]:g}～{CLASSES[place]:g}"
