"""下降里有没有少报: counted by hand; planted suppression is seen, a plain fall is not."""

from collections import Counter
from datetime import date, timedelta

import numpy as np
import pytest
from rectify.place import Place

from wushang.evaluate.beneath import words
from wushang.evaluate.beneath.sides import Side, ripe, side, sides, two_years
from wushang.evaluate.beneath.silence import Silence, listened, silence
from wushang.people.scope import Scope
from wushang.pool import reading, snapshot
from wushang.terms.period import Period

SOON, SLOW = Counter({3: 10, 5: 10, 9: 10}), Counter({20: 10, 35: 10, 50: 10})


def odd(lines) -> list[str]:
    return [one["said"] for one in lines if one["odd"]]


def test_light_cases_that_vanish_while_grave_ones_stay_are_told():
    (said,) = odd(words.lines(Side(80, 20, lags=SOON), Side(30, 20, lags=SOON)))
    assert said.startswith("轻伤占比由 80% 变为 60%，重伤和死亡 20 → 20 人次（p") and "像是轻伤没有报" in said


def test_a_fall_of_both_alike_is_no_suspicion():
    told = words.lines(Side(80, 20, lags=SOON), Side(40, 10, lags=SOON))
    assert odd(told) == [] and "没有看出轻伤少报" in told[0]["said"] and "申报没有变慢" in told[1]["said"]


def test_filings_that_come_later_are_told_with_the_share_beyond_the_law():
    (said,) = odd(words.lines(Side(30, 5, lags=SOON), Side(30, 5, lags=SLOW)))
    assert "中位天数 5 → 35 天，超过 30 天的占 0% → 67%" in said


def test_few_cases_and_unknown_gravity_say_that_nothing_can_be_seen():
    assert "太少" in words.lines(Side(2, 1), Side(1, 0))[0]["said"]
    assert "伤情不明" in words.lines(Side(20, 5, unknown=1), Side(5, 5, unknown=20))[0]["said"]


def test_silent_units_beyond_chance_are_told_and_chance_is_not():
    assert odd(words.lines(Side(), Side(), Silence(40, 30, 18.2, 0.0004))) == [
        "预警送达后的 40 家，180 天里 30 家一起也没有报，按各自风险应有约 18.2 家（p＜0.001）：多于偶然，可能真好了，也可能不报了，请抽查。"
    ]
    assert odd(words.lines(Side(), Side(), Silence(40, 19, 18.2, 0.46))) == []


def test_one_units_silence_by_hand():
    """Three expected for sure: e⁻³ = 5.0 %; with shape 2: (2/5)² = 16 %."""
    assert not odd(words.unit_silent(0, 3.0, 2.0)) and "可能 16%" in next(words.unit_silent(0, 3.0, 2.0))["said"]
    assert odd(words.unit_silent(0, 4.0, 50.0)) and list(words.unit_silent(1, 4.0, 50.0)) == []


def test_both_sides_are_cut_alike_where_the_newer_is_not_ripe():
    before, now = Period(date(2025, 1, 1), date(2025, 6, 30)), Period(date(2026, 1, 1), date(2026, 6, 30))
    assert ripe(before, now, date(2026, 9, 30)) == (before, now)
    assert ripe(before, now, date(2026, 7, 30)) == (Period(date(2025, 1, 1), date(2025, 5, 31)), Period(date(2026, 1, 1), date(2026, 5, 31)))
    assert ripe(before, now, date(2026, 3, 20)) is None
    first, second = two_years(date(2026, 3, 1))
    assert second.end == date(2025, 12, 31) and (first.end + timedelta(days=1), (first.end - first.start).days) == (second.start, 364)


def test_rows_become_a_side():
    found = side([("minor", 4, 2), ("fatal", 70, 1), (None, None, 3), ("serious", 4, 1)])
    assert (found.light, found.grave, found.unknown, found.total) == (2, 2, 3, 7) and sorted(found.days().tolist()) == [4, 4, 4, 70]


@pytest.mark.django_db
def test_the_snapshot_tells_the_sides_of_a_whole_place(people, now):
    place = Place(people, now)
    place.injure(date(2025, 5, 2), date(2025, 5, 3), severity="minor", reported=date(2025, 5, 12))
    place.injure(date(2026, 1, 5), severity="serious", reported=date(2026, 1, 9))
    place.injure(date(2025, 7, 1), severity="fatal")  # between the two
    snapshot.build(now)
    periods = Period(date(2025, 4, 1), date(2025, 6, 30)), Period(date(2025, 12, 1), date(2026, 1, 31))
    first, second = sides(reading.open(Scope.system()), periods)
    assert (first.light, first.grave, dict(first.lags)) == (2, 0, {9: 1, 10: 1})
    assert (second.light, second.grave, dict(second.lags)) == (0, 1, {4: 1})


@pytest.mark.django_db
def test_a_place_whose_warned_units_fall_silent_is_seen(people, now, monkeypatch):
    """30 units with three accidents each before, the 20 warned ones none in the half year since; the others as before."""
    place = Place(people, now)
    base, after = listened(date(2026, 3, 18))
    units = [place.enterprise(f"单位{n}", "990100002") for n in range(30)]
    months = [date(2024 + (m + 5) // 12, (m + 5) % 12 + 1, 1) for m in range(21)]
    for n, unit in enumerate(units):
        place.staff(months, 100, at=unit)
        place.injure(*[base.start + timedelta(days=40 * k + n) for k in range(1, 4)], at=unit)
        if n >= 20:
            place.injure(*[after.start + timedelta(days=60 * k + n % 20) for k in range(2)], at=unit)
    snapshot.build(now)
    pool = reading.open(Scope.system())
    found = silence(pool, [unit.pk for unit in units[:20]], (base, after))
    assert found is not None and (found.units, found.silent) == (20, 20) and found.due < 10 and found.p < 1e-4
    others = silence(pool, [unit.pk for unit in units[20:]], (base, after))
    assert others is not None and others.silent == 0 and others.p == 1
    assert silence(pool, [], (base, after)) is None


def test_where_nothing_is_hidden_a_warning_is_rare():
    """400 places whose light and grave cases fall alike by 30 %: one-sided exact tests call at most one in twenty odd."""
    draw = np.random.default_rng(4)
    told = [odd(words.lines(Side(draw.poisson(60), draw.poisson(12)), Side(draw.poisson(42), draw.poisson(8.4)))) for _run in range(400)]
    assert sum(map(bool, told)) <= 24
