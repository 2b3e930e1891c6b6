"""Whose word counts for a field of an injury: by field, by the day of the event; what linked rows add, and that it goes again."""

from datetime import date
from importlib import import_module

import pytest
from deliveries import claim
from django.apps import apps

from wushang.collect.source import shipped
from wushang.integrate import injuries, precedence
from wushang.integrate.deeds.decide_link import ReleaseLink
from wushang.integrate.delivery import Row
from wushang.integrate.hearing import hear_waiting
from wushang.integrate.injuries import version
from wushang.integrate.land import Order, land
from wushang.integrate.models import Link
from wushang.integrate.undo import undo
from wushang.pool import landing
from wushang.pool.models import Accident, Commit, InjuryVersion, Report, Visit

OLD, NEW = date(2026, 6, 30), date(2026, 7, 1)


def report(source="injury_recognition", pk=1, **values):
    return Report(pk=pk, source=source, values={"occurred": "2026-06-30", **values}, employer_id=pk)


def told(*facts, occurred=OLD):
    reports = [fact for fact in facts if isinstance(fact, Report)]
    for one in reports:
        one.values["occurred"] = one.values.get("day") or occurred.isoformat()
    return version(7, reports, {}, [fact for fact in facts if fact not in reports])


ACCIDENT = {"pk": 8, "source": "safety_accidents", "occurred": OLD, "kind": "fire", "hour": 9, "dead": 1}
BY_HAND = {"source": "hand_entry", "pk": 2}


def test_every_name_in_the_file_is_a_source():
    for one in precedence.dated():
        for order in (one.default, *one.fields.values()):
            assert set(order.sources) - {precedence.ANY} <= set(shipped()) and order.because


@pytest.mark.parametrize("field", ["severity", "part", "kind", "hour", "post", "workshop"])
def test_what_was_entered_by_hand_comes_last_however_late_it_came(field):
    assert precedence.order_for(field, OLD).sources[-1] == "hand_entry"
    said = told(report(part="手指", severity="minor"), report(**BY_HAND, part="手臂", severity="serious"))
    assert (said["part"], said["severity"], said["employer_id"]) == ("手指", "minor", 1)


def test_what_the_recognition_leaves_empty_is_taken_from_the_entry_by_hand():
    assert told(report(part=""), report(**BY_HAND, part="手臂"))["part"] == "手臂"


def test_another_source_of_reports_stands_between_the_two():
    said = told(report(**BY_HAND, part="手臂", post="冲压"), report("another", 3, part="手掌", post="车工"), report(post="钳工"))
    assert (said["part"], said["post"]) == ("手掌", "钳工")


def test_the_day_is_the_recognitions_not_the_earliest():
    assert told(report(day="2026-06-30"), report(**BY_HAND, day="2026-06-29"))["occurred"] == OLD


def test_before_the_standard_the_recognition_says_the_kind_and_from_then_on_the_accident_bureau():
    assert told(report(kind="03"), Accident(**ACCIDENT))["kind"] == "03"
    assert told(report(kind="03"), Accident(**ACCIDENT), occurred=NEW)["kind"] == "fire"
    assert told(report(kind=""), Accident(**ACCIDENT))["kind"] == "fire"


def test_an_accident_in_which_all_died_is_fatal_and_one_with_others_tells_nothing_of_each():
    assert told(report(severity="serious"), Accident(**ACCIDENT))["severity"] == "fatal"
    assert told(report(severity="serious"), Accident(**ACCIDENT, minor=2))["severity"] == "serious"
    assert told(report(severity=None), Accident(**ACCIDENT | {"dead": 0}, serious=1))["severity"] == ""


def test_the_hospital_gives_the_part_that_the_reports_leave_empty():
    visit = Visit(pk=9, source="hospital_visits", visited=OLD, part="head")
    assert told(report(), visit)["part"] == "头部"
    assert told(report(part="手指"), visit)["part"] == "手指"
    assert told(report(), report(**BY_HAND, part="手"), visit)["part"] == "头部"


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ("[injury_recognition, safety_accident, '*']", "no source 'safety_accident'"),
        ("[hospital_visits, '*']", "says nothing of it"),
        ("[injury_recognition]", "among them"),
    ],
)
def test_a_wrong_name_is_said_when_the_file_is_read(wrong, why):
    text = f"- from: 1900-01-01\n  default: {{order: {wrong}, because: 平台默认}}\n"
    with pytest.raises(ValueError, match=why):
        precedence.read(text)


@pytest.fixture
def linked(send, people, now):
    """An injury of which the recognition says no part, and a hospital's visit linked to it."""
    send("Report", claim("1号", part=""))
    visit("S00.1", people, now)
    row, injury = Visit.objects.current().get(), InjuryVersion.objects.current().get().injury
    natural = {"source": row.source, "sender": row.sender, "key": row.key}
    return Link.objects.create(what="visit", **natural, injury=injury, state=Link.LINKED, how="exact", probability=1, commit=2, found=now)


def visit(diagnosis, people, now):
    row = Row("医院|1", diagnosis, {"number": "1", "facility": "医院", "visited": "2026-03-06", "diagnosis": diagnosis}, {"worker": "张三"})
    row = Row(row.key, row.digest, {n: v for n, v in row.values.items() if n != "diagnosis"}, row.personal | {"diagnosis": diagnosis})
    return land(Order("Visit", "hospital_visits", "990100-health", "测试"), [row], people.wangli.actor, now)[0]


def part():
    return InjuryVersion.objects.current().get().part


@pytest.mark.django_db(transaction=True)
def test_a_linked_visit_fills_the_part_by_one_commit_and_released_it_goes_again(linked, people, now):
    assert part() == "" and hear_waiting(now) == 1 and part() == "头部"
    assert Commit.objects.exclude(number=None).last().kind == "derive"
    assert hear_waiting(now) == 0
    ReleaseLink(people.wangli.actor, now, linked, "不是同一次受伤").do()
    assert hear_waiting(now) == 1 and part() == ""
    assert hear_waiting(now) == 0
    assert not Commit.objects.filter(number=None).exists()


@pytest.mark.django_db(transaction=True)
def test_a_new_version_of_the_recognition_keeps_what_the_visit_says(linked, now, send):
    hear_waiting(now)
    send("Report", claim("1号", "a2", part="", workshop="冲压车间"))
    assert (part(), InjuryVersion.objects.current().get().workshop) == ("头部", "冲压车间")
    send("Report", claim("1号", "a3", part="手指"))
    assert part() == "手指"


@pytest.mark.django_db(transaction=True)
def test_a_visit_that_changes_or_is_taken_back_is_heard_anew(linked, people, now):
    hear_waiting(now)
    commit = visit("S10.1", people, now)
    assert hear_waiting(now) == 1 and part() == "颈部"
    undo(commit, "withdrawal", "撤回", people.wangli.actor, now)
    assert hear_waiting(now) == 1 and part() == "头部"


@pytest.mark.django_db(transaction=True)
def test_a_link_that_tells_nothing_new_makes_no_commit(linked, now, send):
    send("Report", claim("1号", "a3", part="手指"))
    number = Commit.objects.exclude(number=None).count()
    assert hear_waiting(now) == 1 and Commit.objects.exclude(number=None).count() == number
    assert Link.objects.get().told


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("state", [Link.RELEASED, Link.OPEN])
def test_a_link_taken_back_while_it_is_heard_is_heard_again(linked, now, monkeypatch, state):
    """The rows were read with the link; when they are published it is none any more."""
    real = injuries.derive_changed

    def derive(*args):
        done = real(*args)
        Link.objects.update(state=state)
        return done

    monkeypatch.setattr(injuries, "derive_changed", derive)
    assert hear_waiting(now) == 1 and part() == "头部"
    assert hear_waiting(now) == 1 and part() == "" and hear_waiting(now) == 0


@pytest.mark.django_db(transaction=True)
def test_a_link_made_again_while_its_end_is_heard_is_heard_again(linked, now, monkeypatch):
    hear_waiting(now)
    Link.objects.update(state=Link.RELEASED)
    real = injuries.derive_changed

    def derive(*args):
        done = real(*args)
        Link.objects.update(state=Link.LINKED)
        return done

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(injuries, "derive_changed", derive)
        assert hear_waiting(now) == 1 and part() == ""
    assert hear_waiting(now) == 1 and part() == "头部"


@pytest.mark.django_db(transaction=True)
def test_an_injury_that_a_landing_has_claimed_is_heard_when_it_is_done(linked, people, now):
    claimed = landing.start("landing", "一大批", people.wangli.actor, now)
    landing.claim(claimed, InjuryVersion, [InjuryVersion.objects.current().get().pk])
    assert hear_waiting(now) == 0 and Commit.objects.filter(number=None).get() == claimed
    landing.abandon(claimed)
    assert hear_waiting(now) == 1 and part() == "头部"


def test_who_was_hurt_is_told_in_kinds_and_bands_and_by_whose_report():
    """The recognition's word first; what it leaves empty the entry by hand fills; nobody's word stays empty, never guessed."""
    first = report(post="冲床操作工", workshop="三号冲压车间", age=34, sex="")
    first.sender, second = "990100-hr", report(**BY_HAND, sex="F", age=60)
    names = ("sex", "age_band", "workshop_kind", "post_kind", "sender")
    said = told(first, second)
    assert [said[name] for name in names] == ["F", "3", "press", "press", "990100-hr"]
    nobody = told(report(post="张三带的班"))
    assert [nobody[name] for name in names] == ["", "", "", "other", ""]


@pytest.mark.django_db(transaction=True)
def test_an_older_ledger_is_filled_as_it_would_have_been_kept(send, now):
    """Version by version: what was known of the first report stands in the first, the second's in the second."""
    send("Report", claim("1号", post="焊工", sex="M", age=24))
    send("Report", claim("1号", "a2", post="叉车工", sex="F", age=25))
    names = ("sex", "age_band", "workshop_kind", "post_kind", "sender")
    kept = list(InjuryVersion.objects.order_by("pk").values_list(*names))
    assert [(row[0], row[1], row[3]) for row in kept] == [("M", "2", "weld"), ("F", "3", "forklift")]
    InjuryVersion.objects.update(**dict.fromkeys(names, ""))
    import_module("wushang.pool.migrations.0010_who_was_hurt").fill(apps, None)
    assert list(InjuryVersion.objects.order_by("pk").values_list(*names)) == kept
