"""The last four stages of the strip follow the case."""

from rectify.acts import opened, reported

from wushang.rectify.deeds.accept_report import AcceptReport
from wushang.rectify.warning_stages import reached
from wushang.warn import shown

LAST = ("rectify", "check", "evaluate", "close")


def told(case) -> list[tuple[str, str]]:
    stages = reached(case.warning)
    return [(stages[code]["state"], stages[code]["when"]) for code in LAST]


def test_the_strip_follows_the_case_from_mending_to_evaluation(place, people):
    case = opened(place)
    assert told(case) == [("now", "4月20日前"), ("next", ""), ("next", ""), ("next", "")]
    reported(place, case, place.now)
    assert told(case) == [("done", "3月20日"), ("now", "4月3日前"), ("next", ""), ("next", "")]
    AcceptReport(people.fangzhiqiang.actor, place.now, case).do()
    assert told(case) == [("done", "3月20日"), ("done", "3月20日"), ("now", "7月20日起"), ("next", "")]


def test_the_page_of_the_warning_shows_nine_stages_of_which_one_is_now(place):
    case = opened(place)
    strip = shown.stages(case.warning, place.day)
    assert [row["state"] for row in strip] == ["done"] * 5 + ["now"] + ["next"] * 3
    assert (strip[5]["title"], strip[5]["when"]) == ("整改", "4月20日前")


def test_without_a_case_warn_tells_the_whole_strip(place):
    assert reached(place.warning()) == {}


def test_a_case_that_was_dropped_tells_nothing(place):
    case = opened(place)
    type(case).objects.filter(pk=case.pk).update(state="dropped")
    assert reached(case.warning) == {}
