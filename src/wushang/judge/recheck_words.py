"""效果评估 as the pack lays it down, in words: for each outcome that has a re-check, equal ones together."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from wushang.judge.pack import Pack, Recheck
from wushang.judge.prose import length_words, title


@dataclass(frozen=True)
class RecheckSaid:
    """For whom, what is compared, and why so (the clause, or the reason of a default)."""

    outcomes: str
    sentences: list[str]
    clause: str
    why: str


def rechecks(pack: Pack, whole: str) -> list[RecheckSaid]:
    """One entry for all outcomes that are evaluated alike, in the order of the page: the lightest first. `whole`: 全市, 全县."""
    groups: dict[tuple, list[str]] = {}
    rules: dict[tuple, Recheck] = {}
    for outcome in reversed(pack.outcomes):
        rule = pack.cases[outcome.code].recheck if outcome.code in pack.cases else None
        if rule:
            key = (*recheck_words(rule, whole), rule.grounds.clause, rule.grounds.why)
            rules[key] = rule
            groups.setdefault(key, []).append(title(pack, outcome.code))
    return [
        RecheckSaid("、".join(groups[key]), recheck_words(rule, whole), rule.grounds.clause, rule.grounds.why)
        for key, rule in rules.items()
    ]


def recheck_words(rule: Recheck, whole: str) -> list[str]:
    """Every parameter of the rule, as sentences."""
    return [period(rule), verdict(rule, whole), *reserve(rule)]


def period(rule: Recheck) -> str:
    """整改通过复核后3个月评估：这3个月与上年同期比，只算生产经营性事故。"""
    starts = {"delivered": _("预警送达"), "submitted": _("整改报告提交"), "accepted": _("整改通过复核")}
    after = length_words(rule.after)
    same = _("这%(after)s与上年同期比") % {"after": after}
    window = _("年初至期末与上年同期比") if rule.window == "year_to_date" else same
    scope = _("只算生产经营性事故") if rule.scope == "at_work" else _("算全部工伤，含上下班途中和视同")
    return _("%(start)s后%(after)s评估：%(window)s，%(scope)s。") % {
        "start": starts[rule.start], "after": after, "window": window, "scope": scope,
    }  # fmt: skip


def verdict(rule: Recheck, whole: str) -> str:
    """起数下降不到30%，或者发生率高于全市平均的，提请挂牌督办，由人决定。"""
    fall = _("起数下降不到 %(fall)s%%") % {"fall": f"{rule.fall_percent:g}"}
    means = {"pooled": _("%(whole)s平均（合计）") % {"whole": whole}, "mean": _("各单位发生率的平均"), "industry": _("同行业平均")}
    if rule.compare_with == "none":
        failed = fall
    else:
        between = _("，或者") if rule.combination == "or" else _("，并且")
        failed = fall + between + _("发生率高于%(mean)s") % {"mean": means[rule.compare_with]}
    return _("%(failed)s的，提请挂牌督办，由人决定。") % {"failed": failed}


def reserve(rule: Recheck) -> list[str]:
    """A base of nothing, what goes to a person without a verdict, how long the reports are waited for, another headcount."""
    said = [_("上年同期为 0 的，有 1 起就算没有下降。")]
    if rule.small_baseline:
        few = "1" if rule.small_baseline == 1 else f"1～{rule.small_baseline}"
        said.append(_("上年同期 %(few)s 起的，基数过小，转人工。") % {"few": few})
    if rule.lag:
        said.append(_("期末后再等%(lag)s申报期才算。") % {"lag": length_words(rule.lag)})
    limit = _("%(n)s%%（平台默认）") if rule.headcount_percent is None else _("%(n)s%%")
    said.append(_("平均参保人数变化超过 %(limit)s的，注明分母大幅变化。") % {"limit": limit % {"n": f"{rule.headcount_limit:g}"}})
    return said
