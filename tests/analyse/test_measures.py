"""Every measure on rows counted by hand. Unit 1 has the rows; unit 2 has none."""

from collections.abc import Callable
from datetime import date

import pytest

from wushang.analyse.measures import Ask, measures

AS_OF = date(2026, 3, 20)


def injury(number: int, event: str = "", occurred: date = date(2026, 2, 1), **more) -> dict:
    told = {"injury": number, "event": event or f"e{number}", "enterprise": 1, "employer": 1, "occurred": occurred}
    return told | {"status": "reported", "at_work": True, "severity": "minor"} | more


def staff(month: int, insured: int, enterprise: int = 1, year: int = 2026) -> dict:
    return {"enterprise": enterprise, "month": date(year, month, 1), "insured": insured}


def measured(pool, code: str, **ask) -> dict[int, float | None]:
    rows = pool.fetch(measures()[code].value(pool, Ask(AS_OF, **ask))).to_pylist()
    return {row["enterprise"]: row["value"] for row in rows}


def test_events_count_an_accident_once_however_many_were_hurt(pool_of: Callable) -> None:
    pool = pool_of(injuries=[injury(1, "a"), injury(2, "a"), injury(3, "b"), injury(4, "c", date(2025, 12, 31))])
    assert measured(pool, "injury_events") == {1: 2, 2: 0}


def test_cases_count_every_person_hurt(pool_of: Callable) -> None:
    pool = pool_of(injuries=[injury(1, "a"), injury(2, "a"), injury(3, "b"), injury(4, "c", date(2025, 12, 31))])
    assert measured(pool, "injured_cases") == {1: 3, 2: 0}


def test_an_injury_counts_at_the_unit_where_the_work_was_done(pool_of: Callable) -> None:
    """A dispatched worker (劳务派遣): employer 1, host 2."""
    pool = pool_of(
        injuries=[injury(1, enterprise=2, host=2), injury(2), injury(3), injury(4, enterprise=None, employer=None)]
    )
    assert measured(pool, "injury_events") == {1: 2, 2: 1}


def test_commuting_counts_only_where_all_are_asked_for(pool_of: Callable) -> None:
    pool = pool_of(injuries=[injury(1), injury(2, at_work=False), injury(3), injury(4, at_work=False)])
    assert measured(pool, "injury_events")[1] == 2
    assert measured(pool, "injury_events", scope="all")[1] == 4


def test_what_was_refused_or_withdrawn_never_counts(pool_of: Callable) -> None:
    states = ["reported", "accepted", "recognised", "deemed", "refused", "withdrawn"]
    pool = pool_of(injuries=[injury(n, status=state) for n, state in enumerate(states)])
    assert measured(pool, "injury_events")[1] == 4
    assert measured(pool, "injury_events", status="accepted")[1] == 3
    assert measured(pool, "injury_events", status="recognised")[1] == 2


def test_the_basis_decides_which_date_must_lie_in_the_window(pool_of: Callable) -> None:
    """Occurred in December, reported in January, recognised in March; one more not recognised yet."""
    late = injury(1, occurred=date(2025, 12, 20), reported=date(2026, 1, 5), recognised=date(2026, 3, 1))
    fresh = injury(2, occurred=date(2026, 3, 19), reported=date(2026, 3, 20))
    pool = pool_of(injuries=[late, fresh])
    assert measured(pool, "injury_events")[1] == 1
    assert measured(pool, "injury_events", basis="reported")[1] == 2
    assert measured(pool, "injury_events", basis="recognised")[1] == 1


def test_windows_include_both_ends(pool_of: Callable) -> None:
    days = [date(2025, 12, 31), date(2026, 1, 1), date(2026, 3, 20), date(2026, 3, 21)]
    pool = pool_of(injuries=[injury(n, occurred=day) for n, day in enumerate(days)])
    assert measured(pool, "injury_events")[1] == 2
    assert measured(pool, "injury_events", window="last_12_months")[1] == 3
    assert measured(pool, "injury_events", window="month")[1] == 1


def test_serious_and_fatal_are_told_apart(pool_of: Callable) -> None:
    grave = ["minor", "serious", "serious", "fatal"]
    pool = pool_of(injuries=[injury(n, severity=how) for n, how in enumerate(grave)])
    assert measured(pool, "serious_cases") == {1: 2, 2: 0}
    assert measured(pool, "fatal_cases") == {1: 1, 2: 0}


def test_the_worst_grade_is_the_smallest_and_no_grade_is_missing(pool_of: Callable) -> None:
    """0 stands for 未达级: no grade."""
    pool = pool_of(injuries=[injury(1, grade=9), injury(2, grade=7), injury(3, grade=0), injury(4, grade=None)])
    assert measured(pool, "worst_grade") == {1: 7, 2: None}


def test_the_average_headcount_is_the_mean_of_the_months_delivered(pool_of: Callable) -> None:
    """March is not delivered yet; a second mode of insurance in January adds up within the month."""
    pool = pool_of(headcounts=[staff(1, 90), staff(1, 10), staff(2, 120), staff(12, 500, year=2025)])
    assert measured(pool, "average_headcount") == {1: 110.0, 2: None}


def test_the_rate_is_cases_per_thousand_of_the_average_headcount(pool_of: Callable) -> None:
    """3 cases among (100 + 200) ÷ 2 = 150 staff: 20 ‰."""
    pool = pool_of(
        injuries=[injury(1), injury(2), injury(3)], headcounts=[staff(1, 100), staff(2, 200), staff(2, 50, 2)]
    )
    assert measured(pool, "incidence_rate") == {1: 20.0, 2: 0.0}


def test_a_rate_without_staff_is_missing_and_never_zero(pool_of: Callable) -> None:
    pool = pool_of(injuries=[injury(1)], headcounts=[staff(1, 0), staff(2, 0)])
    assert measured(pool, "incidence_rate") == {1: None, 2: None}


def test_a_threshold_that_is_met_exactly_is_met(pool_of: Callable) -> None:
    """40 of 2,000 are 20 ‰ and not 19.999…; so are 7 of 350 over three uneven months."""
    pool = pool_of(injuries=[injury(n) for n in range(7)], headcounts=[staff(1, 349), staff(2, 350), staff(3, 351)])
    assert measured(pool, "incidence_rate")[1] == 20.0


def test_the_areas_rate_is_pooled_and_not_the_mean_of_rates(pool_of: Callable) -> None:
    """4 cases; month-end totals 1,000 and 900, mean 950: 4.21 ‰; the mean of 30 ‰ and 1.1 ‰ would be 15.6 ‰."""
    injuries = [injury(1), injury(2), injury(3), injury(4, enterprise=2, employer=2)]
    pool = pool_of(injuries=injuries, headcounts=[staff(1, 100), staff(1, 900, 2), staff(2, 900, 2)])
    assert measured(pool, "pooled_incidence_rate") == {1: 4 * 1000 * 2 / 1900, 2: 4 * 1000 * 2 / 1900}


def test_a_hazard_is_open_from_the_day_it_was_found_until_the_day_it_was_closed(pool_of: Callable) -> None:
    def hazard(opened: date, closed: date | None) -> dict:
        return {"enterprise": 1, "kind": "noise", "opened": opened, "closed": closed}

    pool = pool_of(
        disease_hazards=[
            hazard(date(2025, 5, 1), None),
            hazard(date(2025, 5, 1), date(2026, 3, 20)),
            hazard(date(2026, 3, 20), date(2026, 3, 21)),
            hazard(date(2026, 3, 21), None),
        ]
    )
    assert measured(pool, "disease_hazards", window="open") == {1: 2, 2: 0}
    assert measured(pool, "disease_hazards", window="month") == {1: 1, 2: 0}


def test_the_gravest_accident_is_taken_column_by_column_and_none_is_zero(pool_of: Callable) -> None:
    def accident(occurred: date, dead: int, serious: int | None, loss: int | None, productive: bool | None = True) -> dict:
        return {"enterprise": 1, "occurred": occurred, "dead": dead, "serious": serious, "loss": loss, "productive": productive}

    pool = pool_of(
        accidents=[
            accident(date(2026, 1, 5), 2, None, 12_345_600),
            accident(date(2026, 2, 5), 1, 9, None, productive=None),
            accident(date(2026, 3, 5), 30, 0, 0, productive=False),
            accident(date(2025, 12, 31), 40, 0, 0),
        ]
    )
    assert measured(pool, "accidents") == {1: 2, 2: 0}
    assert measured(pool, "accident_dead") == {1: 2, 2: 0}
    assert measured(pool, "accident_serious") == {1: 9, 2: 0}
    assert measured(pool, "accident_loss") == {1: 12.3456, 2: 0}
    assert measured(pool, "accident_dead", not_before=date(2026, 2, 1))[1] == 1


@pytest.mark.parametrize("code", sorted(measures()))
def test_a_measure_says_what_it_is_and_answers_for_every_unit(pool_of: Callable, code: str) -> None:
    measure = measures()[code]
    assert str(measure.title) and measure.title_en and measure.unit and str(measure.formula) and measure.source
    window = "open" if code == "disease_hazards" else "year_to_date"
    assert set(measured(pool_of(), code, window=window)) == {1, 2}


def test_what_came_before_a_day_can_be_left_out(pool_of: Callable) -> None:
    pool = pool_of(injuries=[injury(1, occurred=date(2026, 2, 28)), injury(2, occurred=date(2026, 3, 1))])
    assert measured(pool, "injury_events", not_before=date(2026, 3, 1))[1] == 1


def test_shares_and_rates_by_hand(pool_of: Callable) -> None:
    """Four cases: one serious, one fatal; two of three known tenures in the first year; 40 staff in both months."""
    rows = [
        injury(1, tenure_days=10, grade=0), injury(2, tenure_days=364, grade=9, severity="serious"),
        injury(3, tenure_days=365, severity="fatal", reported=date(2026, 3, 2)),
        injury(4, recognised=date(2026, 3, 1), status="recognised"),
    ]  # fmt: skip
    pool = pool_of(injuries=rows, headcounts=[staff(1, 40), staff(2, 40)])
    known = {
        "serious_share": 50.0, "new_worker_share": 200 / 3, "disabled_share": 50.0, "serious_rate": 25.0, "fatal_rate": 25.0,
        "claimed_cases": 1, "recognised_cases": 1, "injured_persons": 4,
        "frequency_rate": 4e6 / (40 * 248 * 8 * (2 + 20 / 31) / 12),  # January, February and 20 days of March
    }  # fmt: skip
    for code, value in known.items():
        assert measured(pool, code)[1] == pytest.approx(value), code
    assert measured(pool, "serious_share")[2] is None and measured(pool, "claimed_cases")[2] == 0
