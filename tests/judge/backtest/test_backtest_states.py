"""All days at once must say what judging each day by itself says, on what was known then."""

import random
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from judge.test_run import GAOTAI
from judge.town import REGION, Town

from wushang.judge.backtest.clock import clock, month_ends
from wushang.judge.backtest.cube import cube
from wushang.judge.backtest.staff import heads
from wushang.judge.backtest.states import day_by_day, in_one_query
from wushang.judge.backtest.unfold import at_once
from wushang.judge.file.reader import pack_of
from wushang.judge.run import regional
from wushang.judge.shipped import files
from wushang.pool import snapshot
from wushang.pool.models import DiseaseHazard, EnterpriseVersion, InjuryVersion
from wushang.terms.period import Period, add_months

pytestmark = pytest.mark.django_db
SPAN = Period(date(2025, 12, 1), date(2026, 1, 31))
ZONE = ZoneInfo("Asia/Shanghai")


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 10, tzinfo=ZONE)


def live(town: Town, seed: int = 3) -> None:
    """A year and a half of accidents, hazards, two ways of paying and corrections, each told on its day; what came before June
    came in as history."""
    chance, acts = random.Random(seed), []
    for n in range(24):
        day = date(2024, 11, 1) + timedelta(days=chance.randrange(450))
        told = day + timedelta(days=chance.randrange(1, 40))
        acts.append((max(told, date(2025, 6, 1)), n, lambda n=n, day=day, told=told: one(town, chance, n, day, told)))
    acts += [(date(2025, 6, 1), 90, lambda: town.staff(town.cup, {add_months(date(2024, 6, 1), n): 40 for n in range(12)}))]
    for n in range(8):
        month = add_months(date(2025, 6, 1), n)
        acts.append((add_months(month, 1) + timedelta(days=8), 91, lambda n=n, month=month: (town.staff(town.cup, {month: 41 + n}), town.staff(town.door, {month: 12}))))
    row = {"source": "h", "sender": "a", "key": "x", "digest": "x", "enterprise_id": town.cup, "kind": "dust", "opened": date(2025, 9, 2)}
    acts.append((date(2025, 9, 20), 92, lambda: town.land(DiseaseHazard, [row | {"closed": date(2026, 1, 5)}])))
    acts.append((date(2025, 11, 15), 93, lambda: confirm(town)))
    for day, _n, act in sorted(acts, key=lambda one: one[:2]):
        town.now = at(day)
        act()
    town.now = at(date(2026, 3, 10))
    snapshot.build(town.now)


def one(town: Town, chance: random.Random, n: int, day: date, told: date) -> None:
    status = chance.choice(["reported", "accepted", "recognised", "refused"])
    decided = told + timedelta(days=20) if status in ("recognised", "refused") else None
    town.injure(day, at=chance.choice([town.cup, town.door]), historical=told < date(2025, 6, 1), reported=told, accepted=told, at_work=n % 6 != 0,
                severity=chance.choice(["minor", "minor", "serious"]), status=status, recognised=decided, grade=chance.choice([None, 5, 8]))  # fmt: skip
    if n % 3 == 0 and InjuryVersion.objects.current().count() > 2:
        old = InjuryVersion.objects.current().order_by("pk").first()
        town.correct(old.injury_id, status="refused" if n % 2 else "recognised", recognised=told)


def confirm(town: Town) -> None:
    """A provisional unit becomes a confirmed one."""
    old = EnterpriseVersion.objects.get(enterprise=town.shop)
    town.land(EnterpriseVersion, [town.unit(town.shop, "无名作坊", "990100001")], replaces=(old.pk,))


@pytest.fixture
def town(people) -> Town:
    """A town whose ledger begins on 1 June."""
    return Town(people, at(date(2025, 6, 1)))


def entered(text: str) -> str:
    """The thresholds that the document leaves empty, and small units with the others."""
    text = text.replace("value: true", "value: false")
    for name, value in {"key_events_from": 3, "key_rate_from": 90, "key_grade_to": 6, "general_events_from": 1, "priority_count": 1}.items():
        head, _dot, tail = text.partition(f"  {name}:\n")
        text = head + f"  {name}:\n" + tail.replace("value: null", f"value: {value}", 1) if tail else text
    return text


def both(pack, days=None):
    pool = regional(REGION)
    of = cube(pool, clock(days or month_ends(SPAN), pool.commit), REGION)
    told = pack.settings(max(pack.shown_on, SPAN.end))
    return of, in_one_query(pack, pool, of, told, heads(pool, of)), day_by_day(pack, pool, of, REGION, told)


def same(fast, slow) -> None:
    assert np.array_equal(fast.outcome, slow.outcome)
    assert all(np.array_equal(fast.values[v][fast.outcome > 0], slow.values[v][slow.outcome > 0], equal_nan=True) for v in fast.values)


def test_all_days_at_once_equal_day_by_day(town) -> None:
    """By level and by list, by number, rate and grade, with scores and other years' windows, one by the hand of the town."""
    live(town)
    shipped = dict(files())
    for name in ("yongkang/key_enterprises", "qingdao/risk_colour", "templates/rate_three_colours"):
        pack = pack_of(entered(shipped[name]))
        of, fast, slow = both(pack)
        same(fast, slow)
        assert len(np.unique(fast.outcome)) > 1, name
    assert of.there.sum() == 3 * len(of.clock.days)  # the shop is one of them since November
    ends = tuple(add_months(date(2024, 12, 1), n) - timedelta(days=1) for n in range(1, 7))  # history, of which the month's staff is known
    _of, fast, slow = both(pack_of(shipped["hunan/monthly_ranking"]), ends)
    same(fast, slow)
    assert fast.outcome.max() == 1 and fast.outcome.min() == 0


@pytest.mark.parametrize("window", ["month", "last_3_months"])
def test_every_window_and_every_day(town, window: str) -> None:
    live(town, 5)
    days = (date(2025, 9, 2), date(2025, 9, 30), date(2025, 10, 9), date(2026, 1, 1))
    _of, fast, slow = both(pack_of(GAOTAI.replace("window: year_to_date", f"window: {window}")), days)
    same(fast, slow)
    assert fast.outcome.any()


def test_what_can_be_asked_at_once() -> None:
    told = {name: at_once(pack_of(text)) for name, text in files() if pack_of(text).of_units}
    assert told["gaotai/graded_warning"] and told["yongkang/serious_injury"] and told["templates/rate_three_colours"]
    assert not told["national/accident_grades"] and not told["templates/enterprise_code"]
    assert told["hunan/monthly_ranking"]
    assert not at_once(pack_of(GAOTAI.replace("measure: serious_cases", "measure: annual_incidence_rate")))
