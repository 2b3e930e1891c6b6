"""用于公开 on rows counted by hand: what is hidden, and what earlier publications forbid; every figure is sought by linear arithmetic."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import numpy as np
import pytest

from wushang.analyse.cube import Asked, reckon
from wushang.analyse.cube import reckoning as module
from wushang.analyse.models import Publication
from wushang.analyse.publishing import Table, prepare
from wushang.analyse.publishing.kinds import kind_of
from wushang.analyse.publishing.least import least_on
from wushang.pool.reading import Pool
from wushang.statistics.disclosure import bounds
from wushang.statistics.disclosure.bounds import atoms_of
from wushang.statistics.disclosure.box import parts_of
from wushang.terms.period import Period, month_end
from wushang.terms.problem import Refused

pytestmark = pytest.mark.django_db
AREA = ("9901",)
TOWNS = {1: "990100001", 2: "990100002", 3: "990100003"}
CASES = {(1, 1): 9, (2, 1): 1, (3, 1): 6, (1, 2): 7, (2, 2): 8, (3, 2): 5, (1, 3): 4, (2, 3): 2, (3, 3): 3}  # (town, month) → cases


def rows() -> list[dict]:
    found = []
    for (town, month), many in CASES.items():
        found += [{"injury": len(found) + n, "event": f"e{len(found) + n}", "enterprise": town, "employer": town, "occurred": date(2026, month, 5),
                   "status": "reported", "at_work": True, "kind": "03" if n % 2 else "05", "region": TOWNS[town],
                   "sex": "F" if (town, month, n) == (1, 1, 1) else "M", "post_kind": "weld" if n == 1 else "press"} for n in range(1, many + 1)]  # fmt: skip
    return found


def months(first: int, last: int) -> Period:
    return Period(date(2026, first, 1), month_end(date(2026, last, 1)))


@pytest.fixture
def table(pool_of: Callable[..., Pool], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Table]:
    monkeypatch.setattr(module, "filled_tables", lambda _commit: frozenset({"injuries", "headcounts"}))
    units = [{"enterprise": town, "region": code, "industry": "C3311", "size": "small"} for town, code in TOWNS.items()]
    staff = [{"enterprise": town, "month": date(2026, m, 1), "insured": 100} for town in TOWNS for m in (1, 2, 3)]

    def make(*measures: str, period: Period, **more) -> Table:
        pool = pool_of(enterprises=units, injuries=rows(), headcounts=staff)
        return Table(reckon(pool, Asked(measures or ("injured_cases",), period, **more)), AREA)

    return make


def made(*tables: Table, day: int = 10, title: str = "一季度") -> Publication:
    prepare(tables, 3, [])
    return Publication(title=title, where="网站", commit=1, least=3, tables=[one.kept() for one in tables], at=datetime(2026, 4, day, tzinfo=UTC))


def shown(one: Table) -> set:
    return set(one.places) - one.hidden


def attacked(*tables: Table) -> dict[str, tuple[float, float]]:
    """Each figure below 3 → between which counts a reader of all these tables can place it."""
    placed = [(one, place) for one in tables for place in one.places]
    noughts = [box for one in tables for box in one.nought()]
    boxes = [one.box(place) for one, place in placed] + noughts
    kind = next(iter(tables[0].kinds.values()))
    values = np.array([one.counts(kind)[place] for one, place in placed] + [0.0] * len(noughts))
    told = np.array([place not in one.hidden for one, place in placed] + [True] * len(noughts))
    atoms = atoms_of(boxes, parts_of(boxes))
    return {one.name(place): bounds(atoms[told], values[told], atoms[n]) for n, (one, place) in enumerate(placed) if 0 < values[n] < 3}


def test_a_town_with_one_case_is_hidden_with_another_and_cannot_be_worked_out(table) -> None:
    one = table(period=months(1, 1), down="town")
    found = prepare([one], 3, [])
    assert one.small == {(TOWNS[2], None)} and len(one.hidden) == 2 and (None, None) in shown(one)
    assert all(high - low >= 3 for low, high in attacked(one).values()) and not found.given_away


def test_pivots_hide_rectangles(table) -> None:
    one = table(period=months(1, 3), down="town", across="month")
    prepare([one], 3, [])
    assert one.small == {(TOWNS[2], "2026-01"), (TOWNS[2], "2026-03")}
    assert all(high - low >= 3 for low, high in attacked(one).values())


def test_tables_of_one_publication_protect_each_other(table) -> None:
    """Towns of January to March and of February to March: the difference is January, where a town has one case."""
    both = table(period=months(1, 3), down="town"), table(period=months(2, 3), down="town")
    prepare(both, 3, [])
    alone = table(period=months(1, 1), down="town")
    before = [Publication(title="t", commit=1, tables=[one.kept() for one in both], at=datetime(2026, 4, 1, tzinfo=UTC))]
    assert not prepare([alone], 3, before).given_away or alone.hidden  # nothing is shown that was not hidden


def test_what_an_earlier_publication_gives_away_is_named(table) -> None:
    before = made(table(period=months(1, 2), down="town"), title="一至二月")
    found = prepare([table(period=months(1, 3), down="town")], 3, [before])
    (reason,) = [text for text in found.reasons if TOWNS[2] in text]  # 11 − 9 = 2 of March
    assert "2026年1—3月" in reason and "11" in reason and "－" in reason and "2026-04-10公开的《一至二月》" in reason and "可以算出 2" in reason


def test_a_rate_tells_the_cases_behind_it(table) -> None:
    assert kind_of("incidence_rate") == kind_of("injured_cases") != kind_of("injury_events")
    before = made(table("incidence_rate", period=months(1, 2), down="town"))
    assert prepare([table("injured_cases", period=months(1, 3), down="town")], 3, [before]).given_away


def test_a_claim_that_is_not_recognised_yet_is_not_told_by_the_recognised_ones(table) -> None:
    before = made(table(period=months(1, 3)))  # 45 reported
    recognised = table(period=months(1, 3), status="recognised")
    recognised.counts = lambda _kind: {(None, None): 44.0}  # type: ignore[method-assign]
    assert [one.value for one in prepare([recognised], 3, [before]).given_away] == [1]


def test_the_same_table_again_and_another_split_are_no_harm(table) -> None:
    before = made(table(period=months(1, 2), down="town"))
    assert not prepare([table(period=months(1, 2), down="town")], 3, [before]).given_away
    assert not prepare([table(period=months(1, 2), down="kind")], 3, [before]).given_away


@pytest.mark.parametrize(("side", "small"), [("sex", {"F"}), ("post_kind", set()), ("age_band", set())])
def test_who_was_hurt_is_hidden_like_any_small_figure(table, side, small) -> None:
    """January: one woman of 16 hurt, three welders; of the age nobody says anything, all are 不详."""
    one = table(period=months(1, 1), down=side)
    prepare([one], 3, [])
    assert {key for key, _across in one.small} == small and (None, None) in shown(one)
    assert bool(one.hidden) is bool(small) and all(high - low >= 3 for low, high in attacked(one).values())


def test_single_units_are_not_published_so(table) -> None:
    with pytest.raises(Refused, match="按单位的数不能这样公开"):
        prepare([table(period=months(1, 1), down="enterprise")], 3, [])


def test_the_least_count_is_dated(settings) -> None:
    settings.WUSHANG_SMALL_CELL = ((date(2021, 11, 1), 3), (date(2027, 1, 1), 5))
    assert [least_on(date(y, 6, 1)) for y in (2020, 2026, 2027)] == [3, 3, 5]
