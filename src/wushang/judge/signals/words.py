"""Signals in the office's words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from wushang.judge.signals.models import DETECTORS, Signal, SignalRun
from wushang.people.models import Region
from wushang.terms import codes


def place(signal: Signal) -> str:
    full = signal.region.ljust(6, "0")
    return Region.objects.filter(code=full).values_list("name", flat=True).first() or signal.region


def what(signal: Signal) -> str:
    """金属制品业，机械伤害; what is not cut is not named."""
    parts = [codes.name("industry", signal.industry)] if signal.industry else []
    parts += [codes.name("accident_kind", signal.kind)] if signal.kind else []
    return "，".join(parts) or _("全部行业")


def days(signal: Signal) -> str:
    """3月2日—8日, 3月23日—4月5日两周."""
    first, last = signal.first, signal.last
    end = f"{last.day}日" if first.month == last.month else f"{last.month}月{last.day}日"
    return f"{first.month}月{first.day}日—{end}" + (_("两周") if signal.span > 1 else "")


def seen(signal: Signal) -> str:
    """这一周 9 起，往年同期 2～5 起."""
    said = {"n": signal.observed, "a": signal.usual_low, "b": signal.usual_high}
    said |= {"when": _("两周共") if signal.span > 1 else _("一周")}
    if signal.detector == "ears":
        return _("%(when)s %(n)d 起，前几周每周 %(a)d～%(b)d 起") % said
    return _("%(when)s %(n)d 起，往年同期 %(a)d～%(b)d 起") % said


def growing(signal: Signal) -> str:
    """That the weeks are young, and what they will come to."""
    if signal.forecast is None or signal.forecast <= signal.observed:
        return ""
    return _("申报期未满，数字可能增加，预计共 %(n)d 起") % {"n": signal.forecast}


def run_said(run: SignalRun) -> str:
    """What the last look was, or that history is too short for any."""
    if not run.detector:
        return _("数据只有 %(n)d 周，太短，看不出什么算异常；满 10 周以后和前几周比，满两年以后和往年同期比。") % {"n": run.weeks}
    if run.detector == "ears":
        return _("数据有 %(n)d 周，不满两年，只能和前几周比，看不出季节；满两年以后和往年同期比。") % {"n": run.weeks}
    return _("数据有 %(n)d 周，和往年同期比。") % {"n": run.weeks}


def grounds(signal: Signal) -> list[str]:
    """统计依据, a sentence each."""
    method = {
        "farrington": _("方法：Farrington flexible（Noufaily 2013），本周与前一周合看，显著性 1%。"),
        "ears": _("方法：EARS C2（Hutwagner 2003），p 值为两个泊松计数的条件检验。"),
    }
    p = {"p": f"{signal.p:.2g}", "q": f"{signal.q:.2g}"}
    return [
        method[signal.detector],
        _("预期 %(e).1f 起，九成情况下在 %(a)d～%(b)d 起；单周报警线 %(bound).1f 起。")
        % {"e": signal.expected, "a": signal.usual_low, "b": signal.usual_high, "bound": signal.bound},
        _("若一切如常，出现这样多的概率 p＝%(p)s；扣除同时看了很多组的影响后 q＝%(q)s。") % p,
        _("早晚一样才好比：每周都只数发生后 %(n)d 周内受理的。") % {"n": signal.age + 1},
        _("历史 %(n)d 周，数据版本第 %(c)d 号，数据截至 %(day)s；同时看了 %(s)d 组，其中 %(l)d 组件数够看。")
        % {"n": signal.run.weeks, "c": signal.run.commit, "day": signal.run.data_to, "s": signal.run.series, "l": signal.run.looked},
    ]


def chart(signal: Signal) -> dict[str, Any]:
    """For charts.js `line`."""
    marked = {"from": signal.first.isoformat(), "to": signal.week.isoformat(), "label": days(signal)}
    drawn = {name: signal.history[name] for name in ("values", "low", "high")}
    return {"unit": _("起"), "name": _("每周起数"), "months": signal.history["weeks"], "joined": [marked], **drawn}


def table(signal: Signal) -> dict[str, list]:
    history = signal.history
    rows = zip(history["weeks"], history["values"], history["low"], history["high"], strict=True)
    return {
        "head": [_("一周自"), _("起数"), _("通常范围")],
        "rows": [[week, n, "—" if low is None else f"{low}～{high}"] for week, n, low, high in reversed(list(rows))],
    }  # fmt: skip


def listing(signal: Signal) -> str:
    """The question of 交叉分析 whose list holds the rows: whole months, as it asks."""
    pairs = [("measure", "injured_cases"), ("from", f"{signal.first:%Y-%m}"), ("to", f"{signal.last:%Y-%m}"), ("basis", "occurred")]
    pairs += [("scope", "all"), ("status", "accepted"), (_of_place(signal), signal.region)]
    pairs += [("only_division", signal.industry)] if signal.industry else []
    return "&".join(f"{name}={value}" for name, value in pairs + ([("only_kind", signal.kind)] if signal.kind else []))


def _of_place(signal: Signal) -> str:
    return "only_town" if len(signal.region) > 6 else "only_county"


def precision(rows: Any) -> list[dict[str, Any]]:
    """By detector: how many were decided and how many of them held."""
    found = []
    for code, title in DETECTORS.items():
        decided = rows.filter(detector=code, state__in=("verified", "raised", "dismissed"))
        n, held = decided.count(), decided.exclude(state="dismissed").count()
        found.append({"title": title, "decided": n, "held": held, "share": round(100 * held / n) if n else None})
    return found
