"""A trial of a year counted by hand: 恒岳杯业 is hurt on 5 August, 10 September and 20 November (a serious one), 石塘门业 on
3 December; so 高台 writes at the ends of August (yellow), September (orange), November (red) and December (yellow)."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from judge.test_run import GAOTAI, SERIOUS
from judge.town import REGION, Town

from wushang.judge.backtest.report import Trial, backtest, past, whole_months
from wushang.judge.difference import difference
from wushang.judge.file.reader import pack_of
from wushang.judge.run import regional
from wushang.pool import snapshot
from wushang.terms.period import Period, add_months
from wushang.terms.problem import Refused

pytestmark = pytest.mark.django_db
SPAN = Period(date(2025, 7, 1), date(2026, 2, 28))
LATER = GAOTAI.replace("2025-01-01: {value: 1, clause", "2025-01-01: {value: 2, clause", 1).replace(
    'value: 2, clause: "发生2起以上工伤事故或', 'value: 3, clause: "发生2起以上工伤事故或'
)


@pytest.fixture
def town(people) -> Town:
    """All of it came in on one day, so each row was known from its own day."""
    made = Town(people, datetime(2026, 9, 5, 10, tzinfo=ZoneInfo("Asia/Shanghai")))
    made.injure(date(2025, 8, 5), date(2025, 9, 10))
    made.injure(date(2025, 11, 20), severity="serious")
    made.injure(date(2025, 12, 3), date(2026, 8, 30), at=made.door)
    for unit in (made.cup, made.door):
        made.staff(unit, {add_months(date(2024, 6, 1), n): 100 for n in range(26)})
    snapshot.build(made.now)
    return made


def tried(text: str, *others: str, daily: bool = False):
    rules = [Trial(code, "", pack_of(one)) for code, one in zip(("tried", "in_force"), (text, *others), strict=False)]
    return backtest(rules[0], rules[1:], regional(REGION), SPAN, REGION, daily)


def test_letters_and_what_became_of_them(town) -> None:
    found = tried(GAOTAI, LATER)
    rule, strict, ranking = found.sides
    assert rule.by_month == [0, 1, 1, 0, 1, 1, 0, 0]
    assert {kind.outcome: kind.total for kind in rule.kinds} == {"red": 1, "orange": 1, "yellow": 2}
    assert rule.offices["hrss"] == {"by_month": rule.by_month, "letters": 4, "staff_days": 6.5}  # 4 + 1.5 + 2 × 0.5
    # by lot both units were hurt in the half year after August and after September, one after November, none after December
    assert (rule.all.ripe, rule.all.followed, rule.all.by_lot, rule.all.lead) == (4, 2, 2.5, (10, 10, 10))
    assert (rule.all.injuries, rule.all.caught) == (4, 2)
    assert (rule.all.precision, rule.all.recall, rule.all.lift) == (0.5, 0.5, 0.8)
    assert (rule.serious.followed, rule.serious.injuries, rule.serious.caught) == (2, 1, 1)
    assert rule.townships == {"990100001": 3, "990100002": 1}
    assert strict.by_month == [0, 0, 1, 0, 1, 0, 0, 0] and strict.shared == 2
    assert ranking.by_month[1] == 1 and sum(ranking.townships.values()) == ranking.letters <= rule.letters


def test_the_ranking_writes_to_the_most_hurt_and_lets_it_rest(town) -> None:
    """恒岳杯业 has the only accident by the end of August; from then on it rests, and 石塘门业 is next."""
    ranking = tried(GAOTAI).side("ranking")
    assert ranking.townships == {"990100001": 1, "990100002": 1} and ranking.by_month == [0, 1, 1, 0, 0, 0, 0, 0]
    assert ranking.all.followed == 2  # both were hurt within the half year after: 10 September and 3 December


def test_daily_the_letters_go_out_on_the_day_itself(town) -> None:
    found = tried(GAOTAI, daily=True).sides[0]
    assert found.by_month == [0, 1, 1, 0, 1, 1, 0, 0]
    assert found.all.lead == (36, 36, 36)  # 5 August to 10 September; 10 September to 20 November are 71


def test_a_referral_is_one_piece_for_each_case(town) -> None:
    town.injure(date(2025, 11, 25), severity="fatal")
    snapshot.build(town.now)
    assert tried(SERIOUS).sides[0].by_month == [0, 0, 0, 0, 1, 0, 0, 0]
    assert tried(SERIOUS, daily=True).sides[0].by_month == [0, 0, 0, 0, 2, 0, 0, 0]


def test_what_was_told_late_counts_late(town) -> None:
    town.injure(date(2025, 7, 30), at=town.door, reported=date(2025, 10, 8))
    snapshot.build(town.now)
    assert tried(GAOTAI).sides[0].by_month == [0, 1, 1, 1, 1, 1, 0, 0]


def test_the_same_inputs_give_the_same_digest(town) -> None:
    one, two, other = tried(GAOTAI), tried(GAOTAI), tried(LATER)
    assert one.to_json() == two.to_json() and one.digest == two.digest != other.digest


def test_only_whole_months_that_are_over() -> None:
    today = date(2026, 9, 5)
    assert past(today, 3) == Period(date(2026, 6, 1), date(2026, 8, 31))
    assert whole_months(Period(date(2026, 1, 1), date(2026, 2, 1)), today).end == date(2026, 2, 28)
    with pytest.raises(Refused, match="还没有过去"):
        whole_months(Period(date(2026, 9, 1), date(2026, 9, 1)), today)


def test_whom_another_text_moves(town) -> None:
    """At the end of 2025 恒岳杯业 has three accidents, 石塘门业 one: with higher numbers only the latter falls."""
    found = difference(pack_of(GAOTAI), pack_of(LATER), regional(REGION), date(2025, 12, 31), REGION)
    assert [(move.enterprise, move.before, move.after, move.graver) for move in found.moves] == [(town.door, "yellow", "", False)]
    assert found.texts == ["黄色预警起点：1起 → 2起", "橙色预警起点：2起 → 3起"]
    assert [(line.title, line.graver, line.lighter) for line in found.pairs] == [("黄色预警 → 不预警", 0, 1)]
    assert found.sentence.endswith("2 家单位中有 1 家结果改变：0 家变重，1 家变轻。")
    back = difference(pack_of(LATER), pack_of(GAOTAI), regional(REGION), date(2025, 12, 31), REGION)
    assert (back.graver, back.lighter) == (1, 0)
