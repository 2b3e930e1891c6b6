import re
from datetime import date, timedelta

import pytest
from django.test import Client

from wushang.people.access import scope_of
from wushang.people.actor import Actor
from wushang.people.deed import NotAllowed
from wushang.people.deeds.appoint import Appoint, AppointDeputy
from wushang.people.deeds.create_account import CreateAccount
from wushang.people.deeds.deactivate import Deactivate, Reactivate
from wushang.people.deeds.end_appointment import EndAppointment
from wushang.people.deeds.set_password import ResetPassword
from wushang.people.models import Appointment, AuditEntry, Department, Role, User
from wushang.terms.problem import Refused

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 20)


def office(code="990100-hrss"):
    return Department.objects.get(code=code)


def role(code):
    return Role.objects.get(code=code)


def test_the_list_shows_the_administrators_own_county_only(enter):
    page = enter("admin").get("/people/accounts/").content.decode()
    assert "张海燕" in page and "东城街道" in page
    assert "林外" not in page


def test_who_has_no_right_gets_no_list(enter):
    assert enter("wangli").get("/people/accounts/").status_code == 403
    assert Client().get("/people/accounts/").status_code == 302


def test_the_section_head_sees_accounts_but_no_forms(enter, people):
    browser = enter("lijianguo")
    page = browser.get(f"/people/accounts/{people.wangli.pk}/").content.decode()
    assert "经办人" in page and "任命岗位" not in page and "重置密码" not in page
    assert browser.post(f"/people/accounts/{people.wangli.pk}/reset/").status_code == 403


def test_filters_by_name_department_and_state(enter, people):
    User.objects.filter(pk=people.zhoumin.pk).update(is_active=False)
    browser = enter("admin")

    def found(query):
        return re.findall(r'accounts/\d+/">([^<]+)<', browser.get(f"/people/accounts/?{query}").content.decode())

    assert found("q=zhang") == ["张海燕"]
    assert found("department=990100-em") == ["方志强"]
    assert found("state=closed") == ["周敏"]


def test_an_account_of_another_county_is_not_found(enter, people, now):
    browser = enter("admin")
    assert browser.get(f"/people/accounts/{people.linwai.pk}/").status_code == 404
    assert browser.post(f"/people/accounts/{people.linwai.pk}/reset/").status_code == 404
    with pytest.raises(NotAllowed):
        ResetPassword(people.admin.actor, now, people.linwai).do()


def test_a_new_account_gets_its_password_on_paper_once_and_must_change_it(enter):
    sent = {"name": "陈新", "username": "chenxin", "department": office().pk}
    page = enter("admin").post("/people/accounts/new/", sent).content.decode()
    password = re.findall(r'class="secret">([^<]+)<', page)[1]
    browser = Client()
    assert browser.post("/sign-in/", {"username": "chenxin", "password": password}).status_code == 302
    assert browser.get("/")["Location"] == "/people/password/"
    entry = AuditEntry.objects.get(subject="account:chenxin")
    assert password not in str(entry.detail)


@pytest.mark.parametrize(
    ("fields", "why"),
    [({"username": "wangli"}, "已经有人用"), ({"username": "陈新"}, "小写字母"), ({"name": " "}, "没有写姓名")],
)
def test_an_account_that_cannot_be_made_says_why(people, now, fields, why):
    said = {"username": "chenxin", "name": "陈新", "department": office(), **fields}
    with pytest.raises(Refused, match=why):
        CreateAccount(people.admin.actor, now, **said).do()


def test_no_account_in_another_county(people, now):
    with pytest.raises(NotAllowed):
        CreateAccount(people.admin.actor, now, "chenxin", "陈新", office("990200-hrss")).do()


def test_appointing_gives_the_rights_of_the_role_in_its_regions(enter, people, today):
    sent = {"form": "post", "role": role("regulator").pk, "regions": ["990100002"], "industries": "C33、建筑业",
            "valid_from": "", "valid_to": ""}  # fmt: skip
    answer = enter("admin").post(f"/people/accounts/{people.zhoumin.pk}/", sent)
    assert answer.status_code == 302
    held = Appointment.objects.get(user=people.zhoumin, role__code="regulator")
    assert held.industries == ["C33", "E"]
    scope = scope_of(people.zhoumin, today)
    assert scope.covers("rectify.answer_referral", "990100002", "C3382")
    assert not scope.covers("rectify.answer_referral", "990100001", "C3382")


def test_an_unknown_industry_is_named(enter, people):
    sent = {"form": "post", "role": role("regulator").pk, "regions": ["990100"], "industries": "C33、造梦业"}
    page = enter("admin").post(f"/people/accounts/{people.zhoumin.pk}/", sent).content.decode()
    assert "“造梦业”不是国民经济行业" in page


def test_nobody_appoints_himself_or_beyond_his_region(people, now):
    with pytest.raises(Refused, match="自己"):
        Appoint(people.admin.actor, now, people.admin, role("clerk"), ["990100"]).do()
    with pytest.raises(NotAllowed):
        Appoint(people.admin.actor, now, people.zhoumin, role("clerk"), ["990200"]).do()


def test_an_auditor_holds_no_other_post(people, now):
    with pytest.raises(Refused, match="审计员"):
        Appoint(people.admin.actor, now, people.auditor, role("clerk"), ["990100"]).do()
    with pytest.raises(Refused, match="审计员"):
        Appoint(people.admin.actor, now, people.wangli, role("auditor"), ["990100"]).do()


def test_a_deputy_acts_between_the_dates_only(people, now):
    mine = Appointment.objects.get(user=people.zhoumin)
    AppointDeputy(people.zhoumin.actor, now, mine, people.lijianguo, TODAY, TODAY + timedelta(days=3)).do()
    assert scope_of(people.lijianguo, TODAY).may("warn.sign")
    assert scope_of(people.lijianguo, TODAY + timedelta(days=3)).may("warn.sign")
    assert not scope_of(people.lijianguo, TODAY + timedelta(days=4)).may("warn.sign")
    assert not scope_of(people.lijianguo, TODAY - timedelta(days=1)).may("warn.sign")


def test_a_deputy_cannot_pass_it_on_nor_leave_the_department(people, now):
    mine = Appointment.objects.get(user=people.zhoumin)
    lent = AppointDeputy(people.zhoumin.actor, now, mine, people.lijianguo, TODAY, TODAY + timedelta(days=3)).do()
    with pytest.raises(Refused, match="代理来的岗位"):
        AppointDeputy(people.lijianguo.actor, now, lent, people.wangli, TODAY, TODAY).do()
    with pytest.raises(Refused, match="不是本单位"):
        AppointDeputy(people.zhoumin.actor, now, mine, people.fangzhiqiang, TODAY, TODAY).do()


def test_one_names_a_deputy_on_ones_own_page(enter, people, today):
    mine = Appointment.objects.get(user=people.zhoumin)
    sent = {"principal": mine.pk, "deputy": people.lijianguo.pk, "valid_from": today, "valid_to": today + timedelta(days=2)}
    browser = enter("zhoumin")
    assert browser.post("/people/me/", sent).status_code == 302
    assert "李建国" in browser.get("/people/me/").content.decode()
    assert "代理周敏" in enter("lijianguo").get("/people/me/").content.decode()


def test_ending_a_post_ends_its_deputies(people, now):
    mine = Appointment.objects.get(user=people.zhoumin)
    AppointDeputy(people.zhoumin.actor, now, mine, people.lijianguo, TODAY, TODAY + timedelta(days=30)).do()
    EndAppointment(people.admin.actor, now, mine, TODAY, "轮岗").do()
    tomorrow = TODAY + timedelta(days=1)
    assert scope_of(people.zhoumin, TODAY).may("warn.sign")
    assert not scope_of(people.zhoumin, tomorrow).may("warn.sign")
    assert not scope_of(people.lijianguo, tomorrow).may("warn.sign")


def test_a_deputy_falls_with_his_principal_however_that_ended(people):
    mine = Appointment.objects.get(user=people.zhoumin)
    Appointment.objects.create(user=people.lijianguo, role=mine.role, regions=mine.regions, deputy_of=mine)
    Appointment.objects.filter(pk=mine.pk).update(valid_to=TODAY - timedelta(days=1))
    assert not scope_of(people.lijianguo, TODAY).may("warn.sign")


def test_a_reset_password_is_new_and_ends_the_old_session(enter, people):
    old = enter("wangli")
    page = enter("admin").post(f"/people/accounts/{people.wangli.pk}/reset/").content.decode()
    password = re.findall(r'class="secret">([^<]+)<', page)[1]
    assert old.get("/people/me/").status_code == 302
    assert enter("wangli", password).get("/people/me/")["Location"] == "/people/password/"


def test_a_closed_account_cannot_sign_in_and_can_be_opened_again(enter, people, now):
    inside = enter("wangli")
    Deactivate(people.admin.actor, now, people.wangli, "调离").do()
    assert inside.get("/people/me/").status_code == 302
    sent = {"username": "wangli", "password": "Yunxi-2026-demo"}
    assert Client().post("/sign-in/", sent).status_code == 200
    Reactivate(people.admin.actor, now, people.wangli).do()
    assert Client().post("/sign-in/", sent).status_code == 302


def test_an_account_with_work_in_hand_is_not_closed(people, now, monkeypatch):
    from wushang.people import hand_over

    monkeypatch.setattr(hand_over, "items_of", lambda user: [{"what": "预警件", "title": "起草", "url": ""}])
    with pytest.raises(Refused, match="名下还有 1 件在办"):
        Deactivate(people.admin.actor, now, people.wangli, "调离").do()


def test_the_last_administrator_stays(people, now):
    second = CreateAccount(people.admin.actor, now, "admin2", "管理员二", office()).do().user
    Appoint(people.admin.actor, now, second, role("system_admin"), ["990100"]).do()
    Deactivate(Actor(second, "管理员二", scope_of(second, TODAY)), now, people.admin, "调离").do()
    with pytest.raises(Refused, match="最后一位"):
        Deactivate(people.system.actor, now, second, "调离").do()


def test_departments_and_regions_of_the_county_are_listed(enter):
    page = enter("admin").get("/people/accounts/places/").content.decode()
    assert "石塘镇" in page and "云溪市卫生健康局" in page
    assert "外镇" not in page and "外县" not in page
