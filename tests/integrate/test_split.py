"""误并的分开: which reported rows go to which unit, as known before and after, and back again."""

from datetime import date

import pytest
from deliveries import CUP, DOOR, claim, insured, register
from django.test import Client
from django.utils import timezone

from wushang.integrate import parting
from wushang.integrate.deeds.merge_enterprises import MergeEnterprises
from wushang.integrate.deeds.split_enterprise import SplitEnterprise, UndoSplit
from wushang.people.deed import NotAllowed
from wushang.people.models import User
from wushang.pool.models import Commit, EnterpriseVersion, Headcount, InjuryVersion
from wushang.pool.models.clock import latest
from wushang.terms.problem import Refused

pytestmark = pytest.mark.django_db(transaction=True)
NAME = "云溪市恒岳杯业有限公司"
OTHER = "云溪市恒悦五金有限公司"


@pytest.fixture
def mixed(send, people, now):
    """恒岳 and 恒悦, merged by mistake: two insured numbers, one injury each."""
    send("RegisterEntry", register(CUP, NAME, insurance_number="7"))
    send("Headcount", insured("7", 1, 58, uscc=CUP), insured("9", 1, 20, name=OTHER))
    send("Report", claim("1号"), claim("2号", "b1", "110105194912310038", date(2026, 3, 7), uscc="", employer_name=OTHER))
    keep, lose = (EnterpriseVersion.objects.current().get(name=n).enterprise for n in (NAME, OTHER))
    MergeEnterprises(people.wangli.actor, now, keep, lose, "看着像").do()
    return keep


def _codes(mixed, *said):
    return [group.code for group in parting.groups(mixed.pk) if group.said in said]


def _split(people, now, mixed, **changes):
    given = {"chosen": _codes(mixed, OTHER, "9"), "name": OTHER, "reason": "两份营业执照", **changes}
    return SplitEnterprise(people.wangli.actor, now, mixed, **given)


def test_the_facts_stand_in_groups_as_files_name_the_unit(mixed):
    found = [(group.title, group.said, len(group.rows)) for group in parting.groups(mixed.pk)]
    assert found == [("单位名册", NAME, 1), ("参保缴费", "7", 1), ("参保缴费", "9", 1), ("工伤认定", NAME, 1), ("工伤认定", OTHER, 1)]


def test_the_chosen_rows_move_and_every_figure_is_restated_and_known_as_before(mixed, people, now):
    before = latest()
    commit = _split(people, now, mixed, uscc=DOOR).do()
    new = EnterpriseVersion.objects.current().get(name=OTHER, merged_into=None)
    assert (new.uscc, new.provisional, new.insurance_number) == (DOOR, False, "9")
    assert dict(Headcount.objects.current().values_list("enterprise", "insured")) == {mixed.pk: 58, new.enterprise_id: 20}
    assert sorted(InjuryVersion.objects.current().values_list("employer", flat=True)) == sorted([mixed.pk, new.enterprise_id])
    assert set(Headcount.objects.as_of(before).values_list("enterprise", flat=True)) == {mixed.pk}
    assert set(InjuryVersion.objects.as_of(before).values_list("employer", flat=True)) == {mixed.pk}
    assert set(commit.enterprises) == {mixed.pk, new.enterprise_id} and commit.kind == "split"


def test_next_months_rows_find_the_unit_they_were_given_to(mixed, people, now, send):
    _split(people, now, mixed).do()
    new = EnterpriseVersion.objects.current().get(name=OTHER, merged_into=None)
    send("Headcount", insured("9", 2, 21, name=OTHER))
    assert Headcount.objects.current().get(insured=21).enterprise_id == new.enterprise_id


def test_undone_everything_is_as_it_was_and_both_stay_in_history(mixed, people, now, send):
    commit = _split(people, now, mixed).do()
    split_at = latest()
    UndoSplit(people.wangli.actor, now, commit, "核实后确是一家").do()
    assert set(Headcount.objects.current().values_list("enterprise", flat=True)) == {mixed.pk}
    assert set(InjuryVersion.objects.current().values_list("employer", flat=True)) == {mixed.pk}
    assert len(set(Headcount.objects.as_of(split_at).values_list("enterprise", flat=True))) == 2
    with pytest.raises(Refused, match="已经撤销"):
        UndoSplit(people.wangli.actor, now, commit, "再撤一次").do()
    send("Headcount", insured("9", 2, 21, name=OTHER))
    assert Headcount.objects.current().get(insured=21).enterprise_id == mixed.pk


@pytest.mark.parametrize(
    "changes, says",
    [({"chosen": []}, "没有选"), ({"name": " "}, "单位名称"), ({"reason": ""}, "理由"), ({"uscc": "123"}, "校验位"), ({"uscc": CUP}, "别的单位")],
)  # fmt: skip
def test_what_is_missing_is_said(mixed, people, now, changes, says):
    with pytest.raises(Refused, match=says):
        _split(people, now, mixed, **changes).do()


def test_taking_everything_away_is_refused(mixed, people, now):
    everything = [group.code for group in parting.groups(mixed.pk)]
    with pytest.raises(Refused, match="至少留下一组"):
        _split(people, now, mixed, chosen=everything).do()


def test_a_clerk_of_another_county_cannot(mixed, people, now):
    with pytest.raises(NotAllowed):
        SplitEnterprise(people.linwai.actor, now, mixed, ["x"], OTHER, "我要").do()


def test_the_page_lists_the_groups_and_does_it(mixed, people):
    User.objects.update(password_set=timezone.now())
    browser = Client()
    browser.force_login(User.objects.get(username="wangli"), backend="django.contrib.auth.backends.ModelBackend")
    page = browser.get(f"/integrate/units/{mixed.pk}/split/").content.decode()
    assert OTHER in page and "参保缴费" in page
    sent = {"group": _codes(mixed, OTHER, "9"), "name": OTHER, "reason": "两份营业执照，已核实"}
    page = browser.post(f"/integrate/units/{mixed.pk}/split/", sent, follow=True).content.decode()
    assert "已分开" in page and "撤销分开" in page
    commit = Commit.objects.get(kind="split")
    page = browser.post(f"/integrate/splits/{commit.pk}/undo/", {"reason": "核实后确是一家"}, follow=True).content.decode()
    assert "已撤销分开" in page
