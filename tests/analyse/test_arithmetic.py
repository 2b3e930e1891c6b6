"""The worked examples W1–W12 of domain.md A5: what the articles and bulletins print, reckoned by the platform's own functions."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from analyse.test_measures import injury, measured

from wushang.analyse.changes import a_year, moved, moved_said, per_cent, points_said
from wushang.analyse.cube import Asked, Cube, reckon
from wushang.analyse.cube import reckoning as module
from wushang.analyse.cube.parted import parted
from wushang.analyse.pareto import pareto
from wushang.pool.reading import Pool
from wushang.statistics.rates import rate_ratio
from wushang.terms.money import fen, half_up, percent, share, yuan
from wushang.terms.period import Period
from wushang.web import figures


@pytest.fixture(autouse=True)
def filled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "filled_tables", lambda _commit: frozenset({"injuries", "headcounts"}))


def test_w1_a_rate_that_falls_from_21_to_12_9_per_thousand() -> None:
    assert per_cent(12.9, 21) == pytest.approx(-38.57, abs=0.005)
    assert points_said(12.9, 21, "‰") == "下降 8.1 个千分点"


HARS = [*[injury(n, occurred=date(2019, 5, 1)) for n in range(21)], *[injury(30 + n, occurred=date(2020, 5, 1)) for n in range(8)]]


def test_w2_a_count_that_falls_much_more_than_its_rate_tells_of_fewer_people(pool_of: Callable[..., Pool]) -> None:
    """21 of 1,000 and 8 of 620: −61.9 % of the count, −38.6 % of the rate, because 38.0 % of the people are gone."""
    assert round(1 - 0.38 * 21 / 12.9, 3) == 0.381  # as the article's own two figures imply
    heads = [{"enterprise": 1, "month": date(year, m, 1), "insured": n} for year, n in ((2019, 1000), (2020, 620)) for m in range(1, 13)]
    pool = pool_of(injuries=HARS, headcounts=heads)
    asked = Asked(("injured_cases", "incidence_rate", "average_headcount"), Period(date(2020, 1, 1), date(2020, 12, 31)))
    now, then = (reckon(pool, one) for one in (asked, asked.over(Period(date(2019, 1, 1), date(2019, 12, 31)))))
    changes = [round(per_cent(now.figure(m).value, then.figure(m).value), 1) for m in asked.measures]  # type: ignore[arg-type]
    assert changes == [-61.9, -38.6, -38.0]
    found = parted(pool, asked, "last_year")
    assert found and found.parts.total == -13 and found.parts.headcount == pytest.approx(-6.4, abs=0.1)
    assert found.moved == "平均参保人数由 1,000 人减至 620 人（−38.0%），变动超过 20%，比较起数和人次会误导，请看发生率。"


def test_w3_seven_to_one_is_85_7_and_not_85_per_cent() -> None:
    """And so few that chance alone may do it: p = 0.07."""
    assert per_cent(1, 7) == pytest.approx(-85.714, abs=0.0005)
    assert figures.change(per_cent(1, 7)) == "下降 85.7%"
    assert rate_ratio(1, 7, 1, 1).p == pytest.approx(0.0703, abs=0.0001)


WORKSHOPS = ["金工车间"] * 70 + ["焊接车间"] * 29 + ["抛光车间"] * 25 + ["包装车间"] * 20 + ["仓库"] * 10


def test_w4_two_workshops_and_the_others_are_the_whole() -> None:
    """70 and 29 of 154 are 45.45 % and 18.83 %, together 64.28; the other 55 stand as 其他 and close the hundred.
    金工 is surely the first; 29 of 焊接 may as well stand behind 25 and 20, not behind 10."""
    rows = pareto(WORKSHOPS, shown=2)
    assert [(row.name, row.cases, str(row.share)) for row in rows] == [
        ("金工车间", 70, "45.45"), ("焊接车间", 29, "18.83"), ("其他", 55, "35.72"),
    ]  # fmt: skip
    assert [str(row.down_to) for row in rows] == ["45.45", "64.28", "100.00"]
    assert all(row.band[0] <= row.share <= row.band[1] for row in rows) and [row.places for row in rows] == [(1, 1), (2, 4), None]
    assert round(55 / 154 * 100, 2) == 35.71  # what rounding leaves, 0.01, stands with 其他


def test_w4_154_is_the_smallest_total_that_both_shares_fit() -> None:
    fits = [n for n in range(1, 309) if all(any(round(k / n * 100, 2) == p for k in range(n + 1)) for p in (45.45, 18.83))]
    assert fits == [154, 308]


def test_w5_22_of_262_that_were_late() -> None:
    assert percent(share(22, 262) or 0, 3).rstrip("%") == "8.397"


def test_w6_159_projects_of_2_177_billion_each() -> None:
    assert figures.wan(half_up(fen("2177000000"), 159)) == "1,369.18"


def test_w7_per_cent_and_points_are_two_things() -> None:
    assert per_cent(0.5, 1.6) == pytest.approx(-68.75)
    assert points_said(0.5, 1.6, "%") == "下降 1.1 个百分点"
    assert points_said(1.6, 0.5, "%") == "上升 1.1 个百分点" and points_said(0.5, 0.52, "%") == "持平"


@pytest.mark.parametrize(("total", "yearly"), [(-20, -4.365), (-10, -2.085)])
def test_w8_w9_a_target_of_five_years_a_year(total: float, yearly: float) -> None:
    assert a_year(total, 5) == pytest.approx(yearly, abs=0.0005)
    assert ((1 + a_year(total, 5) / 100) ** 5 - 1) * 100 == pytest.approx(total)


# 长沙市 2025年4月通报: firms among the first hundred and their accidents, district by district; projects with three or more.
FIRMS = (23, 18, 13, 13, 11, 6, 6, 5, 5)
ACCIDENTS = (88, 38, 37, 36, 48, 14, 12, 12, 15)
OF_FIRMS, OF_PROJECTS, TOP = 1423, 178, 300
BIG_PROJECTS, OF_BIG = 5, 20
APRIL = Period(date(2025, 4, 1), date(2025, 4, 30))


def shared(total: int, among: int) -> list[int]:
    """A total over some units as evenly as it goes."""
    return [total // among + (n < total % among) for n in range(among)]


def changsha() -> list[tuple[str, str, int]]:
    """(district, tag, claims of April) of each unit: the hundred, firms with one claim, projects large and small."""
    districts = [f"4301{n:02d}" for n in range(2, 11)]
    top = [(d, "", n) for d, firms, all_ in zip(districts, FIRMS, ACCIDENTS, strict=True) for n in shared(all_, firms)]
    others = [(districts[n % 9], "", 1) for n in range(OF_FIRMS - TOP)]
    big = [(districts[0], "建设项目", n) for n in shared(OF_BIG, BIG_PROJECTS)]
    small = [(districts[n % 9], "建设项目", 2) for n in range((OF_PROJECTS - OF_BIG) // 2)]
    return [*top, *others, *big, *small]


@pytest.fixture
def bulletin(pool_of: Callable[..., Pool]) -> Callable[..., Cube]:
    """Claims received in April 2025, whenever the accident was; some of March and May beside them."""
    units, rows = changsha(), []
    for unit, (_district, _tag, claims) in enumerate(units, 1):
        for n in range(claims):
            reported, occurred = date(2025, 4, 1 + n % 30), date(2025, 3 if n % 2 else 4, 1)
            rows.append(injury(len(rows), enterprise=unit, employer=unit, occurred=occurred, reported=reported))
    rows += [injury(len(rows) + n, occurred=date(2025, 4, 30), reported=day) for n, day in enumerate((date(2025, 3, 31), date(2025, 5, 1)))]
    known = [{"enterprise": unit, "region": district, "tag": tag} for unit, (district, tag, _claims) in enumerate(units, 1)]
    pool = pool_of(enterprises=known, injuries=rows)
    return lambda **more: reckon(pool, Asked(("claimed_cases",), APRIL, **more))


def test_w10_changsha_s_bulletin_of_april_2025_adds_up(bulletin: Callable[..., Cube]) -> None:
    """1,601 received = 1,423 of firms + 178 of projects; the hundred firms of nine districts have 300."""
    cube = bulletin(down="tag")
    assert cube.figure("claimed_cases").value == 1601 == OF_FIRMS + OF_PROJECTS
    assert {key: cube.figure("claimed_cases", key).value for key in cube.down} == {"": OF_FIRMS, "建设项目": OF_PROJECTS}
    top = bulletin(down="county", across="enterprise", filters={"enterprise": tuple(f"{n}" for n in range(1, 101))})
    assert sum(FIRMS) == len(top.across) == 100
    assert tuple(top.figure("claimed_cases", f"4301{n:02d}").value for n in range(2, 11)) == ACCIDENTS
    assert top.figure("claimed_cases").value == TOP == sum(ACCIDENTS)


def test_w10_projects_with_three_or_more_stand_apart(bulletin: Callable[..., Cube]) -> None:
    """Five projects, twenty accidents."""
    cube = bulletin(down="enterprise", filters={"tag": ("建设项目",)})
    many = [n for key in cube.down if (n := cube.figure("claimed_cases", key).value or 0) >= 3]
    assert (len(many), sum(many)) == (BIG_PROJECTS, OF_BIG)


@pytest.mark.parametrize(("income", "amount"), [("56502", "1,130,040.00"), ("54188", "1,083,760.00")])
def test_w11_twenty_years_of_income_for_a_death_at_work(income: str, amount: str) -> None:
    assert yuan(fen(income) * 20) == amount


def test_w12_the_rate_of_a_tiny_unit_is_high_and_hardly_known(pool_of: Callable[..., Pool]) -> None:
    """1 of 20 is 50 ‰ (1.3–278.6), 40 of 2,000 are 20 ‰ (14.3–27.2): ranked by the bare rate, noise comes first."""
    rows = [injury(0), *[injury(n, enterprise=2, employer=2) for n in range(1, 41)]]
    heads = [{"enterprise": unit, "month": date(2026, 2, 1), "insured": n} for unit, n in ((1, 20), (2, 2000))]
    pool = pool_of(injuries=rows, headcounts=heads)
    assert measured(pool, "incidence_rate") == {1: 50.0, 2: 20.0}
    cube = reckon(pool, Asked(("incidence_rate",), Period(date(2026, 1, 1), date(2026, 2, 28)), down="enterprise"))
    tiny, large = (cube.figure("incidence_rate", key).interval for key in ("1", "2"))
    assert tiny and large and (round(tiny.low, 1), round(tiny.high, 1)) == (1.3, 278.6)
    assert (round(large.low, 1), round(large.high, 1)) == (14.3, 27.2)
    assert tiny.low < large.low and large.high < tiny.high


def test_a_denominator_that_moved_by_a_fifth_has_not_moved_too_much(settings) -> None:
    """More than 20 % is told, 20 % is not; a place may say otherwise; without a figure before there is nothing to tell."""
    assert not moved(80, 100) and moved(79, 100) and not moved(120, 100) and moved(121, 100)
    assert moved_said(80, 100) == "" == moved_said(100, None) == moved_said(100, 0) == moved_said(None, 100)
    assert "由 100 人增至 121 人（+21.0%）" in moved_said(121, 100)
    settings.WUSHANG_STAFF_MOVED = 10
    assert "由 100 人减至 80 人（−20.0%），变动超过 10%" in moved_said(80, 100)


def test_nothing_before_is_no_per_cent() -> None:
    assert per_cent(3, 0) is None and per_cent(3, None) is None and per_cent(None, 3) is None and per_cent(0, 3) == -100


def test_a_pareto_says_what_nobody_knows_and_adds_up() -> None:
    """Three shown of four, one case without a workshop: shares of 7; the rounding rest stands with 不详."""
    rows = pareto(["a", "a", "a", "b", "c", "d", ""], shown=3, decimals=1)
    assert [(row.name, row.cases, str(row.share)) for row in rows] == [
        ("a", 3, "42.9"), ("b", 1, "14.3"), ("c", 1, "14.3"), ("其他", 1, "14.3"), ("不详", 1, "14.2"),
    ]  # fmt: skip
    assert sum(row.cases for row in rows) == 7 and sum(row.share for row in rows) == Decimal(100)
    assert pareto([]) == [] and [str(row.share) for row in pareto(["a"])] == ["100.00"]
