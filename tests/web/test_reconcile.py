"""对账: the parts of a difference add up to it exactly, both sides confirm under their names."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from wushang.analyse.deeds.confirm_reconciliation import ConfirmReconciliation
from wushang.analyse.deeds.enter_reconciliation import EnterReconciliation
from wushang.analyse.models import Reconciliation
from wushang.people.deed import NotAllowed
from wushang.people.models import Appointment, AuditEntry, Department, Role, User
from wushang.terms.problem import Refused
from wushang.web.reconcile.upload import months_of

FEBRUARY = "/reconcile/2026-02/agency/"


def enter(people, now, ours=3, theirs=5, who="wangli", month=date(2026, 2, 1), **named) -> Reconciliation:
    parts = {reason: (count, "") for reason, count in named.items()}
    actor = getattr(people, who).actor
    return EnterReconciliation(actor, now, month, "agency", ours, 1, theirs, "经办月报2月", parts).do()


@pytest.fixture
def agency(people, now) -> User:
    """何青 of the agency."""
    made = User.objects.create_user("heqing", name="何青", department=Department.objects.get(code="990100-agency"), password_set=now)
    Appointment.objects.create(user=made, role=Role.objects.get(code="sender"), regions=["990100"])
    people.heqing = made
    from wushang.people.access import scope_of
    from wushang.people.actor import Actor

    made.actor = Actor(made, made.name, scope_of(made, date(2026, 3, 20)))
    return made


def test_named_differences_and_the_rest_add_up_to_the_gap(people, now):
    made = enter(people, now, commuting=1, not_received=-2)
    parts = {d.reason: d.count for d in made.differences.all()}
    assert parts == {"commuting": 1, "not_received": -2, "unexplained": -1}
    assert sum(parts.values()) == made.gap == -2


def test_nothing_is_left_unexplained_when_the_reasons_suffice(people, now):
    made = enter(people, now, not_received=-2)
    assert [d.reason for d in made.differences.all()] == ["not_received"]


@pytest.mark.parametrize(
    ("change", "why"),
    [({"month": date(2026, 3, 1)}, "还没有过完"), ({"theirs": -1}, "不能小于 0"), ({"weather": 3}, "没有这样的")],
)
def test_what_cannot_be_is_refused_with_a_sentence(people, now, change, why):
    with pytest.raises(Refused) as refused:
        enter(people, now, **change)
    assert why in str(refused.value)


def test_another_county_may_not_enter(people, now):
    with pytest.raises(NotAllowed):
        enter(people, now, who="linwai")


def test_both_sides_confirm_under_their_names_and_a_new_figure_takes_it_back(people, now, agency):
    made = enter(people, now)
    ConfirmReconciliation(people.wangli.actor, now, made).do()
    assert not made.settled
    with pytest.raises(Refused):
        ConfirmReconciliation(people.lijianguo.actor, now, made).do()  # the same side twice
    ConfirmReconciliation(agency.actor, now, made).do()
    made.refresh_from_db()
    assert made.settled and (made.ours_name, made.theirs_name) == ("王丽", "何青")
    again = enter(people, now, theirs=4)
    assert not again.settled and again.pk == made.pk
    assert AuditEntry.objects.filter(verb="analyse.reconcile").count() == 4  # two entries, two yeses


def test_the_page_says_ours_with_its_hints(town, visit):
    town.spring()
    page = visit("wangli", FEBRUARY).context
    assert page["ours"].count == 3  # people applied for in February
    assert page["ours"].hints == {"commuting": 1, "deemed": 0, "refused": -1}
    assert visit("wangli", "/reconcile/2026-02/emergency/").context["ours"].count == 2  # accidents


def test_the_form_enters_and_says_what_is_next(town, visit):
    town.spring()
    said = {"theirs": "4", "source": "经办〔2026〕2号", "not_received": "-2", "not_received_note": "两件在途", "commuting": "1"}
    answer = visit("wangli", FEBRUARY, said)
    assert answer.status_code == 302
    made = Reconciliation.objects.get()
    assert (made.ours, made.theirs, made.gap) == (3, 4, -1)
    assert {d.reason: d.count for d in made.differences.all()} == {"not_received": -2, "commuting": 1}
    assert "下一步：双方各自确认" in visit("wangli", FEBRUARY).content.decode()


def test_a_month_that_has_moved_since_says_so(town, visit, people, now):
    from wushang.pool import snapshot

    town.spring()
    enter(people, now, ours=3, theirs=3)
    town.injure(date(2026, 2, 27))
    snapshot.build(now)
    assert "此后数据有变，请重新填写" in visit("wangli", FEBRUARY).content.decode()


def test_a_small_file_is_read_by_its_months():
    text = "应急局事故统计\n月份,起数,备注\n2026年1月,1,\n2026-02,\"1,002\",含交通\n合计,1003,\n".encode()
    assert months_of(text, "a.csv") == {date(2026, 1, 1): 1, date(2026, 2, 1): 1002}


@pytest.mark.parametrize(("text", "why"), [("月份,起数\n一月,三\n", "没有认出"), ("2026年1月,1\n2026-01,2\n", "两个不同的数")])
def test_a_file_that_says_nothing_or_two_things_is_refused(text, why):
    with pytest.raises(Refused) as refused:
        months_of(text.encode(), "a.csv")
    assert why in str(refused.value)


def test_an_upload_fills_the_months_that_are_over(town, visit):
    town.spring()
    file = SimpleUploadedFile("应急月报.csv", "2026年1月,1\n2026年2月,5\n2026年3月,2\n".encode())
    visit("wangli", "/reconcile/upload/emergency/", {"file": file})
    rows = {r.month: (r.ours, r.theirs, r.source) for r in Reconciliation.objects.filter(party="emergency")}
    assert rows == {date(2026, 1, 1): (1, 1, "应急月报.csv"), date(2026, 2, 1): (2, 5, "应急月报.csv")}


def test_the_overview_lists_twelve_months_and_needs_the_right(town, visit, people, now):
    enter(people, now)
    page = visit("wangli", "/reconcile/")
    assert len(page.context["rows"]) == 12 and "未解释 -2" in page.content.decode()
    for who in ("zhanghaiyan", "linwai"):  # no right; the right, but over another county
        assert visit(who, "/reconcile/").status_code == visit(who, FEBRUARY).status_code == 403
    assert visit("wangli", "/reconcile/2026-13/agency/").status_code == 404
