"""The rule of S0.9 on numbers counted by hand (domain.md A0-rule, A5; anchors.md S4 and S5)."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from scipy.stats import beta

from wushang.evaluate.honest import basis, honestly
from wushang.evaluate.recheck import Test, Verdict, judge
from wushang.evaluate.sentences import plainly, sentences
from wushang.evaluate.window_figures import Figures, Held, References, mean, pooled
from wushang.evaluate.windows import last_year, windows
from wushang.judge.pack import Grounds, Recheck
from wushang.terms.period import Period

RULE = Recheck(
    after="3 months", start="accepted", window="same_length", scope="at_work", fall_percent=30, compare_with="pooled",
    combination="or", small_baseline=2, lag="30 days", grounds=Grounds("document", "3个月后…未实现30%以上降幅"),
)  # fmt: skip
RIPE, LATER = date(2026, 8, 17), date(2026, 9, 1)
CITY = References(pooled=Fraction(20, 1000), mean=Fraction(30, 1000), industry=Fraction(10, 1000))


def unit(events: int, heads: int = 1000, cases: int | None = None) -> Figures:
    """Accidents of a unit with the same headcount in four months."""
    return Figures(events, events if cases is None else cases, heads * 4, 4 if heads else 0)


def verdict(now, before, rule=RULE, references=CITY, today=LATER):
    return judge(rule, now, before, references, RIPE, today)


@pytest.mark.parametrize(
    ("now", "before", "expected"),
    [
        (7, 10, Test.passed),  # exactly 30 %: 以上 includes it
        (8, 10, Test.failed),  # 20 %
        (1, 7, Test.passed),  # W3: 85.7 %
        (3, 3, Test.failed),
        (0, 0, Test.passed),  # base 0, still 0
        (1, 0, Test.failed),  # base 0, more than 0
    ],
)
def test_thirty_per_cent_or_more_passes_and_a_base_of_zero_passes_only_with_zero(now, before, expected):
    assert verdict(unit(now), unit(before)).fall_test is expected


def test_a_rate_equal_to_the_average_is_not_above_it():
    assert verdict(unit(20), unit(60)).rate_test is Test.passed  # 20 of 1,000 = 20‰
    assert verdict(unit(21), unit(60)).rate_test is Test.failed


def test_or_means_that_one_failed_test_is_enough():
    assert verdict(unit(21), unit(60)).verdict is Verdict.failed  # −65 %, but 21‰ > 20‰
    assert verdict(unit(21), unit(60), replace(RULE, combination="and")).verdict is Verdict.passed
    assert verdict(unit(21), unit(21), replace(RULE, combination="and")).verdict is Verdict.failed
    assert verdict(unit(20), unit(60)).verdict is Verdict.passed


def test_the_rate_counts_people_and_the_fall_counts_accidents():
    outcome = verdict(unit(5, cases=25), unit(10))  # one accident may hurt several
    assert (outcome.fall_test, outcome.rate_test) == (Test.passed, Test.failed)
    assert (outcome.fall, outcome.rate) == (Fraction(1, 2), Fraction(25, 1000))


@pytest.mark.parametrize(
    ("name", "expected"), [("pooled", Test.passed), ("mean", Test.passed), ("industry", Test.failed)]
)
def test_the_average_may_be_pooled_the_mean_of_units_or_the_industry(name, expected):
    assert verdict(unit(15), unit(60), replace(RULE, compare_with=name)).rate_test is expected


def test_a_base_of_one_or_two_goes_to_a_person_and_three_does_not():
    assert verdict(unit(1), unit(2)).verdict is Verdict.review
    assert verdict(unit(0), unit(1)).flags == ("small_baseline",)
    assert verdict(unit(2), unit(3)).verdict is Verdict.passed
    assert verdict(unit(2), unit(3), replace(RULE, small_baseline=5)).verdict is Verdict.review


def test_a_new_unit_is_judged_by_its_rate_alone():
    nothing = Figures(0, 0)
    assert verdict(unit(20), nothing).flags == ("no_last_year",)
    assert verdict(unit(20), nothing).verdict is Verdict.passed
    assert verdict(unit(21), nothing).verdict is Verdict.failed
    assert verdict(unit(21), nothing, replace(RULE, compare_with="none")).verdict is Verdict.review


def test_without_a_headcount_the_rate_is_unknown_and_never_zero():
    outcome = verdict(unit(5, heads=0), unit(10))
    assert (outcome.rate, outcome.rate_test, outcome.verdict) == (None, Test.unknown, Verdict.review)
    assert verdict(unit(9, heads=0), unit(10)).verdict is Verdict.failed  # the fall alone already fails


def test_nothing_is_judged_before_the_figures_are_ripe():
    assert verdict(unit(1), unit(7), today=date(2026, 8, 16)).verdict is Verdict.unripe
    assert verdict(unit(1), unit(7), today=RIPE).verdict is Verdict.passed


def test_a_headcount_that_moved_by_more_than_a_fifth_is_told():
    assert "headcount_changed" in verdict(unit(3, heads=79), unit(10, heads=100)).flags
    assert "headcount_changed" not in verdict(unit(3, heads=80), unit(10, heads=100)).flags
    own = replace(RULE, headcount_percent=12.5)
    assert "headcount_changed" in verdict(unit(3, heads=87), unit(10, heads=100), own).flags
    assert "headcount_changed" not in verdict(unit(3, heads=700), unit(10, heads=800), own).flags  # 12.5 % and no more


def test_the_pooled_rate_is_not_the_mean_of_the_units():
    city = [unit(1, heads=20), unit(40, heads=2000), Figures(3, 3)]  # W12; the third has no headcount: left out
    assert pooled(city) == Fraction(41, 2020)
    assert mean(city) == Fraction(1, 2) * (Fraction(1, 20) + Fraction(40, 2000))
    assert pooled([]) is None


def test_three_months_after_the_18th_of_april_end_on_the_18th_of_july():
    seen = windows(RULE, date(2026, 4, 18))
    assert seen.after == Period(date(2026, 4, 19), date(2026, 7, 18))
    assert seen.to_date == Period(date(2026, 1, 1), date(2026, 7, 18))
    assert last_year(seen.after) == Period(date(2025, 4, 19), date(2025, 7, 18))
    assert seen.ripe_on == RIPE
    assert seen.chosen(RULE) == seen.after
    assert seen.chosen(replace(RULE, window="year_to_date")) == seen.to_date


def test_thirtieth_of_november_plus_three_months_is_clipped_to_february():
    assert windows(RULE, date(2026, 11, 30)).after == Period(date(2026, 12, 1), date(2027, 2, 28))


def test_the_sentences_say_the_figures_the_tests_and_who_decides():
    seen = windows(RULE, date(2026, 4, 18))
    now, before = unit(1, heads=100), unit(7, heads=100)
    outcome = verdict(now, before)
    assert sentences(RULE, seen.after, now, before, outcome, seen.ripe_on, "全市") == [
        "2026年4月19日至7月18日发生 1 起，上年同期 7 起，下降 85.7%，达到“30%以上降幅”。",
        "发生率 10.00‰（平均参保 100 人），不高于全市平均 20.00‰。",
        "同行业平均 10.00‰，供参考。",
        "建议办结，由签发人确认。",
    ]
    assert "不高于全县平均" in sentences(RULE, seen.after, now, before, outcome, seen.ripe_on, "全县")[1]


def test_a_small_base_and_a_failure_are_said_in_words():
    period = Period(date(2026, 11, 1), date(2027, 1, 31))
    now, before = unit(3, heads=70), unit(2, heads=100)
    said = sentences(RULE, period, now, before, verdict(now, before), RIPE, "全市")
    assert said[0] == "2026年11月1日至2027年1月31日发生 3 起，上年同期 2 起，上升 50.0%，未达到“30%以上降幅”。"
    assert said[2].startswith("上年同期只有 2 起，基数过小")
    assert "由 100 人变为 70 人，分母大幅变化" in said[3]
    failed = verdict(unit(9), unit(10))
    assert sentences(RULE, period, unit(9), unit(10), failed, RIPE, "全市")[-1].endswith("由签发人决定，不自动列入。")


def test_seven_to_one_is_not_conclusive():
    told = basis(RULE, unit(1, heads=100), unit(7, heads=100))  # anchors.md S4: exact p = .0703, interval 0.003–1.11
    assert told["p"] == pytest.approx(0.0703, abs=1e-4)
    assert (told["low"], told["high"]) == (pytest.approx(0.003, abs=0.0005), pytest.approx(1.11, abs=0.005))
    assert told["word"] == "正常波动"
    assert plainly(told) == "从统计上看，发生率的变化属正常波动。"
    assert plainly(basis(RULE, unit(1, heads=100), unit(2, heads=100))) == "数据太少，看不出风险有没有变化。"
    assert plainly(basis(RULE, unit(1, heads=0), unit(7, heads=100))) == ""


def test_the_rules_errors_are_told_for_a_unit_of_this_size():
    """A mean of 4 a window: 33 of 100 that did not change pass (simulated, anchors.md S5); and some that halved fail."""
    told = basis(RULE, unit(1), unit(7))
    assert told["mean"] == 4 and told["luck"] == pytest.approx(0.33, abs=0.007) and 0.2 < told["false_fail"] < 0.4
    assert basis(RULE, unit(0), unit(0)) | {"luck": 0.0, "mean": 0.0} == basis(RULE, unit(0), unit(0)) and honestly(basis(RULE, unit(0), unit(0))) == ""


def test_the_risk_itself_is_less_likely_to_have_fallen_than_the_count():
    """7 → 1: P(B ≤ 0.7/1.7) of beta(1½, 7½) is .958; among units of which 2 are usual less, since the 7 were partly chance:
    beta(1½, 9) at 0.35/1.35."""
    alone = basis(RULE, unit(1, heads=100), unit(7, heads=100))
    known = basis(RULE, unit(1, heads=100), unit(7, heads=100), Held(2.0, 100.0))
    assert alone["fell"] == pytest.approx(beta.cdf(0.7 / 1.7, 1.5, 7.5), abs=1e-4) and 0.955 < alone["fell"] < 0.96
    assert known["fell"] == pytest.approx(beta.cdf(0.35 / 1.35, 1.5, 9), abs=1e-4) and known["fell"] < alone["fell"] - 0.05
    assert honestly(known).startswith("风险真正下降30%以上的可能约 ") and "会算作未达到" in honestly(known)
    assert "fell" not in basis(RULE, unit(1, heads=0), unit(7, heads=100)), "without people there is no rate"


def test_a_month_without_headcounts_is_told():
    period = Period(date(2026, 4, 19), date(2026, 7, 18))  # touches four months
    now = Figures(1, 1, 300, 3)
    said = sentences(RULE, period, now, unit(7, heads=100), verdict(now, unit(7, heads=100)), RIPE, "全市")
    assert "参保人数只报了 3 个月（应为 4 个月），发生率按已报月份的平均计算。" in said
