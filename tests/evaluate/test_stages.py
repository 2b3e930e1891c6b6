"""评估 in the strip: computed and waiting for a signature, then signed by whom."""

from datetime import date

import pytest
from rectify.acts import opened, reported
from rectify.place import Place

from wushang.evaluate.deeds.propose_recheck import ProposeRecheck
from wushang.evaluate.deeds.sign_recheck import SignRecheck
from wushang.evaluate.warning_stages import reached
from wushang.rectify.deeds.accept_report import AcceptReport
from wushang.warn import shown


@pytest.fixture
def case(people, now):
    """Accepted on 20 March: the window is over on 20 June and ripe on 20 July."""
    place = Place(people, now)
    place.staff([date(y, m, 1) for y in (2025, 2026) for m in (3, 4, 5, 6)], 100)
    made = reported(place, opened(place), place.now)
    AcceptReport(people.fangzhiqiang.actor, place.now, made).do()
    made.place = place
    return made


def test_before_it_was_computed_only_the_case_tells(case):
    assert reached(case.warning) == {}


def test_it_waits_for_a_signature_and_then_names_the_signer(case, people):
    recheck = ProposeRecheck(people.system.actor, case.place.later(122), case).do()
    assert reached(case.warning)["evaluate"] == {"state": "now", "when": "待签发", "who": ""}
    SignRecheck(people.zhoumin.actor, case.place.later(123), recheck, "close", "达到目标").do()
    assert reached(case.warning)["evaluate"] == {"state": "done", "when": "7月21日", "who": "周敏"}
    case.warning.refresh_from_db()
    assert [row["state"] for row in shown.stages(case.warning, case.place.day)] == ["done"] * 9


def test_an_extension_goes_on_under_its_own_word(case, people):
    recheck = ProposeRecheck(people.system.actor, case.place.later(122), case).do()
    SignRecheck(people.zhoumin.actor, case.place.later(123), recheck, "extend", "再看一季", until=date(2026, 10, 20)).do()
    assert reached(case.warning)["evaluate"] == {"state": "now", "when": "延期评估", "who": "周敏"}
