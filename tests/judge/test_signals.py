"""异常提示: what the weekly look sees, what it leaves, and that it is written down once."""

from datetime import date, timedelta
from types import SimpleNamespace

import numpy as np
import polars as pl
import pytest
from crash import deaths
from django.utils import timezone
from judge.test_pages import page

from wushang.judge.deeds.record_signals import RecordSignals
from wushang.judge.signals import words
from wushang.judge.signals.choosing import Alarm, Looks, look_at, once, shares
from wushang.judge.signals.looking import detector_for
from wushang.judge.signals.models import Signal, SignalRun
from wushang.judge.signals.series import MONDAY, Facts, read
from wushang.judge.signals.weekly import look_weekly, monday
from wushang.judge.signals.young import young
from wushang.people.models import User
from wushang.people.scope import Scope
from wushang.pool import reading, snapshot
from wushang.simulate.places import TOWNS
from wushang.simulate.trades import TRADES
from wushang.simulate.world import build
from wushang.terms.period import add_months, month_end
from wushang.web.worker import DUTIES, build_snapshot, one_round

NEWEST = date(2026, 3, 9)  # the Monday of the last whole week before Friday 20 March 2026 whose data are in


def weekly(counts: np.ndarray, delay: int = 0) -> Facts:
    """Series × weeks of counts that were all accepted so many weeks later, one township and division each."""
    leaf, week = (axis.ravel() for axis in np.indices(counts.shape))
    leaves = tuple((f"9901{n:05d}", f"C{10 + n % 30}", "") for n in range(counts.shape[0]))
    first = NEWEST - timedelta(weeks=counts.shape[1] - 1)
    told = week + delay < counts.shape[1]
    return Facts(leaves, first, counts.shape[1], leaf[told], week[told], np.full(told.sum(), delay), counts.ravel()[told])


def chance(series: int, weeks: int, mean: float, seed: int) -> np.ndarray:
    return np.random.default_rng(seed).poisson(mean, (series, weeks))


def test_a_planted_outbreak_is_told_once_and_says_what_is_usual() -> None:
    counts = chance(40, 240, 3, 1)
    counts[7, -1] = 14
    found = look_at(weekly(counts), 0.05)
    assert (found.detector, [(one.series[0], one.week) for one in found.alarms]) == ("farrington", [("990100007", NEWEST)])
    told = found.alarms[0].values
    assert told["observed"] == 14 and 2 < told["expected"] < 4 and told["usual_high"] <= 7 and told["q"] <= 0.05


def test_a_quiet_city_is_nearly_silent() -> None:
    """60 townships, 150 series, 40 weeks, nothing planted: at most one week in twenty says anything."""
    counts = chance(60, 250, 1.5, 5)
    told = [len(look_at(weekly(counts[:, :end]), 0.05).alarms) for end in range(210, 250)]
    assert sum(told) <= 2


def test_a_short_history_is_compared_with_the_weeks_before_it_and_too_short_a_one_with_nothing() -> None:
    assert [detector_for(n) for n in (9, 10, 107, 108)] == ["", "ears", "ears", "farrington"]
    counts = chance(20, 30, 2, 3)
    counts[4, -1] = 15
    found = look_at(weekly(counts), 0.05)
    assert (found.detector, [one.series[0] for one in found.alarms]) == ("ears", ["990100004"])
    assert look_at(weekly(counts[:, -9:]), 0.05) == Looks("", 60, 0, ())


def test_a_young_week_is_compared_with_what_was_known_of_others_at_its_age() -> None:
    """Half is accepted in the same week, half three weeks later: 6 of the newest week are double the 3 that others had then, and
    12 are expected, though a finished week usually has 6."""
    early = weekly(np.full((1, 160), 3))
    late = weekly(np.full((1, 160), 3), delay=3)
    leaf, week, delay = (np.concatenate(pair) for pair in ((early.leaf, late.leaf), (early.week, late.week), (early.delay, late.delay)))
    cases = np.concatenate([early.cases, late.cases])
    facts = Facts(early.leaves, early.first, 160, leaf, week, delay, cases)
    assert shares(facts)[:4].round(2).tolist() == [0.5, 0.5, 0.5, 1.0]
    assert look_at(facts, 0.05).alarms == ()
    cases[159] = 14
    (alarm,) = look_at(facts, 0.05).alarms
    assert (alarm.week, alarm.values["age"], alarm.values["observed"], alarm.values["forecast"]) == (NEWEST, 0, 14, 28)


def test_the_last_weeks_are_foretold_and_not_silently_low() -> None:
    """Half of a week's ten is accepted at once, half three weeks later: the last three weeks have 5 and come to 10."""
    early, late = weekly(np.full((1, 80), 5)), weekly(np.full((1, 80), 5), delay=3)
    leaf, week, delay = (np.concatenate(pair) for pair in ((early.leaf, late.leaf), (early.week, late.week), (early.delay, late.delay)))
    found = young(Facts(early.leaves, early.first, 80, leaf, week, delay, np.concatenate([early.cases, late.cases])))
    assert [(one.monday, one.seen, one.share, one.total) for one in found] == [(NEWEST - timedelta(weeks=n), 5, 50, 10) for n in range(3)]
    assert all(5 <= one.low < 10 < one.high for one in found)
    assert young(weekly(np.full((1, 80), 5))) == [] == young(weekly(np.full((1, 5), 5))), "all in at once; too short"


def alarm(region: str, industry: str = "", kind: str = "", p: float = 0.001, week: date = NEWEST) -> Alarm:
    values = {"span": 1, "age": 0, "observed": 9, "expected": 3.0, "usual_low": 2, "usual_high": 5, "bound": 7.5, "p": p, "q": 0.01}
    return Alarm((region, industry, kind), week, np.full(30, 3), values | {"detector": "farrington", "forecast": None})


def test_one_outbreak_is_told_once_with_most_of_its_trade_and_cause() -> None:
    told = [alarm("990100001"), alarm("990100001", "C33"), alarm("990100001", "C33", "03"), alarm("990100", "C33", p=0.002)]
    assert [one.series for one in once(told)] == [("990100001", "C33", "03")]
    other = [alarm("990100001", "C33"), alarm("990100002", "C33"), alarm("990100001", "C33", week=NEWEST - timedelta(weeks=9))]
    assert len(list(once(other))) == 3


@pytest.fixture
def record(people, now, db):
    def do(week: date, *alarms: Alarm) -> SignalRun:
        looks = Looks("farrington", 60, 40, alarms)
        return RecordSignals(people.system.actor, now, week, 1, NEWEST, NEWEST, 200, looks).do()

    return do


def test_an_office_gets_its_budget_and_the_others_wait_for_the_next_week(record, settings) -> None:
    settings.WUSHANG_SIGNALS_A_WEEK = 2
    towns = [alarm(f"9901000{n:02d}", p=n / 10_000) for n in (3, 1, 2, 4)]
    record(date(2026, 3, 16), *towns, alarm("990200001", p=0.009))
    state = dict(Signal.objects.values_list("region", "state"))
    assert {region for region, said in state.items() if said == "new"} == {"990100001", "990100002", "990200001"}
    record(date(2026, 3, 23))
    assert Signal.objects.filter(state="waiting").count() == 0 and Signal.objects.filter(state="new").count() == 5


def test_what_was_told_is_not_told_again_for_four_weeks(record) -> None:
    record(date(2026, 3, 16), alarm("990100001", "C33"))
    record(date(2026, 3, 23), alarm("990100001", "C33", week=NEWEST + timedelta(weeks=1)), alarm("990100001", week=NEWEST))
    record(date(2026, 4, 20), alarm("990100001", "C33", week=NEWEST + timedelta(weeks=5)))
    assert list(Signal.objects.order_by("week").values_list("week", flat=True)) == [NEWEST, NEWEST + timedelta(weeks=5)]


def wednesdays(weeks: int) -> list[date]:
    return [NEWEST + timedelta(days=2) - timedelta(weeks=n) for n in range(weeks)]


def outbreak(town) -> None:
    """恒岳杯业: one accident a week for 116 weeks, ten in the last whole week, and one that hurt three; 石塘门业 one a fortnight."""
    said = {"status": "accepted", "kind": "03", "industry": "C3382", "region": "990100001"}
    town.injure(*wednesdays(116), *[NEWEST + timedelta(days=n % 6) for n in range(9)], **said)
    town.injure(*[wednesdays(2)[1]] * 3, **said | {"event": "one"})
    town.injure(*wednesdays(116)[::2], at=town.door, **said | {"region": "990100002"})
    town.injure(date(2026, 3, 18), at=town.door, **said | {"region": "990100002"})


@pytest.mark.django_db
def test_the_worker_looks_once_a_week_at_what_is_in_the_ledger(town, now) -> None:
    assert look_weekly(now) == 0, "nothing to look at"
    outbreak(town)
    assert (look_weekly(now), look_weekly(now), look_weekly(now + timedelta(days=2))) == (1, 0, 0)
    (one,) = Signal.objects.all()
    assert (one.series, one.week, one.observed, one.state) == (("990100001", "C33", "machinery"), NEWEST, 10, "new")
    assert words.seen(one) == f"一周 10 起，往年同期 {one.usual_low}～{one.usual_high} 起" and one.usual_high <= 4
    assert words.days(one) == "3月9日—15日" and words.what(one) == "金属制品业，机械致害"
    assert (one.run.week, one.run.newest, one.run.weeks, one.run.commit) == (date(2026, 3, 16), NEWEST, 116, snapshot.current().commit)
    assert look_weekly(now + timedelta(days=3)) == 1, "Monday"
    assert Signal.objects.count() == 1 and SignalRun.objects.count() == 2


@pytest.mark.django_db
def test_the_worker_has_the_duty_and_the_list_behind_a_signal_holds_its_accidents(town, now) -> None:
    User.objects.update(password_set=timezone.now())
    outbreak(town)
    one_round(now, tuple(duty for duty in DUTIES if duty.do in (build_snapshot, look_weekly)))
    listed = page(town.people.wangli, f"/analyse/cube/injuries/?{words.listing(Signal.objects.get())}")
    # March: 4 March's two, one of which hurt three, and the ten of the week
    assert "14 人次" in listed and "12 起" in listed and "石塘门业" not in listed


@pytest.mark.django_db
def test_an_accident_that_hurt_three_is_one(town, now) -> None:
    outbreak(town)
    snapshot.build(now)
    facts = read(reading.open(Scope.system()), date(2026, 3, 18))
    leaf = facts.leaves.index(("990100001", "C33", "machinery"))
    assert facts.counts(0)[leaf, -3:].tolist() == [1, 2, 10] and facts.monday(facts.weeks - 1) == NEWEST


@pytest.mark.django_db
def test_the_page_says_that_history_is_too_short(town, now) -> None:
    assert "还没有看过" in page(town.people.wangli, "/judge/signals/")
    town.injure(*wednesdays(7), date(2026, 3, 18), status="accepted")
    assert look_weekly(now) == 1 and Signal.objects.count() == 0
    assert "历史数据太短" in page(town.people.wangli, "/judge/signals/") and "数据只有 7 周" in page(town.people.wangli, "/judge/signals/")


@pytest.mark.django_db(transaction=True)
def test_killed_at_any_moment_nothing_is_doubled_or_lost(people, now) -> None:
    def prepare(piece: int):
        week = date(2026, 1, 5) + timedelta(weeks=6 * piece)
        looks = Looks("farrington", 60, 40, (alarm("990100001", week=week), alarm("990100002", week=week)))
        ready = SimpleNamespace(do=lambda: RecordSignals(people.system.actor, now, week, 1, week, week, 200, looks).do(), week=week)
        pieces[piece] = ready
        return ready.do

    pieces: dict[int, SimpleNamespace] = {}
    for piece in deaths(prepare, most=12):
        ready = pieces[piece]
        assert SignalRun.objects.filter(week=ready.week).count() == Signal.objects.filter(week=ready.week).count() // 2
        if not SignalRun.objects.filter(week=ready.week).exists():
            ready.do()
        assert SignalRun.objects.filter(week=ready.week).count() == 1 and Signal.objects.filter(week=ready.week).count() == 2


def test_weeks_begin_on_monday() -> None:
    assert monday(date(2026, 3, 22)) == date(2026, 3, 16) and monday(NEWEST) == NEWEST


@pytest.mark.parametrize("until", [date(2026, 3, 31), date(2026, 10, 31), date(2026, 12, 31)])
def test_the_outbreak_that_is_planted_in_the_practice_city_is_told_in_whatever_month_it_ends(until) -> None:
    """Seen when the claims of a month are in, as they were accepted by then; the truth says where and when it was."""
    city, _stream = build(150, 24, 1, until)
    planted, told = city.risk.outbreak, []
    for months in (3, 2, 1):  # the newest month is not handed in yet
        told += look_at(of_claims(city, month_end(add_months(until.replace(day=1), -months))), 0.05).alarms
    town = TOWNS[planted.town].code
    near = [one for one in told if planted.first <= one.week <= planted.last]  # of the township, or of the trade in all of the county
    assert any(town.startswith(place) and trade == "C33" for one in near for place, trade, _kind in one.keys)


def of_claims(city, data_to: date) -> Facts:
    """The series as the pool would give them: accidents (not people) whose first claim was accepted by the last Sunday of the data."""
    end = data_to - timedelta(days=(data_to.weekday() + 1) % 7)
    rows = city.claims.filter((pl.col("occurred") <= end) & (pl.col("accepted") <= end)).sort("event", "accepted").unique("event", keep="first", maintain_order=True)
    firm = rows["enterprise"].to_numpy() - 1
    places = ((TOWNS[city.firms.town[one]].code, f"C{TRADES[city.firms.trade[one]].code[1:3]}") for one in firm)
    leaves = [(*place, kind or "") for place, kind in zip(places, rows["kind"], strict=True)]
    known = sorted(set(leaves))
    week, told = ((rows[name] - MONDAY).dt.total_days().to_numpy() // 7 for name in ("occurred", "accepted"))
    first, place = int(week.min()), np.array([known.index(one) for one in leaves])
    begins = MONDAY + timedelta(weeks=first)
    return Facts(tuple(known), begins, (end - begins).days // 7 + 1, place, week - first, told - week, np.ones(len(leaves), int))
