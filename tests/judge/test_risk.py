"""工伤事故风险: what was known on a day and no more, once a month, for one's own place, of units alone."""

import json
from dataclasses import fields, replace
from datetime import date
from io import BytesIO, StringIO

import numpy as np
import pytest
import python_calamine as calamine
from django.core.management import call_command
from django.test import Client
from judge.test_pages import page

from wushang.judge.risk import words
from wushang.judge.risk.columns import RISES, columns
from wushang.judge.risk.days import day, ends, line, shares_told
from wushang.judge.risk.facts import NEVER, Dated, Facts, Hurt, counted, filled
from wushang.judge.risk.models import Forecast, RiskVersion
from wushang.judge.risk.monthly import first, learn_monthly
from wushang.judge.risk.reading import read
from wushang.judge.risk.training import trained
from wushang.judge.risk.watching import watched
from wushang.people.scope import Grant, Scope
from wushang.pool import reading, snapshot
from wushang.pool.tables import declared
from wushang.simulate.world import build
from wushang.statistics.risk import learn
from wushang.terms.period import add_months
from wushang.web.bench import risk_city


def file(user, address: str) -> bytes:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client.get(address).content


def facts(heads, hurt=(), things=None, months=None) -> Facts:
    """`hurt`: (unit, month, told, serious, new) each."""
    table = np.array(heads, dtype=float)
    rows = list(zip(*hurt, strict=True)) if hurt else [[], [], [], [], []]
    of = Hurt(*(np.array(rows[n], dtype=int) for n in range(3)), np.array(rows[3], dtype=bool), np.array(rows[4], dtype=float))
    return Facts(np.arange(len(heads)) + 11, np.array(["C3382"] * len(heads)), date(2024, 1, 1), months or table.shape[1], table, of, things or {})


def test_an_injury_counts_from_the_month_in_which_it_was_told() -> None:
    known = facts([[10] * 24], [(0, 4, 4, False, 0), (0, 4, 7, False, 0)])
    assert [counted(known, 0, 6, until)[0] for until in (5, 7, 8)] == [1, 1, 2]
    assert known.until(7).hurt.unit.size == 1


def test_of_a_day_the_later_is_what_came() -> None:
    known = facts([[12] * 24, [0] * 24], [(0, 2, 2, False, 0), (0, 11, 13, False, 0), (0, 12, 12, False, 0), (0, 14, 14, False, 0)])
    one = day(known, 12, 3)
    assert one.firms.tolist() == [11] and one.whole.counts.tolist() == [1] and one.came.tolist() == [2] and one.ahead.tolist() == [3.0]
    assert day(known, 12, 3, ahead=True).came is None


def test_a_young_month_counts_with_the_share_that_is_told_of_it() -> None:
    """Half of the injuries is told in the same month, half two months later."""
    hurt = [(0, month, month + late, False, 0) for month in range(10) for late in (0, 2)]
    assert shares_told(facts([[10] * 12], hurt), 12).tolist()[-4:] == [1, 1, 0.5, 0.5]


def test_a_month_that_was_not_delivered_is_filled_for_three_months_and_no_more() -> None:
    assert filled(np.array([[5.0, 0, 0, 0, 0, 7]])).tolist() == [[5, 5, 5, 5, 0, 7]]


def test_the_line_ends_where_all_that_came_is_told() -> None:
    known = facts([[10] * 36])
    assert line(known, 12) == [12, 15, 18, 21] and ends(12) == 5 and line(known, 3) == [12, 24] and ends(3) == 1
    assert line(facts([[10] * 20]), 12) == [] and line(facts([[10] * 24]), 12) == [6, 9]


def test_columns_by_hand() -> None:
    """Unit 0: two hurt, one of them seriously and newly hired; grown from 8 to 10; a hazard open for five months, one mended; one of
    two measurements above the limit; a report that came a month late. Of unit 1 nothing is told."""
    things = {
        "hazards": Dated(np.array([0, 0]), np.array([6, 2]), np.array([NEVER, 9]), np.ones(2)),
        "tests": Dated(np.array([0, 0]), np.array([3, 3]), np.array([3, 3]), np.array([1.0, 0.0])),
        "late": Dated(np.array([0]), np.array([5]), np.array([6]), np.ones(1)),
    }
    known = facts([[8] * 9 + [9, 9, 10], [5] * 12], [(0, 1, 1, True, 1), (0, 3, 3, False, 0)], things)
    found = {name: values.tolist() for name, values in columns(known, known.heads, 12).items()}
    assert found["severe"] == [1, 0] and found["hazards"] == [1, 0] and found["late"] == [1, 0]
    assert found["hiring"] == [pytest.approx(0.2), 0] and found["new"] == [pytest.approx((1 + 5 * 0.5) / 7), 0.5]
    assert found["tests"][0] == 0.5 and np.isnan(found["tests"][1])
    assert set(columns(facts([[8] * 12], [(0, 1, 1, False, 0)]), np.full((1, 12), 8.0), 12)) == {"severe", "hiring", "new"}


def test_on_a_city_the_intervals_hold_the_truth_and_small_numbers_are_small() -> None:
    found = risk_city.measured(build(1_000, 76, 3, date(2026, 10, 31))[0])
    assert 0.82 <= found["inside"].mean() <= 0.96 and 0.85 <= found["counts"] <= 0.95
    assert found["chance"][found["first"]].mean() > 3 * found["chance"][~found["first"]].mean()


@pytest.mark.parametrize("times", [0, 2])
def test_a_factor_planted_in_a_simulated_city_is_found_and_none_where_none_is(times: int) -> None:
    """Three units in ten get a hazard in some month that nobody mends; with `times` each later injury there comes twice more. What a unit's own
    past tells of it already is not told again, so the factor is smaller than three."""
    known = risk_city.facts_of(build(1_500, 76, 3, date(2026, 10, 31))[0])
    marked = np.flatnonzero(np.random.default_rng(1).random(1_500) < 0.3)
    opened = np.random.default_rng(2).integers(0, 70, marked.size)
    since = np.full(1_500, NEVER)
    since[marked] = opened
    rows = np.concatenate([np.arange(known.hurt.unit.size), *[np.flatnonzero(known.hurt.month >= since[known.hurt.unit])] * times])
    hurt = Hurt(*(getattr(known.hurt, one.name)[rows] for one in fields(Hurt)))
    planted = replace(known, hurt=hurt, things={"hazards": Dated(marked, opened, np.full(marked.size, NEVER), np.ones(marked.size))})
    days = [day(planted, origin, 12) for origin in line(planted, 12)[-6:]]
    found = {one.name: one.effect for one in learn(days, {name: RISES[name] for name in ("hazards", "hiring", "severe")}).factors}
    if not times:
        assert found == {}
        return
    assert found["hazards"][1] / found["hazards"][0] > 1.25
    assert all(max(effect) / min(effect) < 1.1 for name, effect in found.items() if name != "hazards")


def test_too_short_a_history_teaches_nothing() -> None:
    assert trained(facts([[10] * 20], [(0, 3, 3, False, 0)]), 12) is None


@pytest.fixture
def history(town, now):
    """恒岳杯业 with an accident a month for two and a half years, 石塘门业 with one a year, 外县杯业 with two; 60 people each."""
    months = [add_months(date(2023, 9, 1), n) for n in range(30)]
    for unit in (town.cup, town.door, town.away, town.shop):
        town.staff(unit, dict.fromkeys(months, 60))
    town.injure(*(month.replace(day=5) for month in months))
    town.injure(*(month.replace(day=9) for month in months[::12]), at=town.door)
    town.injure(*(month.replace(day=12) for month in months[::6]), at=town.away)
    town.injure(date(2026, 3, 2), at=town.door)
    return town


@pytest.mark.django_db
def test_only_confirmed_units_are_read_and_whole_months(history, now) -> None:
    assert snapshot.build(now)
    found = read(reading.open(Scope.system()), date(2026, 3, 20))
    assert found.units.tolist() == [history.cup, history.door, history.away] and (found.first, found.months) == (date(2023, 9, 1), 30)
    assert found.heads.sum() == 3 * 30 * 60 and counted(found, 0, 30, 30).tolist() == [30, 3, 5]
    assert found.things == {}


@pytest.mark.django_db
def test_nothing_is_read_that_tells_of_a_person(history, now) -> None:
    """The same rows where every close column is empty."""
    assert snapshot.build(now)
    plain = Scope((Grant(frozenset({"analyse.see"}), regions=("",)),))
    one, other = (read(reading.open(scope), date(2026, 3, 20)) for scope in (Scope.system(), plain))
    assert (one.heads == other.heads).all() and one.hurt.unit.size == other.hurt.unit.size == 38
    rows = [sorted(zip(of.hurt.unit, of.hurt.month, of.hurt.told, of.hurt.serious, strict=True)) for of in (one, other)]
    assert rows[0] == rows[1]
    assert {"worker", "part", "nature", "grade"} <= set(declared()["injuries"].close)


@pytest.mark.django_db
def test_the_worker_learns_once_a_month_and_says_who_is_above_his_kind(history, now) -> None:
    assert learn_monthly(now) == 1 and learn_monthly(now) == 0
    version = RiskVersion.objects.get()
    assert (version.month, version.months, version.units) == (date(2026, 3, 1), 30, 3)
    assert version.missing == ["new", "hazards", "late", "tests", "training"] and not version.learnt["12"]["better"]
    rows = {row.enterprise_id: row for row in version.forecasts.all()}
    assert rows[history.cup].year > rows[history.away].year > rows[history.door].year
    for row in rows.values():
        assert row.low < row.year < row.high and row.year == pytest.approx(row.usual * np.prod(list(row.parts.values())), rel=1e-3)
    assert words.reasons(rows[history.cup])[0].startswith("以往的事故比同类单位多")


@pytest.mark.django_db
def test_a_short_history_is_said_and_not_tried_again_in_the_month(town, now) -> None:
    town.staff(town.cup, {date(2025, month, 1): 60 for month in range(1, 13)})
    town.injure(date(2025, 6, 1))
    assert learn_monthly(now) == 1 and learn_monthly(now) == 0
    version = RiskVersion.objects.get()
    assert version.units == 0 and "21 个月" in words.short(version)


@pytest.mark.django_db
def test_the_page_shows_ones_own_units_and_says_what_it_is_not_for(history, people, now) -> None:
    learn_monthly(now)
    shown = page(people.wangli, "/judge/risk/")
    assert "恒岳杯业" in shown and "外县杯业" not in shown and "不作为处罚、定级、通报的依据" in shown
    assert shown.index("恒岳杯业") < shown.index("石塘门业")
    assert "培训" in shown and "只用基线" in shown
    sheet = calamine.load_workbook(BytesIO(file(people.wangli, "/judge/risk/units.xlsx?order=year"))).get_sheet_by_index(0).to_python()
    assert [row[0] for row in sheet if row[0] in ("恒岳杯业", "石塘门业", "外县杯业")] == ["恒岳杯业", "石塘门业"]
    assert next(row[3] for row in sheet if row[0] == "恒岳杯业") == round(Forecast.objects.get(enterprise=history.cup).year, 2)
    said = json.loads(file(people.wangli, "/api/risk"))
    assert [one["name"] for one in said["items"]] == ["恒岳杯业", "石塘门业"] and said["items"][0]["low"] < said["items"][0]["year"]
    assert json.loads(file(people.linwai, "/api/risk?town=990100"))["count"] == 0
    dossier = page(people.wangli, f"/enterprises/{history.cup}/")
    assert "未来 12 个月预计工伤" in dossier


@pytest.mark.django_db
def test_the_command_says_the_same(history, now) -> None:
    out = StringIO()
    learn_monthly(now)
    call_command("risk", "--json", "--top", "1", stdout=out)
    said = json.loads(out.getvalue())
    assert said["units"] == 3 and [row["name"] for row in said["forecasts"]] == ["恒岳杯业"]
    assert Forecast.objects.count() == 3


@pytest.mark.django_db
@pytest.mark.parametrize(("each", "drifts"), [(1, False), (4, True)])
def test_what_an_earlier_version_said_is_held_against_what_came(town, now, each, drifts) -> None:
    """30 were foretold for three months; 30 came, or 120."""
    spread = {"used": {"spread": 0.01}}
    version = RiskVersion.objects.create(
        month=date(2025, 4, 1), start=date(2025, 4, 1), at=now, commit=1, data_to=date(2025, 3, 31), months=15, units=1, top=1, learnt={"3": spread}
    )
    said = dict.fromkeys(("quarter_low", "quarter_high", "low", "high", "usual", "excess", "chance"), 1.0)
    Forecast.objects.create(version=version, enterprise_id=town.cup, heads=900, quarter=30, year=120, parts={}, **said)
    hurt = [(0, month, month, False, 0) for month in (15, 16, 17) for _n in range(10 * each)]
    known = replace(facts([[900] * 22], hurt), units=np.array([town.cup]))
    found = watched(known, np.array([120.0]), [])
    assert (found["kept"]["said"], found["kept"]["came"], found["drifts"]) == (30, 30 * each, drifts)


def test_the_first_are_a_tenth_and_at_most_a_hundred() -> None:
    assert [first(units) for units in (5, 150, 16_000)] == [1, 15, 100]
