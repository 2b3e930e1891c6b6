"""Measures of what other departments and the warning room tell: diseases, money, 整改件. As of 2026-03-20."""

from collections.abc import Callable
from datetime import date

import pytest
from analyse.test_measures import injury, measured, staff

from wushang.analyse.cube import Asked, Cube, reckon
from wushang.analyse.cube import reckoning as module
from wushang.terms.period import Period


def disease(day: date, status: str = "confirmed", enterprise: int = 1, **more) -> dict:
    return {"enterprise": enterprise, "occurred": day, "reported": day, "status": status} | more


def test_a_disease_is_new_when_it_is_confirmed(pool_of: Callable) -> None:
    """Two confirmed; 疑似, 晋期 and 排除 are none; one of last year was reported in this one."""
    rows = [
        disease(date(2026, 1, 1)), disease(date(2026, 3, 20)), disease(date(2026, 3, 21)),
        *[disease(date(2026, 2, 1), status) for status in ("suspected", "advanced", "excluded")],
        disease(date(2025, 12, 31), reported=date(2026, 1, 9)),
    ]  # fmt: skip
    pool = pool_of(diseases=rows)
    assert measured(pool, "new_diseases") == {1: 2, 2: 0}
    assert measured(pool, "new_diseases", basis="reported")[1] == 3
    assert measured(pool, "new_diseases", window="month")[1] == 1
    assert measured(pool, "new_diseases", not_before=date(2026, 2, 1))[1] == 1


def test_the_rate_of_diseases_is_per_cent_of_the_staff(pool_of: Callable) -> None:
    """S2's 红卫: 8 of 500 are 1.6 %."""
    pool = pool_of(diseases=[disease(date(2026, 2, n)) for n in range(1, 9)], headcounts=[staff(1, 400), staff(2, 600)])
    assert measured(pool, "disease_rate") == {1: 1.6, 2: None}


def levied(month: int, paid: int | None, enterprise: int = 1, **more) -> dict:
    return staff(month, 10, enterprise) | {"paid": paid} | more


def benefit(month: int, amount: int, enterprise: int = 1, **more) -> dict:
    return {"enterprise": enterprise, "month": date(2026, month, 1), "amount": amount, "item": "medical"} | more


def test_benefits_are_set_against_the_contributions_of_the_same_months(pool_of: Callable) -> None:
    """1,000 and 600 levied; 900 − 100 (冲红) + 400 (先行支付) paid by the fund, 5,000 by the employer; March is not levied yet."""
    rows = [
        benefit(1, 90_000, fund_source="fund"), benefit(1, -10_000), benefit(2, 40_000, fund_source="fund", advance=True),
        benefit(2, 500_000, fund_source="employer"), benefit(2, 7_000, fund_source="fiscal"), benefit(3, 80_000),
    ]  # fmt: skip
    heads = [levied(1, 100_000, mode="unit"), levied(2, 50_000), levied(2, 10_000, mode="project"), levied(3, None)]
    assert measured(pool_of(payments=rows, headcounts=heads), "payment_ratio") == {1: 75.0, 2: None}


def test_without_contributions_there_is_no_ratio_and_without_benefits_it_is_nought(pool_of: Callable) -> None:
    pool = pool_of(payments=[benefit(1, 90_000)], headcounts=[levied(1, 0), levied(1, 5_000, 2)])
    assert measured(pool, "payment_ratio") == {1: None, 2: 0.0}


def due(day: date, state: str = "report_due", enterprise: int = 1, **more) -> dict:
    return {"case": 1, "enterprise": enterprise, "report_due": day, "state": state} | more


CASES = [
    due(date(2026, 1, 20), "closed_ok", submitted=date(2026, 1, 20), ended=date(2026, 2, 1)),  # on its last day
    due(date(2026, 2, 20), "delisted", submitted=date(2026, 2, 21), ended=date(2026, 3, 20)),  # a day late, closed today
    due(date(2026, 3, 1), "evaluating", submitted=date(2026, 2, 25)),
    due(date(2026, 3, 10), "overdue"),
    due(date(2026, 3, 15), "dropped"),  # the warning fell away: nothing was due
    due(date(2026, 3, 21)),  # tomorrow
    due(date(2025, 12, 31), "closed_ok", submitted=date(2026, 1, 5), ended=date(2026, 1, 6)),  # last year's
]


def test_reports_are_in_time_to_their_last_day(pool_of: Callable) -> None:
    """Four were due: two in time, one a day late, one never."""
    assert measured(pool_of(cases=CASES), "reports_on_time_share") == {1: 50.0, 2: None}


def test_a_case_is_closed_when_it_ended_by_the_day(pool_of: Callable) -> None:
    """Of the four that were due two have ended; one that ends tomorrow has not."""
    later = due(date(2026, 3, 2), "closed_ok", submitted=date(2026, 3, 1), ended=date(2026, 3, 21))
    assert measured(pool_of(cases=CASES), "closed_share") == {1: 50.0, 2: None}
    assert measured(pool_of(cases=[*CASES, later]), "closed_share")[1] == pytest.approx(40.0)


def hazard(day: date | None, closed: date | None, enterprise: int = 1) -> dict:
    return {"enterprise": enterprise, "kind": "over_limit", "factor": "噪声", "opened": date(2025, 12, 1), "due": day, "closed": closed}


def test_hazards_are_mended_when_they_are_closed_by_the_day(pool_of: Callable) -> None:
    """Of four that were due this year three are closed, one of them late, one today; one without a day, one due tomorrow and one of
    last year are none of them."""
    rows = [
        hazard(date(2026, 1, 31), date(2026, 1, 15)), hazard(date(2026, 2, 28), date(2026, 3, 10)), hazard(date(2026, 3, 20), date(2026, 3, 20)),
        hazard(date(2026, 3, 1), None), hazard(None, date(2026, 2, 1)), hazard(date(2026, 3, 21), date(2026, 3, 1)),
        hazard(date(2025, 12, 31), date(2026, 1, 2)), hazard(None, None, 2),
    ]  # fmt: skip
    assert measured(pool_of(disease_hazards=rows), "hazards_mended_share") == {1: 75.0, 2: None}
    assert measured(pool_of(disease_hazards=rows), "hazards_mended_share", window="month")[1] == 50.0


UNITS = [
    {"enterprise": 1, "region": "990100001", "industry": "C3311", "size": "small"},
    {"enterprise": 2, "region": "990100001", "industry": "C3312", "size": "large"},
    {"enterprise": 3, "region": "990100002", "industry": "F5111", "size": "small"},
]
CODES = ("payment_ratio", "new_diseases", "disease_rate", "reports_on_time_share", "injured_cases")


@pytest.fixture
def cube(pool_of: Callable, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Cube]:
    """The quarter of three units of two townships, all tables filled."""
    monkeypatch.setattr(module, "filled_tables", lambda _commit: frozenset({"injuries", "headcounts", "diseases", "payments", "cases"}))
    heads = [levied(m, paid, unit) for unit, paid in ((1, 1000), (2, 3000), (3, 0)) for m in (1, 2, 3)]
    pool = pool_of(
        enterprises=UNITS, headcounts=heads, injuries=[injury(1, kind="03")],
        payments=[benefit(1, 1500), benefit(2, 4500, 2, region="990100002"), benefit(2, 700, 3), benefit(3, 800, 2, fund_source="fiscal")],
        diseases=[disease(date(2026, 1, 9)), disease(date(2026, 3, 9), enterprise=2), disease(date(2026, 3, 9), "suspected")],
        cases=[due(date(2026, 2, 1), submitted=date(2026, 1, 30)), due(date(2026, 3, 1), enterprise=2), due(date(2026, 3, 2), "dropped", 3)],
    )  # fmt: skip
    return lambda *codes, **more: reckon(pool, Asked(codes, Period(date(2026, 1, 1), date(2026, 3, 31)), **more))


def split(cube: Cube, code: str) -> dict:
    return {key: cube.figure(code, key).value for key in cube.down}


def test_a_ratio_of_a_trade_is_of_its_sums_and_not_the_mean_of_units(cube) -> None:
    """C: 1,500 + 4,500 of 12,000 levied are 50 %, the mean of 50 and 50 too; by size they differ; F levied nothing."""
    found = cube("payment_ratio", down="size")
    assert split(found, "payment_ratio") == {"small": pytest.approx(2200 * 100 / 3000), "large": 50.0}
    assert found.figure("payment_ratio").value == pytest.approx(6700 * 100 / 12000)
    assert found.figure("payment_ratio").interval is None  # money is no count of rare events
    assert split(cube("payment_ratio", down="section"), "payment_ratio") == {"C": 50.0, "F": None}


def test_money_stands_where_its_row_says_and_else_where_the_unit_is(cube) -> None:
    """4,500 of unit 2 were paid at the other township, where nothing was levied; the rest lies where its unit is."""
    found = cube("payment_ratio", down="town")
    assert split(found, "payment_ratio") == {"990100001": 12.5, "990100002": None}


def test_diseases_by_month_and_their_rate_over_the_month_s_staff(cube) -> None:
    """One in January and one in March of 30 insured: 3.33 % each; two in the quarter."""
    found = cube("new_diseases", "disease_rate", down="month")
    assert split(found, "new_diseases") == {"2026-01": 1, "2026-02": 0, "2026-03": 1}
    assert found.figure("disease_rate", "2026-01").value == pytest.approx(100 / 30)
    assert found.figure("new_diseases").value == 2


def test_reports_in_time_by_township(cube) -> None:
    """Two were due in the first township, one in time; in the other one was dropped."""
    found = cube("reports_on_time_share", down="town")
    assert found.figure("reports_on_time_share", "990100001").value == 50.0
    assert found.figure("reports_on_time_share", "990100002").value is None


@pytest.mark.parametrize("more", [{"down": "kind"}, {"filters": {"severity": ("minor",)}}])
def test_money_diseases_and_cases_have_no_cause_and_are_missing_where_one_is_asked_for(cube, more) -> None:
    found = cube(*CODES, **more)
    assert found.missing == CODES[:4] and found.figure("injured_cases").value == 1
    assert all(found.figure(code).value is None for code in CODES[:4])
