"""A re-check as its page shows it: two windows side by side, the rates, the rule in words, 统计依据 in one paragraph."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from wushang.evaluate import honest
from wushang.evaluate import sentences as said
from wushang.evaluate.deeds.propose_recheck import fraction
from wushang.evaluate.models import Recheck
from wushang.evaluate.window_figures import Figures
from wushang.evaluate.windows import last_year
from wushang.judge.pack import Grounds
from wushang.judge.pack import Recheck as Rule
from wushang.judge.recheck_words import recheck_words
from wushang.people import area
from wushang.terms.period import Period


def shown(held: Recheck) -> dict[str, Any]:
    chosen = Period(held.window_start, held.window_end)
    other = held.figures["other"]
    beside = Period(date.fromisoformat(other["start"]), date.fromisoformat(other["end"]))
    return {
        "rows": [
            _row(_("评估期"), chosen, held.figures["now"], held.figures["before"], decides=True),
            _row(_("另一口径"), beside, other["now"], other["before"], decides=False),
        ],
        "references": _references(held),
        "rule": rule_words(held.rule, area.whole(held.case.warning.version.region)),
        "clause": held.rule["grounds"]["clause"] or held.rule["grounds"]["why"],
        "by_default": held.rule["grounds"]["basis"] == "platform_default",
        "basis": list(basis_words(held.basis)),
    }


def _row(title: str, period: Period, now: dict[str, int], before: dict[str, int], decides: bool) -> dict[str, Any]:
    this, last = Figures(**now), Figures(**before)
    fall = said.change(_fall(last, this)) if last.events else _("上年同期为 0") if last.known else _("没有上年数据")
    return {
        "title": title, "period": said.span(period), "before_period": said.span(last_year(period)), "decides": decides,
        "now": this.events, "before": last.events, "change": fall, "cases": this.cases, "cases_before": last.cases,
        "heads": said.heads(this), "heads_before": said.heads(last),
        "rate": said.rate(this.rate) if this.rate is not None else _("不可计算"),
        "rate_before": said.rate(last.rate) if last.rate is not None else _("不可计算"),
    }  # fmt: skip


def _fall(before: Figures, now: Figures):
    from fractions import Fraction

    return Fraction(before.events - now.events, before.events)


def _references(held: Recheck) -> list[dict[str, Any]]:
    """The three averages of the window; the one that decides is marked."""
    whole = area.whole(held.case.warning.version.region)
    names = (("pooled", _("%(whole)s平均（合计人次÷合计参保）") % {"whole": whole}), ("mean", _("各单位发生率的平均")), ("industry", _("同行业平均")))
    rows = []
    for name, title in names:
        value = fraction(held.references.get(name))
        words = said.rate(value) if value is not None else _("不足 3 家或没有参保数，不列")
        rows.append({"title": title, "value": words, "decides": held.rule["compare_with"] == name})
    return rows


def rule_words(rule: dict[str, Any], whole: str) -> list[str]:
    """Every parameter of A0-rule as it was applied, in the words in which the page of the rule says it."""
    return recheck_words(Rule(**{**rule, "grounds": Grounds(**rule["grounds"])}), whole)


def basis_words(basis: dict[str, Any]):
    """统计依据: the exact interval, the p-values, and luck."""
    if basis.get("low") is not None:
        ratio = f"{basis['ratio']:.2f}" if basis["ratio"] is not None else _("不可计算（上年同期为 0）")
        high = f"{basis['high']:.2f}" if basis["high"] is not None else "∞"
        yield _("发生率之比（本期÷上年同期）%(ratio)s，95%% 精确区间 %(low).3f～%(high)s；双侧 p = %(p).3f，mid-p = %(mid).3f：%(word)s。") % {
            "ratio": ratio, "low": basis["low"], "high": high, "p": basis["p"], "mid": basis["mid_p"], "word": basis["word"],
        }  # fmt: skip
    yield from honest.words(basis)
    if basis.get("mean"):
        yield _("如果风险完全没有变化，平均每期 %(mean).1f 起的单位仅凭运气也有 %(luck).0f%% 的可能达到降幅要求。") % {
            "mean": basis["mean"], "luck": basis["luck"] * 100,
        }  # fmt: skip
    if "false_fail" in basis:
        yield _("如果风险真的降了一半，这样的单位也有 %(fail).0f%% 的可能达不到降幅要求。") % {"fail": basis["false_fail"] * 100}
    yield _("区间：Clopper–Pearson（1934）；检验：Przyborowski 与 Wilenski（1940）条件检验；下降的可能：伽马后验。")
