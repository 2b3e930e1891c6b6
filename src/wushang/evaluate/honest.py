"""Beside the rule of 30 %: how likely the risk itself fell by so much, and how often the rule errs for a unit of this size (N8)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from wushang.evaluate.window_figures import Figures, Held
    from wushang.judge.pack import Recheck

HALVED = 0.50  # the true fall of which a unit that fails by chance is told


def basis(rule: Recheck, now: Figures, before: Figures, held: Held | None = None) -> dict[str, Any]:
    """统计依据: the exact interval of the ratio of the two rates, p-values, the errors of the rule, and P(the risk fell by as much)."""
    from wushang.statistics.rates import plain_change, rate_ratio

    told = _errors(rule, now, before)
    if not (now.headcount and before.headcount):
        return told
    parts = (now.cases, before.cases, float(now.headcount), float(before.headcount))
    found = rate_ratio(*parts)
    high = found.interval.high
    return told | _fell(rule, now, before, held) | {
        "ratio": None if found.ratio is None else round(found.ratio, 6),
        "low": round(found.interval.low, 6),
        "high": None if high == float("inf") else round(high, 6),
        "confidence": found.interval.confidence,
        "p": round(found.p, 6),
        "mid_p": round(found.mid_p, 6),
        "word": plain_change(*parts).zh,
    }


def _errors(rule: Recheck, now: Figures, before: Figures) -> dict[str, Any]:
    """Of the rule on accidents, for a unit that has as many a window as this one had on the average of the two."""
    from wushang.statistics.before_after import rule_errors

    mean = (now.events + before.events) / 2
    errs = rule_errors(mean, rule.fall_percent / 100, HALVED)
    return {"mean": mean, "luck": round(errs.false_pass, 4)} | ({"false_fail": round(errs.false_fail, 4)} if mean else {})


def _fell(rule: Recheck, now: Figures, before: Figures, held: Held | None) -> dict[str, Any]:
    """P(the rate of accidents fell by as much as the rule asks), with what units of its kind tell of the rate before."""
    from wushang.statistics.before_after import chance_of_fall

    assert now.headcount and before.headcount  # asked by `basis`
    kind = {"prior_shape": held.events, "prior_exposure": held.heads} if held else {}
    fell = chance_of_fall(now.events, before.events, float(now.headcount), float(before.headcount), rule.fall_percent / 100, **kind)
    return {"fell": round(float(fell), 4), "asked": rule.fall_percent, "held": [round(held.events, 4), round(held.heads, 2)] if held else None}


def honestly(told: dict[str, Any]) -> str:
    """The same in one sentence for who signs; '' where nothing was counted."""
    if not told.get("mean"):
        return ""
    said = [_("每期平均 %(n)g 起的单位，风险没变也有 %(luck).0f%% 会算作达到，风险真降一半也有 %(fail).0f%% 会算作未达到") % {
        "n": told["mean"], "luck": told["luck"] * 100, "fail": told["false_fail"] * 100}]  # fmt: skip
    if "fell" in told:
        said.insert(0, _("风险真正下降%(n)g%%以上的可能约 %(p).0f%%") % {"n": told["asked"], "p": told["fell"] * 100})
    return "；".join(said) + "。"


def words(told: dict[str, Any]) -> list[str]:
    """The same for 统计依据, with how it was reckoned; nothing of the rows that were kept before it was."""
    if "fell" not in told:
        return []
    ground = _("事先按同行业、同规模单位上年同期的发生率（相当于 %(x).2f 起、%(e).1f 人），扣除了“偶然偏高自然回落”的部分") % {
        "x": told["held"][0], "e": told["held"][1]} if told.get("held") else _("同类单位太少，事先不知高低，没有扣除“偶然偏高自然回落”的部分")  # fmt: skip
    return [_("事故发生率真正下降%(n)g%%以上的可能 %(p).1f%%：%(ground)s。") % {"n": told["asked"], "p": told["fell"] * 100, "ground": ground}]
