"""A re-check in Chinese sentences: what a person reads before signing. Plain words first, the statistics apart."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from wushang.evaluate.recheck import Outcome, Test, Verdict
from wushang.statistics.rates import Change
from wushang.terms.money import MILLION, half_up, percent, permille

if TYPE_CHECKING:
    from wushang.evaluate.window_figures import Figures
    from wushang.judge.pack import Recheck
    from wushang.terms.period import Period


def sentences(
    rule: Recheck, period: Period, now: Figures, before: Figures, outcome: Outcome, ripe_on: date, whole: str
) -> list[str]:
    """Fall, rate, cautions, proposal — in this order. `whole`: 全市, 全县 or 全区, as the place is called."""
    said = [said_fall(rule, period, now, before, outcome), said_rate(rule, now, outcome, whole)]
    said += list(cautions(rule, period, now, before, outcome))
    return [*filter(None, said), proposal(outcome, ripe_on)]


def said_fall(rule: Recheck, period: Period, now: Figures, before: Figures, outcome: Outcome) -> str:
    about = {
        "period": span(period), "now": now.events, "before": before.events, "limit": f"{rule.fall_percent:g}",
    }  # fmt: skip
    if outcome.fall_test is Test.not_asked:
        return _("%(period)s发生 %(now)d 起；没有上年同期数据，不比较降幅。") % about
    if before.events == 0:
        words = _("没有增加") if now.events == 0 else _("新增 %(n)d 起，未达到降幅要求") % {"n": now.events}
        return _("%(period)s发生 %(now)d 起，上年同期为 0，%(words)s。") % {**about, "words": words}
    met = _("达到") if outcome.fall_test is Test.passed else _("未达到")
    about |= {"change": change(outcome.fall or Fraction(0)), "met": met}
    return _("%(period)s发生 %(now)d 起，上年同期 %(before)d 起，%(change)s，%(met)s“%(limit)s%%以上降幅”。") % about


def not_over(period: Period, today: date) -> str:
    """Before a preview's figures: they cannot be taken for those of the whole window."""
    return _("评估期到%(end)s才满，以下只数到%(today)s。") % {"end": said_day(period.end), "today": said_day(today)}


def change(fall: Fraction) -> str:
    """A fall as 下降 85.7%, a rise as 上升 50.0%, nothing as 持平."""
    if fall == 0:
        return _("持平")
    size = percent(millionths(abs(fall)))
    return (_("下降 %(size)s") if fall > 0 else _("上升 %(size)s")) % {"size": size}


def said_rate(rule: Recheck, now: Figures, outcome: Outcome, whole: str) -> str:
    """The rate beside what it is compared with, in ‰ with two decimals."""
    if outcome.rate_test is Test.not_asked:
        return ""
    name = {"pooled": _("%(whole)s平均") % {"whole": whole}, "mean": _("各单位平均"), "industry": _("同行业平均")}[rule.compare_with]
    if outcome.rate is None:
        return _("平均参保人数不明，发生率不可计算，不能与%(name)s比较。") % {"name": name}
    if outcome.reference is None:
        return _("%(name)s不可计算，不能比较发生率。") % {"name": name}
    about = {
        "rate": rate(outcome.rate), "name": name, "reference": rate(outcome.reference),
        "met": _("高于") if outcome.rate_test is Test.failed else _("不高于"), "heads": heads(now),
    }  # fmt: skip
    return _("发生率 %(rate)s（平均参保 %(heads)s 人），%(met)s%(name)s %(reference)s。") % about


def cautions(rule: Recheck, period: Period, now: Figures, before: Figures, outcome: Outcome) -> Iterator[str]:
    """What keeps the figures from being taken at their word."""
    if now.headcount and now.months < len(period.months()):
        yield _("参保人数只报了 %(n)d 个月（应为 %(all)d 个月），发生率按已报月份的平均计算。") % {
            "n": now.months, "all": len(period.months()),
        }  # fmt: skip
    if "small_baseline" in outcome.flags:
        yield _("上年同期只有 %(n)d 起，基数过小，一两起之差就会改变结论，请人工核定。") % {"n": before.events}
    if "headcount_changed" in outcome.flags:
        yield _("平均参保人数由 %(before)s 人变为 %(now)s 人，分母大幅变化，起数下降不等于风险下降。") % {
            "before": heads(before), "now": heads(now),
        }  # fmt: skip
    if outcome.references.industry is not None and rule.compare_with != "industry":
        yield _("同行业平均 %(rate)s，供参考。") % {"rate": rate(outcome.references.industry)}


def proposal(outcome: Outcome, ripe_on: date) -> str:
    return {
        Verdict.passed: _("建议办结，由签发人确认。"),
        Verdict.failed: _("未通过评估，建议列入重点监管单位并挂牌督办；是否列入由签发人决定，不自动列入。"),
        Verdict.review: _("平台不作结论，请人工核定。"),
        Verdict.unripe: _("申报期未满，数字可能增加，%(day)s起方可评估。") % {"day": said_day(ripe_on)},
    }[outcome.verdict]


def span(period: Period) -> str:
    """2026年4月19日至7月18日."""
    if period.start.year == period.end.year:
        return _("%(start)s至%(m)d月%(d)d日") % {
            "start": said_day(period.start), "m": period.end.month, "d": period.end.day,
        }  # fmt: skip
    return _("%(start)s至%(end)s") % {"start": said_day(period.start), "end": said_day(period.end)}


def said_day(day: date) -> str:
    return _("%(y)d年%(m)d月%(d)d日") % {"y": day.year, "m": day.month, "d": day.day}


def millionths(value: Fraction) -> int:
    return half_up(value.numerator * MILLION, value.denominator)


def rate(value: Fraction) -> str:
    """A rate per head as ‰ with two decimals: 3/58 → 51.72‰."""
    return permille(millionths(value))


def heads(figures: Figures) -> str:
    """The average headcount, whole where it is whole, else with one decimal."""
    if figures.headcount is None:
        return _("不明")
    tenths = half_up(figures.headcount.numerator * 10, figures.headcount.denominator)
    return f"{tenths // 10}" if tenths % 10 == 0 else f"{tenths // 10}.{tenths % 10}"


def plainly(told: dict[str, Any]) -> str:
    """The change in one plain word, for the page; '' where it cannot be computed."""
    if "word" not in told:
        return ""
    if told["word"] == Change.too_few.zh:
        return _("数据太少，看不出风险有没有变化。")
    return _("从统计上看，发生率的变化属%(word)s。") % {"word": told["word"]}
