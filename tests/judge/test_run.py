from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from judge.town import REGION, told

import wushang
from wushang.judge import run as judge_run
from wushang.judge.deeds.put_in_force import PutInForce
from wushang.judge.judging import judge
from wushang.judge.models import Cursor, Finding, Run
from wushang.judge.run import judge_commits, regional, run, run_all
from wushang.pool import reading, snapshot

pytestmark = pytest.mark.django_db
GAOTAI = (Path(wushang.__file__).parent / "policies/gaotai/graded_warning.yaml").read_text(encoding="utf-8")
SERIOUS = (Path(wushang.__file__).parent / "policies/yongkang/serious_injury.yaml").read_text(encoding="utf-8")
KEY = (Path(wushang.__file__).parent / "policies/yongkang/key_enterprises.yaml").read_text(encoding="utf-8")
FORCE = date(2026, 3, 1)


def day(n: int, month: int = 3, year: int = 2026) -> date:
    return date(year, month, n)


def moment(on: date) -> datetime:
    return datetime(on.year, on.month, on.day, 1, tzinfo=UTC)


def daily(town, version, on: date):
    snapshot.build(moment(on))
    return run(version, on, moment(on))


def test_the_third_accident_of_the_year_is_red_and_a_second_run_finds_nothing_new(town) -> None:
    version = town.adopt(GAOTAI, FORCE)
    town.injure(day(2), day(9), day(16))
    town.injure(day(10), at=town.door)
    first = daily(town, version, day(20))
    assert told(version) == [(town.cup, "", "red", "facts", True), (town.door, "", "yellow", "facts", True)]
    assert (first.run.units, first.run.outcomes, first.run.changes) == (2, {"red": 1, "yellow": 1}, 2)
    assert daily(town, version, day(20)).run.changes == 0
    assert Finding.objects.count() == 2


def test_the_same_facts_give_the_same_digest_and_other_facts_another(town) -> None:
    version = town.adopt(GAOTAI, FORCE)
    town.injure(day(2))
    one, two = daily(town, version, day(20)), daily(town, version, day(20))
    assert one.judged.digest == two.judged.digest
    town.injure(day(3))
    assert daily(town, version, day(20)).judged.digest != one.judged.digest


def test_a_day_to_come_is_worked_out_and_not_kept_or_no_day_before_it_could_be(town) -> None:
    version = town.adopt(GAOTAI, FORCE)
    town.injure(day(2))
    snapshot.build(town.now)
    assert run(version, date(2027, 1, 4), moment(day(20))).run is None
    assert daily(town, version, day(20)).run.changes == 1


def test_a_finding_keeps_what_decided(town) -> None:
    version = town.adopt(GAOTAI, FORCE)
    town.injure(day(2), day(3))
    daily(town, version, day(20))
    finding = Finding.objects.get()
    assert finding.values == {"events": 2, "hazards": None, "serious": 0, "fatal": 0}
    assert finding.settings["orange_from"] == 2 and "发生2起以上" in finding.clause
    assert finding.actions == ["advice_letter", "notify_regulator", "inspection"] and finding.kind == "level"
    assert (finding.as_of, finding.commit) == (day(20), 2)


def test_both_roads_are_equal(town) -> None:
    version = town.adopt(GAOTAI, FORCE)
    town.injure(day(2), day(3), day(4))
    town.injure(day(2), at=town.cup, host_id=town.door, severity="fatal")
    town.injure(day(5), at=town.away)
    town.injure(day(5), at=town.shop)
    town.hazard(town.door, day(1, 2))
    town.staff(town.cup, {day(1): 100})
    snapshot.build(town.now)
    units = [town.cup, town.door, town.shop, town.away]
    from_files = judge(version.pack, regional(REGION), day(20), REGION)
    from_ledger = judge(version.pack, reading.for_enterprises(units), day(20), REGION, units)
    assert from_files.by_unit() == from_ledger.by_unit() == {town.cup: "red", town.door: "orange"}
    assert [from_files.of(n) for n in range(2)] == [from_ledger.of(n) for n in range(2)]
    assert from_files.digest == from_ledger.digest


def test_a_new_commit_is_judged_for_the_units_it_touches_and_only_once(town) -> None:
    version = town.adopt(GAOTAI, FORCE)
    town.injure(day(12))
    assert judge_commits(moment(day(12))) == 2
    assert told(version) == [(town.cup, "", "yellow", "facts", True)]
    assert judge_commits(moment(day(12))) == 0
    town.injure(day(13))
    town.injure(day(13), at=town.door)
    assert judge_commits(moment(day(13))) == 2
    assert told(version)[1:] == [
        (town.cup, "yellow", "orange", "facts", True),
        (town.door, "", "yellow", "facts", True),
    ]
    assert Run.objects.filter(road="ledger").last().units == 2
    assert Cursor.objects.get().commit == 4
    assert daily(town, version, day(13)).run.changes == 0


def test_a_commit_of_which_no_policy_reads_anything_is_passed_over_and_makes_no_run(town) -> None:
    version = town.adopt(GAOTAI, FORCE)
    judge_commits(moment(day(12)))
    before = Run.objects.count()
    town.staff(town.cup, {day(1): 100})
    assert judge_commits(moment(day(12))) == 1
    assert (Run.objects.count(), Cursor.objects.get().commit) == (before, 2)
    town.injure(day(12))
    town.staff(town.cup, {day(1, 2): 100})
    assert judge_commits(moment(day(13))) == 2
    assert told(version) == [(town.cup, "", "yellow", "facts", True)]


def test_a_commit_that_touches_a_whole_city_is_judged_the_same_from_the_snapshot(town, monkeypatch) -> None:
    version = town.adopt(GAOTAI, FORCE)
    town.injure(day(12), day(13))
    town.injure(day(13), at=town.door)
    monkeypatch.setattr(judge_run, "CHUNK", 1)
    monkeypatch.setattr(reading, "for_enterprises", None)
    judge_commits(moment(day(13)))
    assert told(version) == [(town.cup, "", "orange", "facts", True), (town.door, "", "yellow", "facts", True)]
    assert Run.objects.get().units == 2


def dies_after(act):
    def die(*given):
        act(*given)
        raise KeyboardInterrupt

    return die


def test_a_judging_that_dies_is_done_again_and_leaves_nothing_twice(town, monkeypatch) -> None:
    version = town.adopt(GAOTAI, FORCE)
    town.injure(day(12))
    monkeypatch.setattr(judge_run, "run_units", dies_after(judge_run.run_units))
    with pytest.raises(KeyboardInterrupt):
        judge_commits(moment(day(12)))
    assert (Finding.objects.count(), Run.objects.count()) == (0, 0)
    monkeypatch.undo()
    judge_commits(moment(day(12)))
    assert told(version) == [(town.cup, "", "yellow", "facts", True)]


def test_a_provisional_unit_and_one_of_another_county_are_never_judged(town) -> None:
    version = town.adopt(GAOTAI, FORCE)
    town.injure(day(2), at=town.shop)
    town.injure(day(2), at=town.away)
    daily(town, version, day(20))
    judge_commits(moment(day(20)))
    assert told(version) == []


def test_what_happened_before_the_day_of_force_counts_and_does_not_warn(town) -> None:
    """One accident in January is counted; with the one of 5 March it is the second: orange, and that warns."""
    version = town.adopt(GAOTAI, FORCE)
    town.injure(day(10, 1))
    daily(town, version, FORCE)
    town.injure(day(5))
    daily(town, version, day(6))
    assert told(version) == [(town.cup, "", "yellow", "facts", False), (town.cup, "yellow", "orange", "facts", True)]


def test_imported_history_is_judged_and_never_warns(town) -> None:
    version = town.adopt(GAOTAI, FORCE)
    town.injure(day(2), day(3), historical=True)
    judge_commits(moment(day(20)))
    daily(town, version, day(20))
    assert told(version) == [(town.cup, "", "orange", "facts", False)]
    assert Finding.objects.get().historical
    town.injure(day(10))
    judge_commits(moment(day(20)))
    assert told(version)[1:] == [(town.cup, "orange", "red", "facts", True)]


def test_history_that_only_the_daily_run_sees_does_not_warn_either(town) -> None:
    version = town.adopt(GAOTAI, FORCE)
    town.injure(day(2), historical=True)
    daily(town, version, day(20))
    assert told(version) == [(town.cup, "", "yellow", "facts", False)]


def test_a_trial_run_computes_and_does_not_warn(town) -> None:
    version = town.adopt(GAOTAI, FORCE, mode="compute_only")
    town.injure(day(2))
    daily(town, version, day(20))
    assert told(version) == [(town.cup, "", "yellow", "facts", False)]


def test_a_refused_claim_takes_the_outcome_away_because_facts_changed(town) -> None:
    version = town.adopt(GAOTAI, FORCE)
    [injury] = town.injure(day(2))
    daily(town, version, day(20))
    town.correct(injury, status="refused")
    daily(town, version, day(25))
    assert told(version)[1:] == [(town.cup, "yellow", "", "facts", False)]


def test_the_first_of_january_takes_the_outcome_away_because_the_window_turned(town) -> None:
    version = town.adopt(GAOTAI, FORCE)
    town.injure(day(2), day(3), day(4))
    daily(town, version, day(20))
    daily(town, version, day(31, 12))
    daily(town, version, day(1, 1, 2027))
    assert told(version)[1:] == [(town.cup, "red", "", "window", False)]


def test_less_severe_than_before_is_a_finding_that_does_not_warn(town) -> None:
    version = town.adopt(GAOTAI, FORCE)
    _, injury = town.injure(day(2), day(3))
    daily(town, version, day(20))
    town.correct(injury, status="withdrawn")
    daily(town, version, day(21))
    assert told(version)[1:] == [(town.cup, "orange", "yellow", "facts", False)]


def test_the_same_text_after_its_trial_is_no_other_rule(town) -> None:
    """黄 found on trial; the second accident comes in full: by facts, and it may warn. Nobody is found anew at the change."""
    trial = town.adopt(GAOTAI, FORCE, "compute_only")
    town.injure(day(2))
    daily(town, trial, day(20))
    full = PutInForce(town.people.zhoumin.actor, moment(day(20)), trial, day(25)).do()
    assert daily(town, full, day(25)).run.changes == 0
    town.injure(day(26))
    daily(town, full, day(26))
    assert told(full) == [(town.cup, "", "yellow", "facts", False), (town.cup, "yellow", "orange", "facts", True)]


def test_a_stricter_version_changes_outcomes_by_rule_and_warns_nobody_for_the_past(town) -> None:
    """Red from two instead of three."""
    first = town.adopt(GAOTAI, FORCE)
    town.injure(day(2), day(3))
    daily(town, first, day(20))
    stricter = GAOTAI.replace("{value: 3, clause", "{value: 2, clause").replace(
        "hazards: 0}, expect: orange", "hazards: 0}, expect: red"
    )
    second = town.adopt(stricter.replace("null}, expect: orange", "null}, expect: red"), day(25))
    assert [o.to_json()["version"] for o in run_all(town.people.system.actor, day(24), moment(day(24)))] == [1]
    assert [o.to_json()["version"] for o in run_all(town.people.system.actor, day(25), moment(day(25)))] == [2]
    assert told(second)[1:] == [(town.cup, "orange", "red", "rule", False)]


def test_each_serious_injury_is_referred_and_not_only_the_first(town) -> None:
    version = town.adopt(SERIOUS, FORCE)
    town.injure(day(2), severity="serious")
    daily(town, version, day(3))
    town.injure(day(5), severity="fatal")
    daily(town, version, day(6))
    town.injure(day(7), severity="minor")
    daily(town, version, day(8))
    assert told(version) == [(town.cup, "", "serious", "facts", True), (town.cup, "serious", "serious", "facts", True)]


def test_a_look_back_at_an_earlier_day_keeps_nothing(town) -> None:
    version = town.adopt(GAOTAI, FORCE)
    town.injure(day(2))
    daily(town, version, day(20))
    look = daily(town, version, day(10))
    assert look.run is None and look.to_json()["findings"] == {"yellow": 1} and not look.to_json()["recorded"]
    assert Run.objects.count() == 1


def test_key_enterprises_are_the_first_n_of_all_units(town) -> None:
    text = KEY.replace("{value: false, basis: platform_default", "{value: true, basis: platform_default")
    text = text.replace("{value: null, clause: 该局", "{value: 1, clause: 该局").replace(
        "{value: null, clause: 镇", "{value: 1, clause: 镇"
    )
    version = town.adopt(only_ranked(text), FORCE)
    town.injure(day(2), day(3))
    town.injure(day(2), at=town.door)
    daily(town, version, day(20))
    assert told(version) == [(town.cup, "", "key", "facts", True), (town.door, "", "general", "facts", True)]
    assert judge_commits(moment(day(20))) == 3 and Run.objects.filter(road="ledger").count() == 0


def only_ranked(text: str) -> str:
    """Without the examples, which are about other parameters."""
    return text[: text.index("examples:")] + "examples:\n  - {name: 甲, given: {events: 1}, expect: key}\n"
