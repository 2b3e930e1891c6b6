"""Signals in the office's words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from wushang.judge.signals.models import DETECTORS, Signal, SignalRun
from wushang.people.models import Region
from wushang.terms import codes

NAMED = 3  # townships that are named
COUNTED = {2: _lazy("两"), 3: _lazy("三"), 4: _lazy("四"), 5: _lazy("五"), 6: _lazy("六")}


def place(signal: Signal) -> str:
    if signal.towns:
        return _places(signal.towns)
    full = signal.region.ljust(6, "0")
    return Region.objects.filter(code=full).values_list("name", flat=True).first() or signal.region


def _places(codes_: list[str]) -> str:
    """石塘镇、东城街道; from the fourth on 等5个镇街."""
    names = [Region.objects.filter(code=code).values_list("name", flat=True).first() or code for code in codes_]
    return _("、").join(names) if len(names) <= NAMED else _("%(some)s等%(n)d个镇街") % {"some": _("、").join(names[:NAMED]), "n": len(names)}


def what(signal: Signal) -> str:
    """金属制品业，机械伤害; what is not cut is not named."""
    parts = [codes.name("industry", signal.industry)] if signal.industry else []
    parts += [codes.name("accident_kind", signal.kind)] if signal.kind else []
    return "，".join(parts) or _("全部行业")


def days(signal: Signal) -> str:
    """3月2日—8日, 3月23日—4月5日两周."""
    first, last = signal.first, signal.last
    end = f"{last.day}日" if first.month == last.month else f"{last.month}月{last.day}日"
    return f"{first.month}月{first.day}日—{end}" + (_("%(n)s周") % {"n": COUNTED[signal.span]} if signal.span > 1 else "")


def seen(signal: Signal) -> str:
    """这一周 9 起，往年同期 2～5 起."""
    low, high = signal.usual_low, signal.usual_high
    said: dict[str, object] = {"n": signal.observed, "usual": f"{low}～{high}" if low != high else f"{low}"}
    said |= {"when": _("%(n)s周共") % {"n": COUNTED[signal.span]} if signal.span > 1 else _("一周")}
    if signal.detector == "scan":
        return _("%(when)s %(n)d 起，按平时在全县的占比应有 %(usual)s 起") % said
    if signal.detector == "ears":
        return _("%(when)s %(n)d 起，前几周每周 %(usual)s 起") % said
    return _("%(when)s %(n)d 起，往年同期 %(usual)s 起") % said


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
        "scan": _("方法：时空扫描（Kulldorff 2001），相邻镇街合在一起、最近 1～6 周合在一起都看过，p 值由 999 次随机模拟得出，已扣除到处都看的影响。"),
    }
    if signal.detector == "scan":
        return [*_of_scan(signal, method["scan"]), _versions(signal)]
    p = {"p": f"{signal.p:.2g}", "q": f"{signal.q:.2g}"}
    return [
        method[signal.detector],
        _("预期 %(e).1f 起，九成情况下在 %(a)d～%(b)d 起；单周报警线 %(bound).1f 起。")
        % {"e": signal.expected, "a": signal.usual_low, "b": signal.usual_high, "bound": signal.bound},
        _("若一切如常，出现这样多的概率 p＝%(p)s；扣除同时看了很多组的影响后 q＝%(q)s。") % p,
        _("早晚一样才好比：每周都只数发生后 %(n)d 周内受理的。") % {"n": signal.age + 1},
        _versions(signal),
    ]


def _of_scan(signal: Signal, method: str) -> list[str]:
    return [
        method,
        _("预期 %(e).1f 起：这些镇街此前一年在全县的占比 × 全县这几周已知的起数，季节和申报快慢因此抵消；p＝%(p)s。")
        % {"e": signal.expected, "p": f"{signal.p:.2g}"},
        _("全县一起升高看不出来，由全县的分行业、分原因提示去看。"),
    ]


def _versions(signal: Signal) -> str:
    run = signal.run
    said = {"n": run.weeks, "c": run.commit, "day": run.data_to, "s": run.series, "l": run.looked}
    return _("历史 %(n)d 周，数据版本第 %(c)d 号，数据截至 %(day)s；同时看了 %(s)d 组，其中 %(l)d 组件数够看。") % said


def caption(signal: Signal) -> str:
    """What the picture counts."""
    if signal.detector == "scan":
        return _("按发生日期分周，到 %(day)s 已受理的；淡色为按平时在全县的占比应有的范围。") % {"day": signal.run.data_to}
    said = {"n": signal.age + 1, "day": signal.run.data_to}
    return _("按发生日期分周，每周都只数 %(n)d 周内受理的，早晚一样才好比；淡色为通常范围，数据截至 %(day)s。") % said


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
    """The question of 交叉分析 whose list holds the rows: whole months, as it asks; '' for several townships, which it asks singly."""
    if len(signal.towns) > 1:
        return ""
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
