"""The last four stages of the strip follow the case."""

from datetime import date

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


def test_the_list_says_what_the_case_waits_for_once_the_unit_has_answered(place, people):
    case = opened(place)

    def listed() -> tuple[str, str]:
        row = shown.by_due(type(case.warning).objects.filter(pk=case.warning.pk)).get()
        return tuple(map(str, shown.step_of_list(row)))

    case.warning.state, case.warning.acknowledged, case.warning.due = "delivered", None, date(2026, 3, 23)
    case.warning.save()
    assert listed() == ("单位签收", "2026-03-23") and not shown.is_taken_over(case.warning)
    assert shown.stages(case.warning, place.day)[4]["when"] == "3月20日"
    reported(place, case, place.now)
    assert listed() == ("待复核", "2026-04-03") and shown.is_taken_over(case.warning)
    AcceptReport(people.fangzhiqiang.actor, place.now, case).do()
    assert listed() == ("待评估", "2026-07-20")


def test_the_list_waits_for_no_receipt_of_what_was_left(place):
    case = opened(place, level="yellow", state="delivered", acknowledged=None)
    assert shown.is_taken_over(case.warning)  # no day of a receipt: nobody has to sign


def test_the_list_ends_with_what_is_ended(place):
    first = place.warning()
    type(first).objects.filter(pk=first.pk).update(state="closed", due=None)
    second = place.warning()
    assert list(shown.by_due(type(first).objects.all())) == [second, first]
