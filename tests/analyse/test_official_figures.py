"""Figures that were printed (national, 厦门, 昆明), reckoned again: what adds up there adds up here.

Sources: 人社部 2021, 国家卫健委 2012–2021 (职业病), 厦门市 2016–2018, 昆明年鉴 2018; read 2026-11-22.
"""

from collections.abc import Callable
from datetime import date

import pytest
from analyse.test_measures import measured

from wushang.analyse.changes import per_cent
from wushang.analyse.measures import Ask, measures
from wushang.analyse.pareto import pareto
from wushang.pool.reading import Pool
from wushang.terms.money import fen
from wushang.terms.period import Period

QUARTERS = (3, 6, 9, 12)


def test_changes_that_were_printed() -> None:
    """28,287 万人 insured, 1,523 more than before; 15,407 diseases after 27,420; 厦门's cases of three years."""
    assert per_cent(28287, 28287 - 1523) == pytest.approx(5.69, abs=0.005)
    assert per_cent(15407, 27420) == pytest.approx(-43.8, abs=0.05)
    assert [round(per_cent(now, then) or 0, 2) for now, then in ((8235, 8110), (8715, 8235))] == [1.54, 5.83]


def test_the_ten_classes_of_2017_are_the_whole() -> None:
    """26,756 diseases; 尘肺 among the first class are shown beside it, not added."""
    classes = {"呼吸系统": 22790, "耳鼻喉口腔": 1608, "化学中毒": 1021, "传染病": 673, "物理因素": 399, "肿瘤": 85, "皮肤病": 83,
               "眼病": 70, "放射性": 15, "其他职业病": 12}  # fmt: skip
    rows = pareto([name for name, n in classes.items() for _ in range(n)], shown=2)
    assert sum(row.cases for row in rows) == 26756
    assert [(row.name, row.cases, str(row.share)) for row in rows] == [
        ("呼吸系统", 22790, "85.18"), ("耳鼻喉口腔", 1608, "6.01"), ("其他", 2358, "8.81"),
    ]  # fmt: skip


def test_three_trades_of_2015_have_61_03_per_cent() -> None:
    """Coal, non-ferrous ores and what helps mining, taken together, of 29,180."""
    three = 11625 + 3116 + 3069
    rows = pareto(["三行业"] * three + ["x"] * (29180 - three), shown=1)
    assert [(row.name, str(row.share)) for row in rows] == [("三行业", "61.03"), ("其他", "38.97")]


@pytest.fixture
def kunming(pool_of: Callable[..., Pool]) -> Pool:
    """昆明 2017, quarter by quarter: 万人 insured at its end; 亿元 levied and paid, printed from the year's beginning."""
    insured, levied, paid = (107.85, 107.98, 108.28, 108.67), ("0.94", "1.02", "1.37", "1.19"), ("0.64", "0.43", "0.75", "0.86")
    heads = [
        {"enterprise": 1, "month": date(2017, m, 1), "insured": round(n * 10_000), "paid": fen(money) * 100_000_000}
        for m, n, money in zip(QUARTERS, insured, levied, strict=True)
    ]
    given = [{"enterprise": 1, "month": date(2017, m, 1), "amount": fen(money) * 100_000_000} for m, money in zip(QUARTERS, paid, strict=True)]
    return pool_of(headcounts=heads, payments=given)


def asked(pool: Pool, code: str, start: date, end: date) -> float:
    rows = pool.fetch(measures()[code].value(pool, Ask(end, span=Period(start, end)))).to_pylist()
    return next(row["value"] for row in rows if row["enterprise"] == 1)


def test_kunming_s_average_headcount_is_the_mean_of_what_stood_at_the_ends(kunming: Pool) -> None:
    """(107.85 + 107.98 + 108.28 + 108.67) ÷ 4 = 108.195 万人."""
    assert asked(kunming, "average_headcount", date(2017, 1, 1), date(2017, 12, 31)) == 1_081_950


@pytest.mark.parametrize(("end", "ratio"), [(date(2017, 3, 31), 0.64 / 0.94), (date(2017, 6, 30), 1.07 / 1.96), (date(2017, 12, 31), 2.68 / 4.52)])
def test_kunming_s_benefits_over_contributions_from_the_year_s_beginning(kunming: Pool, end: date, ratio: float) -> None:
    """支缴率 68.1 % in the first quarter, 54.6 % to June, 59.3 % in the year: of sums, not the mean of quarters."""
    assert asked(kunming, "payment_ratio", date(2017, 1, 1), end) == pytest.approx(ratio * 100)


def test_another_year_is_not_mixed_in(kunming: Pool) -> None:
    assert measured(kunming, "average_headcount") == {1: None, 2: None}
