"""What may be said of a count."""

from datetime import date

from wushang.terms.period import add_months
from wushang.web.meeting.figures import Pair
from wushang.web.meeting.words import against, change_said, expected


def test_a_township_far_above_the_rest_is_marked():
    assert against(30, 1000, 60, 10_000) == ("明显偏高", True)  # 30 ‰ against 3.3 ‰


def test_a_township_far_below_the_rest_is_marked():
    assert against(0, 5000, 60, 10_000) == ("明显偏低", True)


def test_a_township_like_the_rest_is_not_marked():
    assert against(6, 1000, 60, 10_000) == ("相当", False)


def test_a_township_with_less_than_five_expected_says_too_few():
    assert against(1, 500, 60, 10_000) == ("数据太少", False)  # 3 expected


def test_without_a_headcount_nothing_can_be_computed():
    assert against(3, 0, 60, 10_000) == ("不可计算", False)


def test_a_small_fall_is_within_the_usual():
    assert change_said(Pair(1203, 1282), 386_420, 383_353) == "比上年同期下降 6.2%（属正常波动）"


def test_a_large_rise_says_so():
    assert change_said(Pair(150, 100), 10_000, 10_000) == "比上年同期上升 50.0%（明显上升）"


def test_no_accident_last_year_is_no_percentage():
    assert change_said(Pair(3, 0), 10_000, 10_000).startswith("上年同期为 0")


def test_fewer_accidents_among_far_fewer_people_is_no_fall():
    said = change_said(Pair(95, 100), 2_000, 10_000)
    assert said == "比上年同期下降 5.0%（按参保人数折算明显上升）"


def test_the_expected_range_comes_from_the_twelve_months_before():
    march = date(2026, 3, 1)
    before = [add_months(march, -n) for n in range(1, 13)]
    found = expected(dict.fromkeys(before, 10), set(before), march)
    assert found is not None
    # 120 in 12 months: mean 10.04, variance 10.04 × (1 + 10.04 ÷ 120.5) = 10.88, so 10.04 ± 1.96 × 3.3 in whole numbers
    assert (found.low, found.high) == (4, 17)


def test_too_few_months_before_or_a_month_of_the_spring_festival_have_no_range():
    march = date(2026, 3, 1)
    some = [add_months(march, -n) for n in range(1, 6)]
    assert expected(dict.fromkeys(some, 10), set(some), march) is None
    many = [add_months(march, -n) for n in range(2, 14)]
    assert expected(dict.fromkeys(many, 10), set(many), date(2026, 2, 1)) is None
