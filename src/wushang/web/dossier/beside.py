"""与同行业、同规模比 in words, beside the picture of its limits."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.analyse.beside import Beside, beside
from wushang.analyse.measures import Ask
from wushang.analyse.peers import LEAST
from wushang.statistics.rates import Change
from wushang.terms.period import Period, add_months, month_of
from wushang.web import days as said
from wushang.web import figures
from wushang.web.dossier.funnel_picture import drawn
from wushang.web.dossier.known import Unit

MONTHS = 36  # few accidents a unit: three years, and no month that is not over
WORDS: dict[Change, Any] = {
    Change.rising: gettext_lazy("明显偏高"), Change.falling: gettext_lazy("明显偏低"), Change.usual: gettext_lazy("相当"),
    Change.too_few: gettext_lazy("数据太少"),
}  # fmt: skip


def panel(unit: Unit) -> dict[str, Any]:
    """{word, sentence, basis, picture}, or {empty} with the reason."""
    if unit.known.asked:
        return {"empty": _("按某日所知时不与同类单位比较。")}
    days = _days(unit) if unit.headcounts else None
    if days is None:
        return {"empty": _("没有参保人数，不能与同类单位比较。")}
    found = beside(unit.seen, unit.headcounts[-1][1], Ask(unit.day, span=days))
    if found is None:
        return {"empty": _("同行业、人数相近的单位不足 %(n)d 家，或者这段时间没有参保人数，不比较。") % {"n": LEAST}}
    return {"word": WORDS[found.word], "sentence": sentence(found), "basis": list(basis(found)), "picture": drawn(found),
            "days": said.months(found.days.start, found.days.end)}  # fmt: skip


def _days(unit: Unit) -> Period | None:
    """The complete months behind us, not before the unit's first headcount: what was before it nobody delivered."""
    end = month_of(unit.day)
    start = max(add_months(end, -MONTHS), unit.headcounts[0][0])
    return Period(start, end - timedelta(days=1)) if start < end else None


def sentence(found: Beside) -> str:
    told = {"n": found.own.cases, "rate": figures.rate(found.own.rate), "units": found.units, "least": found.least, "most": found.most,
            "others": figures.rate(found.alike.rate), "expected": f"{found.expected:.1f}"}  # fmt: skip
    own = _("本单位受伤 %(n)d 人次，年均发生率 %(rate)s‰；同行业、参保 %(least)d～%(most)d 人的 %(units)d 家单位合计 %(others)s‰。") % told
    means = {
        Change.rising: _("照同类单位的水平约为 %(expected)s 人次，多出的超过偶然。"),
        Change.falling: _("照同类单位的水平约为 %(expected)s 人次，少的超过偶然。"),
        Change.usual: _("照同类单位的水平约为 %(expected)s 人次，相差不超过同类单位之间平常的差别。"),
        Change.too_few: _("照同类单位的水平约为 %(expected)s 人次，数太小，看不出高低。"),
    }
    return own + means[found.word] % told


def basis(found: Beside) -> Iterator[str]:
    for share, name in ((0.95, "95%"), (0.998, "99.8%")):
        limits = found.limits(found.expected, share)
        told = {"name": name, "low": f"{float(limits.low):.1f}", "high": f"{float(limits.high):.1f}"}
        yield _("同样人数的单位，%(name)s 在 %(low)s～%(high)s 人次之间。") % told
    yield (_("同类单位之间的差别大于偶然，界线已放宽（τ²＝%(n)s）。") % {"n": f"{found.tau2:.3f}"} if found.tau2
           else _("同类单位之间的差别不大于偶然，界线按泊松分布。"))  # fmt: skip
    yield _("偏高、偏低要两样都成立：精确条件检验 p≤0.05，且在 95% 界线以外。生产经营性，按发生日期，人次；人数按这段时间的平均参保人数折算。")
    yield _("图和检验：Spiegelhalter（2005）漏斗图；Przyborowski 与 Wilenski（1940）。图上只画本单位，不画别的单位。")
