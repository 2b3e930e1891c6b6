"""申报期未满: what unripe months will come to, from earlier months that were as young once."""

from datetime import date, timedelta

import pytest

from wushang.analyse.cube import Asked
from wushang.analyse.cube.coming import coming, newest, unripe
from wushang.terms.period import Period, add_months, month_end

DATA_TO = date(2026, 3, 10)
YEAR = Asked(("injured_cases",), Period(date(2025, 4, 1), date(2026, 3, 31)), "month")


def injury(number: int, day: date, lag: int) -> dict:
    told = {"injury": number, "event": f"e{number}", "enterprise": 1, "employer": 1, "status": "reported", "at_work": True}
    return told | {"occurred": day, "reported": day + timedelta(days=lag)}


@pytest.fixture
def pool(pool_of):
    """Ten months, 2024-11 to 2025-08, of ten accidents each on the last day: six told within ten days, four after forty."""
    ends = [month_end(add_months(date(2024, 11, 1), n)) for n in range(10)]
    return pool_of(injuries=[injury(10 * m + n, end, 5 if n < 6 else 40) for m, end in enumerate(ends) for n in range(10)])


def test_a_month_ten_days_old_will_come_to_what_earlier_months_of_that_age_came_to(pool) -> None:
    """February ended ten days before the data do: 60 % are in, and 12 told will be 20; its interval holds that, and more than 12."""
    found = coming(pool, YEAR, DATA_TO, ["2026-01", "2026-02", "2026-03"])
    assert list(found) == ["2026-02"] and found["2026-02"].share == pytest.approx(0.6)  # January is ripe, March is not over
    total, low, high = found["2026-02"].of(12)
    assert total == pytest.approx(20) and 12 <= low < 20 < high


def test_a_quarter_and_january_with_february_are_foretold_from_spans_as_long(pool_of) -> None:
    """24 months of ten accidents on the last day, six told after five days, four after 45: of a quarter that ended ten days ago all of its
    first month are told and six of each other one; of two months twelve of twenty."""
    ends = [month_end(add_months(date(2023, 9, 1), n)) for n in range(24)]
    pool = pool_of(injuries=[injury(10 * m + n, end, 5 if n < 6 else 45) for m, end in enumerate(ends) for n in range(10)])
    by_quarter = Asked(YEAR.measures, YEAR.period, "town", "quarter")
    found = coming(pool, by_quarter, date(2026, 1, 10), ["2025Q3", "2025Q4", "2026Q1"])
    assert list(found) == ["2025Q4"] and found["2025Q4"].share == pytest.approx((10 + 6 + 6) / 30)
    by_season = Asked(YEAR.measures, YEAR.period, "season_month")
    told = coming(pool, by_season, DATA_TO, ["2026-02", "2026-03"])
    assert list(told) == ["2026-02"] and told["2026-02"].share == pytest.approx((6 + 6) / 20)
    assert coming(pool, by_season, date(2026, 4, 10), ["2026-02", "2026-03"])["2026-03"].share == pytest.approx(0.6), "a month of its own"


def test_what_cannot_be_foretold_is_not(pool) -> None:
    """By another date than that of the accident nothing is late; a share of the cases does not grow; two months teach nothing."""
    for asked in (Asked(YEAR.measures, YEAR.period, "month", basis="reported"), Asked(("serious_share",), YEAR.period, "month"),
                  Asked(YEAR.measures, YEAR.period, "kind")):  # fmt: skip
        assert coming(pool, asked, DATA_TO, ["2026-02"]) == {}
    assert coming(pool, YEAR, date(2025, 6, 10), ["2025-05"]) == {}


def test_of_the_newest_month_that_is_over_it_is_told_how_much_is_in(pool) -> None:
    assert newest(pool, DATA_TO)[0] == "2026-02" and newest(pool, DATA_TO)[1].share == pytest.approx(0.6)
    assert newest(pool, date(2026, 3, 31)) is None is newest(pool, None)  # March is over, and on its last day nobody had told anything


def test_unripe_is_what_ends_less_than_thirty_days_before_the_data_do() -> None:
    assert unripe(YEAR, "month", "2026-02", DATA_TO) and not unripe(YEAR, "month", "2026-01", DATA_TO)
    assert unripe(YEAR, "quarter", "2026Q1", DATA_TO) and not unripe(YEAR, "kind", "fire", DATA_TO)
