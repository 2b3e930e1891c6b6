"""发生率排序: shrunk, with how sure a place is; ranked among all, shown as far as the scope goes."""

import numpy as np
import pytest
from django.utils import timezone
from judge.test_pages import page
from judge.test_run import day

from wushang.judge.ranking.reckoning import of_groups, of_units
from wushang.judge.ranking.units import Units, read
from wushang.judge.views.ranking import year_to
from wushang.people.models import User
from wushang.people.scope import Scope
from wushang.pool import reading, snapshot
from wushang.pool.models import Enterprise, EnterpriseVersion
from wushang.terms.period import Period, add_months


def units(events, heads, division="C33") -> Units:
    n = len(events)
    years = np.array(heads, dtype=float)
    kinds = np.array([division] * n if isinstance(division, str) else division)
    return Units(np.arange(1, n + 1), np.array(events), years, years, kinds, np.array(["small"] * n), np.array(["990100001"] * n))


def city(seed: int = 4, n: int = 400) -> tuple[Units, np.ndarray]:
    """Units of 5 to 500 people whose true rates are known: gamma about 20 ‰, the last one 200 ‰ among 300 people."""
    draw = np.random.default_rng(seed)
    heads, rates = np.exp(draw.uniform(np.log(5), np.log(500), n)), draw.gamma(2, 0.01, n)
    heads[-1], rates[-1] = 300, 0.2
    return units(draw.poisson(rates * heads), heads), rates


def test_a_tiny_unit_with_one_accident_has_the_highest_plain_rate_and_no_high_place():
    known, _rates = city()
    events, heads = known.events.copy(), known.years.copy()
    events[0], heads[0] = 1, 5.0
    found = of_units(Units(known.enterprise, events, heads, heads, known.division, known.size, known.region), 400)
    at = int(np.flatnonzero(found.at == 0)[0])
    assert found.rate[at] == pytest.approx(0.2) and found.mean[at] < 0.05 and found.top[at] < 0.05
    assert found.at[0] == 399 and found.top[0] > 0.99 and found.rank_high[0] <= 5 and found.funnel[0] == 2


def test_the_shrunk_rate_is_nearer_to_the_truth_and_its_interval_holds_it_in_nine_of_ten():
    known, rates = city(seed=8, n=2000)
    found = of_units(known, 2000)
    truth = rates[found.at]
    assert ((found.mean - truth) ** 2).mean() < 0.5 * ((found.rate - truth) ** 2).mean()
    assert ((found.low <= truth) & (truth <= found.high)).mean() == pytest.approx(0.90, abs=0.03)
    said = found.above
    some = (said > 0.02) & (said < 0.98)
    assert (truth > 2 * found.reference)[some].mean() == pytest.approx(said[some].mean(), abs=0.03)


def test_towns_that_cannot_be_told_apart_are_one_band_and_an_odd_one_lies_outside_the_funnel():
    events, years = np.array([40, 42, 38, 41, 39, 120]), np.full(6, 2000.0)
    found = of_groups(events, years, 3)
    assert found.at[0] == 5 and found.band.tolist()[:2] == [1, 2] and set(found.band[1:]) == {2}
    assert found.funnel[0] > 0 and set(found.funnel[1:].tolist()) <= {-1, 0, 1}
    assert (found.rank[0], found.rank_low[0], found.rank_high[0]) == (1, 1, 1) and found.rank_high[1] - found.rank_low[1] >= 3


def test_the_same_figures_give_the_same_answer():
    known, _rates = city()
    one, two = of_units(known, 50), of_units(known, 50)
    assert (one.top == two.top).all() and (one.rank_low == two.rank_low).all()


def test_too_few_units_or_no_accident_say_nothing():
    assert of_units(units([1, 0, 2], [10, 20, 30]), 50) is None
    assert of_units(units([0] * 20, [10] * 20), 50) is None
    assert of_groups(np.array([1, 2]), np.array([10.0, 10.0]), 1) is None and of_groups(np.zeros(5, int), np.ones(5), 3) is None


def test_the_year_ends_with_the_last_month_whose_claims_should_be_in():
    assert year_to(day(18)) == Period(day(1, 2, 2025), day(31, 1))
    assert year_to(day(1)) == Period(day(1, 1, 2025), day(31, 12, 2025)), "30 January: that month is not over"


@pytest.mark.django_db
def test_people_and_accidents_of_the_year_are_counted_by_hand(town):
    months = [day(1, 1), day(1, 2)]
    town.staff(town.cup, dict.fromkeys(months, 100))
    town.injure(day(5, 1), day(6, 2), day(3, 3))
    snapshot.build(town.now)
    found = read(reading.open(Scope.system()), Period(day(1, 1), day(28, 2)))
    at = found.place(town.cup)
    assert at is not None and (int(found.events[at]), float(found.heads[at])) == (2, 100.0)
    assert float(found.years[at]) == pytest.approx(100 * 59 / 365.25)
    assert found.place(town.door) is None, "without insured people it is not ranked"


@pytest.mark.django_db
def test_the_page_shows_each_the_own_units_and_says_what_an_order_is_not(town, monkeypatch):
    User.objects.update(password_set=timezone.now())
    snapshot.build(town.now)
    assert "还不能排序" in page(town.people.wangli, "/judge/ranking/")
    assert page(town.people.auditor, "/judge/ranking/") == "403"
    for kind in ("town", "division", "nonsense"):
        assert "不是等级，也不据此处罚" in page(town.people.wangli, f"/judge/ranking/?by={kind}")


@pytest.mark.django_db
def test_a_township_sees_its_own_units_with_their_place_among_all(town):
    User.objects.update(password_set=timezone.now())
    made = [Enterprise.objects.create(created=town.now).pk for _unit in range(12)]
    places = ("990100002", "990100001")
    town.land(EnterpriseVersion, [town.unit(pk, f"第{n}五金厂", places[n % 2]) for n, pk in enumerate(made)])
    for pk in made:
        town.staff(pk, {add_months(day(1, 2, 2025), n): 100 for n in range(12)})
    for n, times in ((0, 2), (1, 9), (3, 1)):
        town.injure(*[day(5 + k, 6, 2025) for k in range(times)], at=made[n])
    town.injure(day(18), at=made[5])  # so far the data reach
    snapshot.build(town.now)
    whole, own = page(town.people.wangli, "/judge/ranking/"), page(town.people.zhanghaiyan, "/judge/ranking/")
    assert "全域 12 家一起排" in whole and whole.index("第1五金厂") < whole.index("第0五金厂") and "高，99.8% 界外" in whole
    assert "全域 12 家一起排" in own and "第1五金厂" in own and "第0五金厂" not in own
    assert "还不能排序" in page(town.people.zhanghaiyan, "/judge/ranking/?by=division"), "a trade of the whole place is not a township's"
    assert page(town.people.linwai, "/judge/ranking/").count("五金厂") == 0
