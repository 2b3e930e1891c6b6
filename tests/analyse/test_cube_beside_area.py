"""与全市比, 与同行业比 on units counted by hand: ten units of 100 people, two trades, two townships; one unit elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from wushang.analyse.cube import Asked
from wushang.analyse.cube import reckoning as module
from wushang.analyse.cube.compared import Compared, compared
from wushang.analyse.cube.multiples import multiples
from wushang.analyse.cube.shown import Shown
from wushang.people.scope import Grant, Scope
from wushang.pool.reading import Pool
from wushang.terms.period import Period

pytestmark = pytest.mark.django_db
YEAR = Period(date(2026, 1, 1), date(2026, 1, 31))
A, B = "990100001", "990100002"
UNITS = [{"enterprise": n, "region": A if n in (1, 2, 3, 6, 7) else B, "industry": "C3311" if n <= 5 else "F5111", "size": "small"} for n in range(1, 11)]
AWAY = {"enterprise": 11, "region": "990200001", "industry": "C3311", "size": "small"}


@pytest.fixture
def found(pool_of: Callable[..., Pool], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Compared]:
    """Trade C: ten cases at unit 1 (20 ‰ of 500); trade F: five at unit 6 (10 ‰); elsewhere 50, which count nowhere."""
    monkeypatch.setattr(module, "filled_tables", lambda _commit: frozenset({"injuries", "headcounts"}))
    told = {"status": "reported", "at_work": True, "occurred": date(2026, 1, 5), "reported": date(2026, 1, 6), "kind": "03"}
    cases = [1] * 10 + [6] * 5 + [11] * 50
    rows = [told | {"injury": n, "event": f"e{n}", "enterprise": unit, "employer": unit} for n, unit in enumerate(cases)]
    staff = [{"enterprise": n, "month": date(2026, 1, 1), "insured": 100} for n in range(1, 12)]

    def ask(against: str, scope: Scope | None = None, **more) -> Compared:
        pool = pool_of(enterprises=[*UNITS, AWAY], injuries=rows, headcounts=staff)
        pool.scope = scope or Scope((Grant(frozenset({"*"}), regions=("9901",)),), frozenset({"system"}))
        return compared(pool, Asked(("incidence_rate", "injured_cases"), YEAR, **more), against)

    return ask


def value(one: Compared, key: str | None) -> float:
    last = one.last("incidence_rate", key)
    assert last is not None and last.value is not None
    return last.value


def test_a_town_stands_beside_the_pooled_rate_of_the_place(found) -> None:
    one = found("city", down="town")
    assert one.now.figure("incidence_rate", A).value == 30 and value(one, A) == value(one, B) == 15  # 15 of 1,000
    assert one.change("incidence_rate", A) == 100 and one.last("injured_cases", A) is None
    assert one.word("incidence_rate", A) == "明显偏高" and one.word("incidence_rate", B) == "明显偏低"
    assert one.moved == ""


def test_a_town_stands_beside_what_its_own_trades_would_have(found) -> None:
    one = found("trade", down="town")
    assert value(one, A) == pytest.approx(16) and value(one, B) == pytest.approx(14)  # 300 × 20 ‰ + 200 × 10 ‰, of 500
    assert value(one, None) == pytest.approx(15)


def test_the_places_figure_is_the_same_for_who_sees_one_town(found) -> None:
    own = Scope((Grant(frozenset({"*"}), regions=(A,)),))
    one = found("city", own, down="town")
    assert one.now.down == [A] and value(one, A) == 15


def test_a_trade_of_too_few_units_stands_behind_a_wider_one_or_none(found) -> None:
    one = found("city", filters={"class": ("C3311",)}, down="town")
    assert value(one, A) == 20
    monkey = found("city", filters={"enterprise": ("1",)})
    assert value(monkey, None) == 15  # the unit's own filter is no filter of the place


def test_what_cannot_stand_beside_the_place_is_not_compared(found) -> None:
    assert found("city", down="kind").before is None and found("city", down="town", across="month").before is None


def test_rows_over_months_are_small_pictures(found) -> None:
    shown = Shown(found("last_year", down="town", across="month"))
    assert multiples(shown, {}) is None  # one month is no line
    assert multiples(Shown(found("", down="town")), {}) is None
