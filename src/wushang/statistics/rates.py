"""Counts of rare events: exact Poisson intervals, and whether a count has changed (正常波动 / 明显上升 / 数据太少).

Sources: Garwood (1936) for the exact interval of one Poisson count; Przyborowski and Wilenski (1940) for the
conditional test of two; Clopper and Pearson (1934) for its interval; Lancaster (1961) for the mid-p.
"""

from dataclasses import dataclass
from enum import StrEnum

from wushang.terms.interval import Interval


def poisson_interval(count: int, confidence: float = 0.95) -> Interval:
    """The exact (Garwood) interval of the mean behind one count: half the chi-square quantiles at 2n and 2n + 2."""
    from scipy.stats import chi2

    tail = (1 - confidence) / 2
    low = chi2.ppf(tail, 2 * count) / 2 if count else 0.0
    return Interval(float(low), float(chi2.isf(tail, 2 * count + 2) / 2), confidence)


def rate_interval(count: int, exposure: float, per: float = 1000, confidence: float = 0.95) -> Interval:
    """The exact interval of a rate, per thousand (‰) unless told; the exposure is taken as known."""
    if exposure <= 0:
        raise ValueError("a rate needs an exposure above zero")
    of = poisson_interval(count, confidence)
    return Interval(of.low * per / exposure, of.high * per / exposure, confidence)


@dataclass(frozen=True)
class RateRatio:
    """Two counts compared: now ÷ before, its exact interval, and two-sided p-values."""

    ratio: float | None
    interval: Interval
    p: float
    mid_p: float


def rate_ratio(
    now: int, before: int, exposure_now: float, exposure_before: float, confidence: float = 0.95
) -> RateRatio:
    """The exact conditional comparison: given the sum, `now` is binomial with the share of the exposure.

    ratio is None where nothing happened before; p doubles the smaller tail (Poisson's two sides differ), at most 1.
    """
    if exposure_now <= 0 or exposure_before <= 0:
        raise ValueError("a comparison needs two exposures above zero")
    share = exposure_now / (exposure_now + exposure_before)
    p, mid_p = p_values(now, now + before, share)
    odds = exposure_before / exposure_now
    low, high = (odds * share_to_odds(side) for side in share_interval(now, now + before, confidence))
    return RateRatio(now / before * odds if before else None, Interval(low, high, confidence), p, mid_p)


def p_values(part: int, whole: int, share: float) -> tuple[float, float]:
    """Two-sided exact p and mid-p of a binomial count."""
    from scipy.stats import binom

    below, above = binom.cdf(part, whole, share), binom.sf(part - 1, whole, share)
    exact = min(1.0, 2 * min(below, above))
    middle = min(1.0, 2 * (min(below, above) - binom.pmf(part, whole, share) / 2))
    return float(exact), float(middle)


def share_interval(part: int, whole: int, confidence: float) -> tuple[float, float]:
    """The exact (Clopper–Pearson) interval of a share, from beta quantiles."""
    from scipy.stats import beta

    tail = (1 - confidence) / 2
    low = beta.ppf(tail, part, whole - part + 1) if part else 0.0
    high = beta.isf(tail, part + 1, whole - part) if part < whole else 1.0
    return float(low), float(high)


def share_to_odds(share: float) -> float:
    return share / (1 - share) if share < 1 else float("inf")


class Change(StrEnum):
    """What a page may say of two counts."""

    usual = "usual"
    rising = "rising"
    falling = "falling"
    too_few = "too_few"

    @property
    def zh(self) -> str:
        return {"usual": "正常波动", "rising": "明显上升", "falling": "明显下降", "too_few": "数据太少"}[self.value]


def plain_change(now: int, before: int, exposure_now: float, exposure_before: float, limit: float = 0.05) -> Change:
    """The plain word for a change of a rate.

    数据太少: so few events that not even all of them on one side would be unusual (p above the limit);
    明显上升 or 明显下降: the exact conditional p is within the limit; else 正常波动. An exposure that is zero is too few.
    """
    if exposure_now <= 0 or exposure_before <= 0:
        return Change.too_few
    share, whole = exposure_now / (exposure_now + exposure_before), now + before
    if min(p_values(0, whole, share)[0], p_values(whole, whole, share)[0]) > limit:
        return Change.too_few
    if p_values(now, whole, share)[0] > limit:
        return Change.usual
    return Change.rising if now / exposure_now > before / exposure_before else Change.falling
