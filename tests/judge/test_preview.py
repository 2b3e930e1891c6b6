"""Looking ahead: what rows that are not landed yet would change, and which of it would warn."""

from datetime import date

import pytest
from judge.test_run import FORCE, GAOTAI, SERIOUS, day

from wushang.judge.preview import preview

pytestmark = pytest.mark.django_db


def accident(unit: int, number: int, on: date, **more) -> dict:
    said = {"injury": -number, "event": f"n{number}", "enterprise": unit, "employer": unit, "occurred": on, "reported": on}
    return said | {"status": "reported", "at_work": True, "severity": "minor"} | more


def hazard(unit: int, opened: date) -> dict:
    return {"enterprise": unit, "kind": "noise", "factor": "噪声", "opened": opened}


def told(expected) -> list[tuple]:
    return [(e.enterprise, e.kind, e.before, e.after, e.warns) for e in expected]


def test_the_first_hazard_list_of_all_counts_though_the_ledger_holds_none(town) -> None:
    town.adopt(GAOTAI, FORCE)
    added = {"disease_hazards": [hazard(town.cup, day(5)), hazard(town.door, day(20, 2))]}
    assert told(preview([town.cup, town.door], added, day(20))) == [
        (town.cup, "level", "", "orange", True),
        (town.door, "level", "", "orange", False),  # found before the day of force
    ]


def test_one_more_serious_injury_is_one_more_referral(town) -> None:
    town.adopt(SERIOUS, FORCE)
    town.injure(day(2), severity="serious")
    added = {"injuries": [accident(town.cup, 1, day(9), severity="fatal"), accident(town.door, 2, day(9))]}
    assert told(preview([town.cup, town.door], added, day(20))) == [
        (town.cup, "referral", "serious", "serious", True)
    ]


def test_a_trial_rule_shows_what_it_would_say_and_does_not_warn(town) -> None:
    town.adopt(GAOTAI, FORCE, mode="compute_only")
    added = {"injuries": [accident(town.cup, 1, day(9))]}
    [one] = preview([town.cup], added, day(20))
    assert (one.after, one.rises, one.warns, one.mode) == ("yellow", True, False, "compute_only")


def test_a_table_that_no_rule_reads_is_not_judged(town, django_assert_max_num_queries) -> None:
    town.adopt(GAOTAI, FORCE)
    staff = [{"enterprise": town.cup, "month": date(2026, 2, 1), "insured": 58}]
    with django_assert_max_num_queries(1):
        assert preview([town.cup], {"headcounts": staff}, day(20)) == []


def test_many_units_are_judged_in_parts_with_the_same_outcome(town, monkeypatch) -> None:
    town.adopt(GAOTAI, FORCE)
    added = {"injuries": [accident(town.cup, 1, day(9)), accident(town.door, 2, day(9))]}
    whole = preview([town.cup, town.door], added, day(20))
    monkeypatch.setattr("wushang.judge.preview.CHUNK", 1)
    assert preview([town.cup, town.door], added, day(20)) == whole
    assert len(whole) == 2
