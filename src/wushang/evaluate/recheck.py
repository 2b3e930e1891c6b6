"""效果评估 of one enterprise, by the rule of S0.9 with every parameter of domain.md A0-rule. Numbers in, a verdict out.

“3个月后工伤事故总量与去年同期相比未实现30%以上降幅，或工伤事故发生率高于全市平均发生率”: 30%以上 includes 30 % (>=),
高于 is strict (a rate equal to the average passes), 或 means that one failed test is enough. The platform proposes;
a person signs.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from wushang.evaluate.window_figures import Figures, References

if TYPE_CHECKING:
    from datetime import date

    from wushang.judge.pack import Recheck


class Test(StrEnum):
    """How one of the two tests went."""

    __test__ = False  # not a class of tests for pytest

    passed = "passed"
    failed = "failed"
    not_asked = "not_asked"  # the rule compares with nothing
    unknown = "unknown"  # cannot be computed


class Verdict(StrEnum):
    """What the platform proposes."""

    passed = "passed"  # 建议办结
    failed = "failed"  # 建议列入重点监管并挂牌督办
    review = "review"  # 转人工核定
    unripe = "unripe"  # 申报期未满


@dataclass(frozen=True)
class Outcome:
    """The verdict, how it came about, and what a person must know before signing."""

    verdict: Verdict
    fall_test: Test
    rate_test: Test
    flags: tuple[str, ...] = ()  # small_baseline | zero_baseline | no_last_year | headcount_changed
    fall: Fraction | None = None  # (before - now) / before; None where there is no base
    rate: Fraction | None = None  # cases per head of the window
    reference: Fraction | None = None  # what it was compared with
    references: References = field(default_factory=References)


def judge(rule: Recheck, now: Figures, before: Figures, references: References, ripe_on: date, today: date) -> Outcome:
    """Figures of the window and of the same window last year, the rates to compare with, the day → the outcome."""
    fall_test, fall, flags = fall_of(rule, now, before)
    rate_test, reference = rate_of(rule, now, references)
    if _headcount_changed(rule, now, before):
        flags = (*flags, "headcount_changed")
    verdict = Verdict.unripe if today < ripe_on else _verdict(rule, fall_test, rate_test, flags)
    return Outcome(verdict, fall_test, rate_test, flags, fall, now.rate, reference, references)


def fall_of(rule: Recheck, now: Figures, before: Figures) -> tuple[Test, Fraction | None, tuple[str, ...]]:
    """Test 1: 30%以上降幅 of the accidents. Base 0: still 0 passes, more fails. Without last year: not asked."""
    if not before.known:
        return Test.not_asked, None, ("no_last_year",)
    if before.events == 0:
        return (Test.failed if now.events else Test.passed), None, ("zero_baseline",)
    fall = Fraction(before.events - now.events, before.events)
    enough = fall * 100 >= Fraction(str(rule.fall_percent))
    flags = ("small_baseline",) if before.events <= rule.small_baseline else ()
    return (Test.passed if enough else Test.failed), fall, flags


def rate_of(rule: Recheck, now: Figures, references: References) -> tuple[Test, Fraction | None]:
    """Test 2: a rate above (高于, strictly) the area's average of the same window fails."""
    if rule.compare_with == "none":
        return Test.not_asked, None
    reference = references.by_name(rule.compare_with)
    if now.rate is None or reference is None:
        return Test.unknown, reference
    return (Test.failed if now.rate > reference else Test.passed), reference


def _verdict(rule: Recheck, fall: Test, rate: Test, flags: tuple[str, ...]) -> Verdict:
    asked = [test for test in (fall, rate) if test is not Test.not_asked]
    if "small_baseline" in flags or not asked:
        return Verdict.review
    failed = [test is Test.failed for test in asked]
    decided = any(failed) if rule.combination == "or" else all(failed)
    if Test.unknown in asked and not (decided and rule.combination == "or"):
        return Verdict.review
    return Verdict.failed if decided else Verdict.passed


def _headcount_changed(rule: Recheck, now: Figures, before: Figures) -> bool:
    if not now.headcount or not before.headcount:
        return False
    return abs(now.headcount - before.headcount) / before.headcount * 100 > Fraction(str(rule.headcount_limit))
