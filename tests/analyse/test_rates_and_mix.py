"""Rates, shares and the severity index on rows counted by hand. Unit 1 has the rows; unit 2 has none."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from analyse.test_measures import injury, measured, staff

from wushang.analyse.cube import Asked, reckon
from wushang.analyse.cube import reckoning as module
from wushang.analyse.dimensions import dimensions
from wushang.analyse.headcounts import legal_hours, years
from wushang.analyse.measures import BASES, SCOPES, Ask, measures
from wushang.terms.period import Period

FORTY = [staff(1, 40), staff(2, 40)]  # 80 worker-months, 40 on average
HOURS = 40 * 248 * 8 * (2 + 20 / 31) / 12  # to 20 March, whose headcount is not delivered yet


def test_rates_of_deaths_and_of_all_else_add_up_to_the_rate_of_all(pool_of: Callable) -> None:
    """One dead, one serious, one of whom nobody says how badly: 1 and 2 of 3."""
    rows = [injury(1, severity="fatal"), injury(2, severity="serious"), injury(3, severity=None)]
    pool = pool_of(injuries=rows, headcounts=FORTY)
    assert measured(pool, "fatal_frequency_rate")[1] == pytest.approx(1e6 / HOURS)
    assert measured(pool, "nonfatal_frequency_rate")[1] == pytest.approx(2e6 / HOURS)
    assert measured(pool, "fatal_per_100000") == {1: 2500.0, 2: None}
    assert measured(pool, "nonfatal_per_100000")[1] == 5000.0
    assert measured(pool, "incidence_rate")[1] == 75.0 and measured(pool, "incidence_percent")[1] == 7.5


def test_a_person_hurt_twice_counts_once_among_a_thousand(pool_of: Callable) -> None:
    """Worker 7 twice, an unknown one once: 2 persons of 40; 3 cases."""
    pool = pool_of(injuries=[injury(1, worker=7), injury(2, worker=7), injury(3)], headcounts=FORTY)
    assert measured(pool, "injured_rate") == {1: 50.0, 2: None}
    assert measured(pool, "incidence_rate")[1] == 75.0


def told(pool, code: str, start: date, end: date) -> dict[int, float | None]:
    rows = pool.fetch(measures()[code].value(pool, Ask(end, span=Period(start, end)))).to_pylist()
    return {row["enterprise"]: row["value"] for row in rows}


def test_a_month_s_rate_as_of_a_year_is_twelve_times_it(pool_of: Callable) -> None:
    """March: 1 of 50 is 20 ‰ in the month, 240 ‰ in a year; January to March: 3 of 130 ÷ 3, four times in a year."""
    rows = [injury(1), injury(2), injury(3, occurred=date(2026, 3, 2))]
    pool = pool_of(injuries=rows, headcounts=[*FORTY, staff(3, 50)])
    march = date(2026, 3, 1), date(2026, 3, 31)
    assert told(pool, "incidence_rate", *march)[1] == 20.0 and told(pool, "annual_incidence_rate", *march) == {1: 240.0, 2: None}
    assert told(pool, "annual_incidence_rate", date(2026, 1, 1), march[1])[1] == pytest.approx(3 * 1000 / (130 / 3) * 4)


def test_a_month_whose_headcount_is_to_come_does_not_swell_what_is_reckoned_by_time(pool_of: Callable) -> None:
    """To 20 March with January and February delivered: 3 of 40 in 2 months and 20 of 31 days, not in 2 months."""
    pool = pool_of(injuries=[injury(1), injury(2), injury(3, occurred=date(2026, 3, 2))], headcounts=FORTY)
    assert measured(pool, "annual_incidence_rate")[1] == pytest.approx(75 * 12 / (2 + 20 / 31))
    assert measured(pool, "frequency_rate")[1] == pytest.approx(3e6 / HOURS)


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [(date(2026, 1, 1), date(2026, 12, 31), 248 * 8), (date(2024, 1, 1), date(2024, 12, 31), 2000), (date(2007, 1, 1), date(2007, 12, 31), 2000),
     (date(2024, 12, 1), date(2025, 1, 31), (250 + 248) * 8 / 12), (date(2025, 3, 21), date(2026, 3, 20), 248 * 8)],
)  # fmt: skip
def test_legal_hours_are_250_days_a_year_and_248_since_2025(start: date, end: date, hours: float) -> None:
    assert legal_hours(Period(start, end)) == pytest.approx(hours)
    assert years(Period(start, end)) == pytest.approx(1 if hours > 1000 else 2 / 12)


def test_a_year_s_rate_is_the_same_as_of_a_year(pool_of: Callable) -> None:
    pool = pool_of(injuries=[injury(1, occurred=date(2025, 5, 1))], headcounts=[staff(m, 50, year=2025) for m in range(1, 13)])
    year = date(2025, 1, 1), date(2025, 12, 31)
    assert told(pool, "incidence_rate", *year) == told(pool, "annual_incidence_rate", *year) == {1: 20.0, 2: None}


def test_cases_are_set_against_the_working_days_of_their_time(pool_of: Callable, monkeypatch: pytest.MonkeyPatch) -> None:
    """2025: January 23 weekdays − 1st, 28th–31st + Sunday 26th = 19; February 20 − 3rd, 4th + Saturday 8th = 19; April 22 − 4th + 27th."""
    monkeypatch.setattr(module, "filled_tables", lambda _commit: frozenset({"injuries"}))
    days = [date(2025, 1, 6), date(2025, 1, 7), date(2025, 2, 10), date(2025, 3, 3)]
    pool = pool_of(injuries=[injury(n, occurred=day) for n, day in enumerate(days)])
    ask = Asked(("cases_per_working_day",), Period(date(2025, 1, 1), date(2025, 4, 30)), down="month")
    months, joined = reckon(pool, ask), reckon(pool, replace(ask, down="season_month"))
    over = {key: months.figure("cases_per_working_day", key).over for key in months.down}
    assert over == {"2025-01": 19, "2025-02": 19, "2025-03": 21}
    assert months.figure("cases_per_working_day", "2025-01").value == pytest.approx(2 / 19)
    assert months.figure("cases_per_working_day", "2025-04").value == 0
    assert joined.figure("cases_per_working_day", "2025-02").value == pytest.approx(3 / 38)
    assert months.figure("cases_per_working_day").value == pytest.approx(4 / (19 + 19 + 21 + 22))
    alone = pool.fetch(measures()["cases_per_working_day"].value(pool, ask.ask)).to_pylist()
    assert {row["enterprise"]: row["value"] for row in alone} == {1: pytest.approx(4 / 81), 2: 0.0}


@pytest.mark.parametrize(
    ("code", "key", "span"),
    [("year", "2024", (date(2024, 1, 1), date(2024, 12, 31))), ("quarter", "2024Q1", (date(2024, 1, 1), date(2024, 3, 31))),
     ("quarter", "2024Q4", (date(2024, 10, 1), date(2024, 12, 31))), ("month", "2024-02", (date(2024, 2, 1), date(2024, 2, 29))),
     ("season_month", "2024-02", (date(2024, 1, 1), date(2024, 2, 29))), ("season_month", "2024-03", (date(2024, 3, 1), date(2024, 3, 31)))],
)  # fmt: skip
def test_the_days_of_a_time(code: str, key: str, span: tuple[date, date]) -> None:
    assert dimensions()[code].span(key) == Period(*span)


def test_the_disability_mix_adds_up_to_a_hundred(pool_of: Callable) -> None:
    """Grades 3, 5, 6, 7, 10, 10, 未达级 twice, two dead of whom one was graded 1; one not assessed yet: 10 are known."""
    grades = [3, 5, 6, 7, 10, 10, 0, 0]
    rows = [injury(n, grade=grade) for n, grade in enumerate(grades)]
    rows += [injury(11, severity="fatal", grade=1), injury(12, severity="fatal"), injury(13, grade=None)]
    pool = pool_of(injuries=rows)
    mix = {"total_disability_share": 10.0, "major_disability_share": 20.0, "partial_disability_share": 30.0, "no_grade_share": 20.0,
           "fatal_share": 20.0}  # fmt: skip
    assert {code: measured(pool, code)[1] for code in mix} == mix and sum(mix.values()) == 100
    assert all(measured(pool, code)[2] is None for code in mix)


def test_nobody_assessed_is_no_mix(pool_of: Callable) -> None:
    pool = pool_of(injuries=[injury(1), injury(2)])
    assert measured(pool, "partial_disability_share") == measured(pool, "fatal_share") == {1: None, 2: None}


def test_the_first_month_ends_with_the_thirtieth_day(pool_of: Callable) -> None:
    """0 and 29 days of four known; 30 and 400 are longer; one unknown."""
    pool = pool_of(injuries=[injury(n, tenure_days=days) for n, days in enumerate((0, 29, 30, 400, None))])
    assert measured(pool, "first_month_share") == {1: 50.0, 2: None}


def test_the_severity_index_weighs_death_then_grade_then_severity(pool_of: Callable) -> None:
    """Dead with a grade 6000, grade 10 1556, serious without a grade 105, 未达级 but serious 105, minor 1, unknown 0."""
    rows = [
        injury(1, severity="fatal", grade=1), injury(2, severity="minor", grade=10), injury(3, severity="serious"),
        injury(4, severity="serious", grade=0), injury(5), injury(6, severity=None),
    ]  # fmt: skip
    assert measured(pool_of(injuries=rows), "severity_index") == {1: 6000 + 1556 + 105 + 105 + 1, 2: 0}


def test_a_place_may_weigh_otherwise(pool_of: Callable, settings) -> None:
    settings.WUSHANG_SEVERITY_DAYS = settings.WUSHANG_SEVERITY_DAYS | {"10": 900}
    assert measured(pool_of(injuries=[injury(1, grade=10)]), "severity_index")[1] == 900


def test_claims_are_in_time_to_the_thirtieth_day(pool_of: Callable) -> None:
    """Accident on 30 January: 1 March is the 30th day, 2 March the 31st; a disease and one without a claim do not count."""
    day = date(2026, 1, 30)
    rows = [
        injury(1, occurred=day, reported=date(2026, 3, 1)), injury(2, occurred=day, reported=date(2026, 3, 2)),
        injury(3, occurred=date(2025, 12, 1), reported=date(2025, 12, 2)), injury(4, occurred=day),
        injury(5, occurred=day, reported=date(2026, 3, 20), situation="14-4"),
        injury(6, occurred=day, reported=day, situation="14-1"),
    ]  # fmt: skip
    assert measured(pool_of(injuries=rows), "claimed_on_time_share") == {1: pytest.approx(200 / 3), 2: None}


def test_decisions_are_in_time_to_the_sixtieth_day(pool_of: Callable, settings) -> None:
    """Accepted on 1 January: 2 March is the 60th day after it, 3 March the 61st; both were decided in this year."""
    told = {"status": "recognised", "accepted": date(2026, 1, 1), "occurred": date(2025, 12, 20)}
    rows = [
        injury(1, recognised=date(2026, 3, 2), **told), injury(2, recognised=date(2026, 3, 3), **told),
        injury(3, recognised=date(2026, 1, 16), **told),
        injury(4, recognised=date(2026, 3, 2), **told | {"accepted": None}), injury(5, **told | {"status": "accepted"}),
    ]  # fmt: skip
    pool = pool_of(injuries=rows)
    assert measured(pool, "recognised_on_time_share") == {1: pytest.approx(200 / 3), 2: None}
    assert measured(pool, "recognition_days") == {1: (60 + 61 + 15) / 3, 2: None}
    settings.WUSHANG_DECISION_DAYS = 15  # a place that has promised 15 days
    assert measured(pool, "recognised_on_time_share")[1] == pytest.approx(100 / 3)


MIXED = [
    injury(1, severity="fatal", worker=1, tenure_days=3, grade=1, reported=date(2026, 2, 3)),
    injury(2, worker=1, tenure_days=300, grade=9, reported=date(2026, 3, 15), accepted=date(2026, 3, 16)),
    injury(3, enterprise=2, employer=2, severity="serious", tenure_days=40, grade=0, reported=date(2026, 2, 2),
           accepted=date(2026, 2, 3), recognised=date(2026, 3, 3), status="recognised"),
    injury(4, enterprise=2, employer=2, at_work=False, reported=date(2026, 2, 2)),
]  # fmt: skip
OTHERS = {
    "headcounts": [staff(1, 40) | {"paid": 5000}, staff(2, 40) | {"paid": 6000}, staff(1, 70, 2) | {"paid": 900}],
    "diseases": [{"enterprise": 1, "occurred": date(2026, 2, 9), "reported": date(2026, 3, 9), "status": "confirmed"}],
    "payments": [{"enterprise": n, "month": date(2026, m, 1), "amount": 100 * n * m} for n in (1, 2) for m in (1, 3)],
    "cases": [{"case": n, "enterprise": n, "report_due": date(2026, 3, n), "state": "closed_ok", "submitted": date(2026, 3, 1),
               "ended": date(2026, 3, 30)} for n in (1, 2)],
}  # fmt: skip


@pytest.mark.parametrize("code", sorted(code for code, measure in measures().items() if measure.cell))
def test_the_cube_and_the_unit_say_one_number(pool_of: Callable, monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    monkeypatch.setattr(module, "filled_tables", lambda _commit: frozenset({"injuries", *OTHERS}))
    pool = pool_of(injuries=MIXED, **OTHERS)
    quarter = Period(date(2026, 1, 1), date(2026, 3, 31))
    alone = pool.fetch(measures()[code].value(pool, Ask(quarter.end, span=quarter))).to_pylist()
    cube = reckon(pool, Asked((code,), quarter, down="enterprise"))
    assert alone
    for row in alone:
        assert cube.figure(code, f"{row['enterprise']}").value == pytest.approx(row["value"]), row


@pytest.mark.parametrize("code", sorted(measures()))
def test_what_a_measure_does_not_ask_for_changes_nothing(pool_of: Callable, code: str) -> None:
    """A measure that says by which dates and of which injuries it can be asked gives one answer for all others."""
    measure, pool = measures()[code], pool_of(injuries=MIXED, headcounts=FORTY)
    assert set(measure.bases) <= set(BASES) and set(measure.scopes) <= set(SCOPES)
    told = {basis: measured(pool, code, basis=basis) for basis in BASES if basis not in measure.bases}
    own = measured(pool, code, basis=measure.bases[0]) if measure.bases else measured(pool, code)
    assert all(answer == own for answer in told.values())
    if not measure.scopes:
        assert measured(pool, code, scope="all") == measured(pool, code, scope="at_work")
