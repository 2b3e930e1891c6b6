"""The replay must say what a judging on each single day would have said."""

import random
from datetime import date, timedelta

import pytest
from judge.test_run import GAOTAI, KEY
from judge.town import REGION

from wushang.judge.file.reader import pack_of
from wushang.judge.judging import judge
from wushang.judge.replay import exact, replay
from wushang.judge.run import regional
from wushang.pool import snapshot
from wushang.pool.models import DiseaseHazard
from wushang.terms.period import Period

pytestmark = pytest.mark.django_db
WINTER = Period(date(2025, 12, 26), date(2026, 1, 8))


def one_day_after_another(pack, period: Period) -> list[tuple]:
    """Slow and plain: judge every day and note the changes."""
    pool, found = regional(REGION), []
    before = judge(pack, pool, period.start - timedelta(days=1), REGION).by_unit()
    for n in range(period.days):
        day = period.start + timedelta(days=n)
        after = judge(pack, pool, day, REGION).by_unit()
        found += [
            (day, unit, before.get(unit, ""), now) for unit, now in sorted(after.items()) if now != before.get(unit, "")
        ]
        before = after
    return found


def test_the_replay_equals_judging_every_single_day(town) -> None:
    """Random accidents over a new year, a hazard that opens and closes, commuting and refused claims among them."""
    chance = random.Random(7)
    days = [date(2025, 12, 20) + timedelta(days=chance.randrange(22)) for _ in range(14)]
    for n, day in enumerate(days):
        town.injure(
            day, at=chance.choice([town.cup, town.door]), at_work=n % 5 != 0, severity=chance.choice(["minor", "fatal"])
        )
    town.hazard(town.door, date(2025, 12, 30))
    row = {"source": "h", "sender": "a", "key": "x", "digest": "x", "enterprise_id": town.cup, "kind": "dust"}
    town.land(DiseaseHazard, [row | {"opened": date(2026, 1, 2), "closed": date(2026, 1, 5)}])
    snapshot.build(town.now)
    pack = pack_of(GAOTAI)
    assert exact(pack, WINTER)
    told = [(t.day, t.enterprise, t.was, t.now) for t in replay(pack, regional(REGION), WINTER, REGION)]
    slow = one_day_after_another(pack, WINTER)
    assert told == slow and len(told) > 5


def test_a_rule_over_a_rolling_window_is_looked_at_by_months(town) -> None:
    rolling = pack_of(GAOTAI.replace("window: year_to_date", "window: last_12_months"))
    town.injure(date(2025, 12, 28), date(2026, 1, 5))
    snapshot.build(town.now)
    assert not exact(rolling, WINTER)
    told = [(t.day, t.was, t.now) for t in replay(rolling, regional(REGION), WINTER, REGION)]
    assert told == [(date(2025, 12, 31), "", "yellow"), (date(2026, 1, 8), "yellow", "orange")]


def test_a_rule_that_ranks_all_units_is_looked_at_by_months(town) -> None:
    assert not exact(pack_of(KEY), WINTER)


def test_a_rule_about_what_has_no_day_of_its_own_is_looked_at_by_months(town) -> None:
    """Diseases, money and 整改件 are not unfolded day by day."""
    town.injure(date(2025, 12, 28))
    snapshot.build(town.now)
    for code in ("new_diseases", "payment_ratio", "closed_share"):
        pack = pack_of(GAOTAI.replace("measure: disease_hazards, window: open", f"measure: {code}, window: year_to_date"))
        assert not exact(pack, WINTER)
        told = [(turn.day, turn.now) for turn in replay(pack, regional(REGION), WINTER, REGION)]
        assert told == [(date(2025, 12, 31), "yellow"), (date(2026, 1, 1), "")]


@pytest.mark.parametrize("code", ["frequency_rate", "annual_incidence_rate", "cases_per_working_day"])
def test_a_rule_about_a_rate_by_time_is_looked_at_by_months(town, code: str) -> None:
    """Its window ends on the day, not with the year."""
    assert not exact(pack_of(GAOTAI.replace("measure: serious_cases", f"measure: {code}")), WINTER)


def test_a_measure_that_settles_its_date_is_replayed_by_that_date(town) -> None:
    """申报件数 counts by the day of application, whatever basis the rule writes: 28 December applied for on 3 January."""
    pack = pack_of(GAOTAI.replace("events: {measure: injury_events", "events: {measure: claimed_cases").replace(
        "measure: serious_cases, window: year_to_date, basis: occurred", "measure: serious_cases, window: year_to_date, basis: reported"
    ).replace("measure: fatal_cases, window: year_to_date, basis: occurred", "measure: fatal_cases, window: year_to_date, basis: reported"))
    town.injure(date(2025, 12, 28), reported=date(2026, 1, 3))
    town.injure(date(2025, 12, 27), reported=date(2025, 12, 30))
    snapshot.build(town.now)
    assert exact(pack, WINTER)
    told = [(t.day, t.enterprise, t.was, t.now) for t in replay(pack, regional(REGION), WINTER, REGION)]
    assert told == one_day_after_another(pack, WINTER) and len(told) == 3
