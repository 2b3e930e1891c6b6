"""前后对比 in words: what changed, whether it is more than chance, what the figures cannot tell; 统计依据 apart."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from wushang.analyse.changes import moved
from wushang.analyse.pareto import NAMED
from wushang.evaluate.beneath import of_unit
from wushang.integrate.then import then
from wushang.statistics.before_after import chance_of_fall, mid_p_interval
from wushang.statistics.rates import Change, plain_change, rate_ratio
from wushang.terms.interval import Interval
from wushang.web import days as said
from wushang.web import figures
from wushang.web.dossier import opened, spread
from wushang.web.dossier.known import Unit
from wushang.web.dossier.two_spans import YEAR, Span, TwoSpans


def shown(unit: Unit, found: TwoSpans) -> dict[str, Any]:
    return {
        "sentence": sentence(found), "heads": heads(found), "cautions": list(cautions(found)), "basis": list(basis(found)),
        "table": _table(unit, found), "beneath": _beneath(unit, found),
    }  # fmt: skip


def _beneath(unit: Unit, found: TwoSpans) -> list[dict[str, Any]]:
    """Beside a fall: whether it may be one of reports only."""
    if found.after.events >= found.before.events:
        return []
    rows = [row for row in unit.counted if row.at_work and found.workshop in ("", row.workshop.strip())]
    told = of_unit.of_rows(rows, (found.before.days, found.after.days), unit.day)
    return told + of_unit.leads(unit.scope, unit.id, then(unit.known, unit.today))


def sentence(found: TwoSpans) -> str:
    """前 12 个月 7 起，后 12 个月 1 起，下降 85.7%；p＝0.07，属正常波动范围内，不能说明措施见效。"""
    before, after = found.before.events, found.after.events
    told = {"n": found.months, "b": before, "a": after, "change": _changed(before, after)}
    return _("前 %(n)d 个月 %(b)d 起，后 %(n)d 个月 %(a)d 起%(change)s；") % told + _verdict(found)


def _changed(before: int, after: int) -> str:
    if not before:
        return ""
    return "，" + figures.change((after - before) * 100 / before)


def _verdict(found: TwoSpans) -> str:
    before, after = found.before, found.after
    if not before.years or not after.years:
        return _("没有参保人数，不能按人数折算，看不出风险有没有变化。")
    if not before.events + after.events:
        return _("前后都没有事故，无从比较。")
    parts = (after.events, before.events, after.years, before.years)
    means = {
        Change.too_few: _("数据太少，再大的差别也可能是偶然，不能说明措施有没有用"),
        Change.usual: _("属正常波动范围内，不能说明措施见效") if _falls(found) else _("属正常波动范围内，不能说明风险变大"),
        Change.falling: _("按人数折算，下降超出正常波动；是不是措施见效，还要看同期别的变化"),
        Change.rising: _("按人数折算，上升超出正常波动，应查明原因"),
    }
    return f"p{p_said(rate_ratio(*parts).p)}，{means[plain_change(*parts)]}。"


def _falls(found: TwoSpans) -> bool:
    """Fewer accidents, or as many: what one would like to call an effect."""
    return found.after.events <= found.before.events


def p_said(p: float) -> str:
    return "＜0.001" if p < 0.001 else f"＝{float(f'{p:.2g}'):g}"


def heads(found: TwoSpans) -> str:
    """The people beside the accidents, and what is left of the change for as many people."""
    before, after = found.before, found.after
    if not before.heads or not after.heads:
        return _("参保人数：前 %(b)s，后 %(a)s。") % {"b": _people(before), "a": _people(after)}
    told = {"b": _people(before), "a": _people(after), "moved": figures.change(_moved(found))}
    people = _("平均参保人数前 %(b)s、后 %(a)s，%(moved)s") % told
    if not before.events:
        return people + "。"
    return people + _("；按同样人数折算，事故%(change)s。") % {"change": figures.change((after.rate / before.rate - 1) * 100)}


def _moved(found: TwoSpans) -> float:
    return (found.after.heads / found.before.heads - 1) * 100


def _people(span: Span) -> str:
    if not span.heads:
        return _("没有报送")
    return _("%(n)s 人") % {"n": figures.count(span.heads) if span.heads == int(span.heads) else f"{span.heads:,.1f}"}


def cautions(found: TwoSpans):
    """What a reader must know before he tells the figures on."""
    before, after = found.before, found.after
    if moved(after.heads, before.heads):
        yield _("人数变动超过 %(n)d%%，起数的升降不能单独看，要看按人数折算的。") % {"n": settings.WUSHANG_STAFF_MOVED}
    if found.months < found.wanted:
        told = {"w": found.wanted, "n": found.months}
        yield _("这一天以后还没有满 %(w)d 个月，前后都按已满的 %(n)d 个月比。") % told
    if found.months % YEAR:
        yield _("前后不满整年，月份不同，淡旺季和春节会有影响。")
    if short := [(side, span) for side, span in ((_("前"), before), (_("后"), after)) if 0 < span.delivered < span.months]:
        parts = [_("%(side)s %(n)d 个月里有 %(k)d 个月") % {"side": side, "n": span.months, "k": span.delivered} for side, span in short]
        yield _("参保人数没有报齐：%(parts)s有数，按有数的月份平均；没有数的月份，事故也可能没有报来。") % {"parts": _("、").join(parts)}
    if found.workshop:
        yield _("车间没有单独的参保人数，按全单位人数折算。")
    if found.unripe:
        yield _("最近一个月申报期未满，数字可能增加。")


def basis(found: TwoSpans):
    """统计依据, a sentence each."""
    before, after = found.before, found.after
    if before.years and after.years and before.events + after.events:
        parts = (after.events, before.events, after.years, before.years)
        exact, mid = rate_ratio(*parts), mid_p_interval(*parts)
        told = {"ratio": "—" if exact.ratio is None else f"{exact.ratio:.2f}", "exact": _between(exact.interval), "mid": _between(mid),
                "p": f"{exact.p:.4f}", "mid_p": f"{exact.mid_p:.4f}"}  # fmt: skip
        yield _("按人数折算的发生率之比（后÷前）%(ratio)s；95%% 精确区间 %(exact)s，mid-p 区间 %(mid)s；双侧 p＝%(p)s，mid-p＝%(mid_p)s。") % told
        fell = float(chance_of_fall(*parts))
        yield _("发生率真的下降 30%% 以上的可能：%(n)s（事先不知高低）。") % {"n": figures.share(fell)}
    yield _("人数按前后各段平均参保人数乘月数折算；没有报送的月份不猜。")
    yield _("单位往往因为前一段事故多才采取措施，后一段回落里有一部分是偶然，本页没有扣除。")
    yield _("检验：Przyborowski 与 Wilenski（1940）条件检验；区间：Clopper–Pearson（1934）、Lancaster（1961）；下降的可能：伽马后验。")


def _between(one: Interval) -> str:
    return f"{one.low:.3f}～" + ("∞" if one.high == float("inf") else f"{one.high:.2f}")


def _table(unit: Unit, found: TwoSpans) -> dict[str, Any]:
    head = [{"title": ""}, {"title": _("起止")}, {"title": _("事故 起"), "num": True}, {"title": _("平均参保 人"), "num": True},
            {"title": _("每百人一年 起"), "num": True}]  # fmt: skip
    rows = [_row(unit, title, span, found.workshop) for title, span in ((_("前"), found.before), (_("后"), found.after))]
    return {"head": head, "rows": rows, "tight": True}


def _row(unit: Unit, title: str, span: Span, workshop: str) -> list[Any]:
    heads_ = f"{span.heads:,.1f}" if span.heads else "—"
    rate = figures.rate(span.rate) if span.years else _("不可计算")
    events = {"text": f"{span.events}", "url": _list(unit, span, workshop), "title": _("看名单")}
    return [title, said.months(span.days.start, span.days.end), events, heads_, rate]


def _list(unit: Unit, span: Span, workshop: str) -> str:
    if workshop:
        return spread.address(unit, "workshop", span.days, NAMED, workshop)
    return opened.address(unit, days=span.days, scope="at_work")


def starts(unit: Unit) -> list[dict[str, str]]:
    """Days one may mean: when a warning was delivered."""
    page, query = reverse("enterprise_before_after", args=[unit.id]), f"&{unit.known.query}" if unit.known.query else ""
    told = sorted({case.delivered for case in unit.cases if case.delivered and case.delivered < unit.day}, reverse=True)[:3]
    return [{"title": _("%(day)s预警送达") % {"day": said.day_long(day)}, "url": f"{page}?since={day}{query}"} for day in told]
