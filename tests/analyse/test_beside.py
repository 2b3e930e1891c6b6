"""A unit beside those alike: the word follows both the exact comparison and the line of the picture."""

from datetime import date

import pytest

from wushang.analyse.beside import Beside, Held
from wushang.statistics.rates import Change
from wushang.terms.period import Period

YEAR = Period(date(2025, 1, 1), date(2025, 12, 31))


def told(cases: int, people: float = 100, tau2: float = 0.0) -> Beside:
    """Beside 20 units that have 40 cases of 2,000 workers in a year: 20 ‰."""
    return Beside(YEAR, Held(cases, people), Held(40, 2000), 20, 50, 200, tau2)


def test_what_is_expected_is_the_rate_of_the_others():
    assert told(5).expected == 2 and told(5).own.rate == 50 and told(5).alike.rate == 20


@pytest.mark.parametrize(("cases", "people", "word"), [
    (2, 100, Change.usual), (5, 100, Change.usual), (8, 100, Change.rising), (0, 100, Change.usual), (1, 500, Change.falling),
    (0, 40, Change.too_few), (1, 40, Change.too_few), (5, 40, Change.rising),
])  # fmt: skip
def test_high_low_alike_or_too_few(cases, people, word):
    """Of 40 people 0.8 are expected, of 100 two, of 500 ten."""
    assert told(cases, people).word == word


def test_where_units_alike_differ_much_more_is_needed_to_be_called_high():
    """τ² = 0.25: up to 2 × (1 + 1.96 × √(0.125 + 0.25))² = 9.7 cases are usual among them."""
    assert told(8, tau2=0.25).word == Change.usual and told(10, tau2=0.25).word == Change.rising
    assert float(told(8, tau2=0.25).limits(2).high) == pytest.approx(9.68, abs=0.01)
