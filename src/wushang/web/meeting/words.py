"""What may be said of a count: against last year, against the rest of the area, within the expected range."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.statistics.rates import Change, p_values, plain_change
from wushang.terms.period import add_months
from wushang.web import figures as written
from wushang.web.meeting.figures import Pair

FUNNEL_LIMIT = 0.01  # sixteen townships at once: one false mark in six meetings
LEAST_EXPECTED = 5.0  # below that not even a township without any accident would stand out
BASE, LEAST_BASE = 12, 6  # months before, that an expected range is drawn from


def against(cases: int, staff: float, all_cases: int, all_staff: float) -> tuple[str, bool]:
    """A township against the rest of the area: the words, and whether they are marked (exact conditional test)."""
    rest = all_staff - staff
    if staff <= 0:
        return _("不可计算"), False
    if rest <= 0 or not all_cases:
        return "", False
    share = staff / all_staff
    if p_values(cases, all_cases, share)[0] <= FUNNEL_LIMIT:
        high = cases / staff > (all_cases - cases) / rest
        return (_("明显偏高"), True) if high else (_("明显偏低"), True)
    return (_("数据太少") if share * all_cases < LEAST_EXPECTED else _("相当")), False


def change_said(pair: Pair, staff: float, last_staff: float) -> str:
    """比上年同期下降 6.2%（属正常波动）; the word goes by the rate where both headcounts are known."""
    both = staff > 0 and last_staff > 0
    word = plain_change(pair.now, pair.last, *((staff, last_staff) if both else (1.0, 1.0)))
    against_count = {Change.rising: -1, Change.falling: 1}.get(word, 0) * (pair.change or 0) > 0
    said = _("按参保人数折算%(word)s") % {"word": word.zh} if against_count else word.zh
    if pair.change is None:
        return _("上年同期为 0（%(word)s）") % {"word": said}
    belongs = _("属%(word)s") if word is Change.usual else "%(word)s"
    return _("比上年同期%(change)s（%(word)s）") % {
        "change": written.change(pair.change), "word": belongs % {"word": said}
    }  # fmt: skip


@dataclass(frozen=True)
class Expected:
    low: int
    high: int


def expected(by_month: dict[date, int], known: set[date], month: date) -> Expected | None:
    """The range in which a month's count is to be expected from the twelve months before it: the 95 % prediction
    interval of a Poisson count whose mean was seen through those months (Gamma–Poisson, Jeffreys' prior). January and
    February have none: the Spring Festival moves between them."""
    before = [add_months(month, -n) for n in range(1, BASE + 1)]
    seen = [m for m in before if m in known]
    if month.month <= 2 or len(seen) < LEAST_BASE:
        return None
    return _range(sum(by_month.get(m, 0) for m in seen), len(seen))


@lru_cache(maxsize=10_000)
def _range(total: int, months: int) -> Expected:
    from scipy.stats import nbinom

    low, high = nbinom.ppf((0.025, 0.975), total + 0.5, months / (months + 1))
    return Expected(int(low), int(high))


METHOD = (
    gettext_lazy("同比判断：按两期平均参保人数作精确条件检验，p≤0.05 才说上升或下降。"),
    gettext_lazy("与全域比：各镇街与其余镇街合计作精确检验，p≤0.01 才标明；预期不足 5 人次的写“数据太少”。"),
    gettext_lazy("预期范围：由此前 12 个月的月平均数推算的 95% 预测区间（伽马—泊松），至少要有 6 个月；1、2 月受春节错月影响，不单独比较。"),
)
