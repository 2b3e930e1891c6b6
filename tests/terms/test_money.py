from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wushang.terms.money import fen, half_up, millionths, percent, permille, share, times, yuan


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1,234.50", 123_450),
        ("１２３４．５", 123_450),
        ("￥12", 1_200),
        ("2万元", 2_000_000),
        ("1.5亿元", 15_000_000_000),
        ("-0.01", -1),
        ("0.005", 1),
        ("-0.005", -1),
        ("0.0049", 0),
        ("1130040 元", 113_004_000),
    ],
)
def test_yuan_as_written_become_fen(text, amount):
    assert fen(text) == amount


@pytest.mark.parametrize("text", ["", "无", "1,23", "1.2.3", "12 kg", "1e5"])
def test_what_is_no_amount_is_refused(text):
    with pytest.raises(ValueError, match="不是金额"):
        fen(text)


def test_floats_are_refused_since_they_lose_fen():
    with pytest.raises(TypeError):
        fen(0.1)  # type: ignore[arg-type]


@given(st.integers(-(10**15), 10**15))
def test_fen_to_yuan_and_back_loses_nothing(amount):
    assert fen(yuan(amount)) == amount
    assert fen(yuan(amount, grouped=False)) == amount


def test_yuan_are_grouped_for_reading():
    assert yuan(113_004_000) == "1,130,040.00"
    assert yuan(-5) == "-0.05"


def test_rates_become_millionths():
    assert millionths("0.9%") == millionths("9‰") == millionths("0.009") == millionths(Decimal("0.009")) == 9_000
    assert millionths("2.1‰") == 2_100
    with pytest.raises(ValueError, match="不是费率"):
        millionths("百分之一")


def test_a_rate_of_0_9_percent_with_120_percent_tier_is_1_08_percent():
    assert times(9_000, 1_200_000) == 10_800


def test_three_percent_of_a_levy_of_12_million_is_360_000():
    assert times(fen("1200万元"), millionths("3%")) == fen("360,000")


def test_22_of_262_is_8_4_percent_and_a_share_of_nothing_is_not_computable():
    assert share(22, 262) == 83_969
    assert percent(83_969) == "8.4%"
    assert share(1, 0) is None


def test_40_injuries_of_2000_are_20_per_mille():
    assert permille(share(40, 2_000) or 0) == "20.00‰"
    assert percent(-857_143) == "-85.7%"
    assert percent(-40) == "0.0%"
    assert permille(12_900, 0) == "13‰"


def test_a_half_is_rounded_away_from_zero():
    assert [half_up(n, 2) for n in (1, 3, -1, -3, 4)] == [1, 2, -1, -2, 2]
    assert half_up(1, -2) == -1
