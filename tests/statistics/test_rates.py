import pytest

from wushang.statistics.rates import Change, plain_change, poisson_interval, rate_interval, rate_ratio


def test_one_accident_among_twenty_staff_is_anywhere_from_1_3_to_278_6_per_thousand() -> None:
    of = rate_interval(1, 20)
    assert (round(of.low, 1), round(of.high, 1)) == (1.3, 278.6)


def test_forty_accidents_among_two_thousand_are_14_3_to_27_2_per_thousand() -> None:
    of = rate_interval(40, 2000)
    assert (round(of.low, 1), round(of.high, 1)) == (14.3, 27.2)


def test_no_accident_has_an_upper_end_all_the_same() -> None:
    of = poisson_interval(0)
    assert of.low == 0 and round(of.high, 2) == 3.69


def test_seven_to_one_has_p_0_0703_and_an_interval_that_holds_no_change() -> None:
    told = rate_ratio(now=1, before=7, exposure_now=1, exposure_before=1)
    assert round(told.p, 4) == 0.0703
    assert round(told.mid_p, 3) == 0.039
    assert told.ratio == pytest.approx(1 / 7)
    assert (round(told.interval.low, 3), round(told.interval.high, 2)) == (0.003, 1.11)


def test_the_exposure_is_part_of_the_comparison() -> None:
    """The same counts with half the staff are a doubled rate."""
    told = rate_ratio(now=10, before=10, exposure_now=500, exposure_before=1000)
    assert told.ratio == pytest.approx(2)


def test_a_ratio_to_nothing_is_not_a_number_but_its_interval_is() -> None:
    told = rate_ratio(now=3, before=0, exposure_now=1, exposure_before=1)
    assert told.ratio is None and told.interval.high == float("inf") and told.interval.low > 0


def test_a_rate_without_staff_is_refused() -> None:
    with pytest.raises(ValueError):
        rate_interval(1, 0)


@pytest.mark.parametrize(
    ("now", "before", "exposure_now", "exposure_before", "word"),
    [
        (2, 1, 100, 100, "数据太少"),  # five events split 5:0 have p = 0.0625
        (5, 0, 100, 100, "数据太少"),
        (6, 0, 100, 100, "明显上升"),  # six events split 6:0 have p = 0.031
        (1, 7, 100, 100, "正常波动"),  # p = 0.0703
        (20, 40, 1000, 1000, "明显下降"),
        (20, 40, 500, 1000, "正常波动"),
        (3, 3, 0, 100, "数据太少"),
        (0, 0, 100, 100, "数据太少"),
    ],
)
def test_a_page_says_it_plainly(now: int, before: int, exposure_now: float, exposure_before: float, word: str) -> None:
    assert plain_change(now, before, exposure_now, exposure_before).zh == word


def test_falling_and_rising_are_told_by_the_rate_and_not_by_the_count() -> None:
    """Fewer events, but far fewer staff: the rate rose."""
    assert plain_change(now=30, before=40, exposure_now=100, exposure_before=1000) is Change.rising
