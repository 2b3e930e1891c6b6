"""The last four stages of the strip follow the case."""

from rectify.acts import opened, reported

from wushang.rectify.deeds.accept_report import AcceptReport
from wushang.rectify.stages import stages

STRIP = [{"title": t, "state": "next", "when": "", "who": ""} for t in "研起审签送整复评结"]


def told(case) -> list[tuple[str, str]]:
    return [(s["state"], s["when"]) for s in stages(case, STRIP)[-4:]]


def test_the_strip_follows_the_case_from_mending_to_evaluation(place, people):
    case = opened(place)
    assert told(case) == [("now", "4月20日前"), ("next", ""), ("next", ""), ("next", "")]
    reported(place, case, place.now)
    assert told(case) == [("done", "3月20日"), ("now", "4月3日前"), ("next", ""), ("next", "")]
    AcceptReport(people.fangzhiqiang.actor, place.now, case).do()
    assert told(case) == [("done", "3月20日"), ("done", "3月20日"), ("now", "7月20日起"), ("next", "")]


def test_without_a_case_the_strip_is_warns_own(place):
    assert stages(None, STRIP) == STRIP
