import re
from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from wushang.people import lockout, passwords
from wushang.people.deeds.deactivate import LiftLock
from wushang.people.models import Appointment, AuditEntry, Role, User

pytestmark = pytest.mark.django_db
PASSWORD = "Yunxi-2026-demo"


def attempt(browser, username, password):
    return browser.post("/sign-in/", {"username": username, "password": password})


def test_the_right_password_leads_to_the_first_page(enter):
    assert enter("wangli").get("/people/me/").status_code == 200


def test_without_sign_in_a_page_asks_for_it_and_comes_back(people):
    browser = Client()
    answer = browser.get("/people/me/")
    assert answer["Location"] == "/sign-in/?next=/people/me/"
    assert "没有操作会自动退出" in browser.get(answer["Location"]).content.decode()


def test_a_part_asked_for_after_the_session_ended_takes_the_whole_page_to_sign_in(people):
    shown = {"HX-Request": "true", "HX-Current-URL": "http://testserver/collect/7/?tab=new"}
    answer = Client().get("/people/me/", headers=shown)
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer["HX-Redirect"] == "/sign-in/?next=/collect/7/%3Ftab%3Dnew"


def test_the_fifth_wrong_try_locks_and_says_until_when(people):
    browser = Client()
    answers = [attempt(browser, "wangli", "wrong") for _ in range(5)]
    assert [a.status_code for a in answers] == [200, 200, 200, 200, 429]
    ends = timezone.localtime(AccessAttempt.objects.get().attempt_time + timedelta(minutes=20))
    assert f"{ends:%H:%M} 以后再试" in answers[-1].content.decode()


def test_a_locked_name_is_refused_even_with_the_right_password(people):
    browser = Client()
    for _ in range(5):
        attempt(browser, "wangli", "wrong")
    assert attempt(Client(), "wangli", PASSWORD).status_code == 429
    assert attempt(Client(), "lijianguo", PASSWORD).status_code == 302


def test_trying_on_does_not_move_the_end_of_the_lock(people):
    for _ in range(5):
        attempt(Client(), "wangli", "wrong")
    first = lockout.until("wangli", timezone.now())
    attempt(Client(), "wangli", "wrong")
    assert lockout.until("wangli", timezone.now()) == first


def test_after_twenty_minutes_one_may_try_again(people):
    for _ in range(5):
        attempt(Client(), "wangli", "wrong")
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=21))
    assert lockout.until("wangli", timezone.now()) is None
    assert attempt(Client(), "wangli", PASSWORD).status_code == 302


def test_the_administrator_lifts_the_lock(people, now):
    for _ in range(5):
        attempt(Client(), "wangli", "wrong")
    assert set(lockout.locked_names(timezone.now())) == {"wangli"}
    LiftLock(people.admin.actor, now, people.wangli).do()
    assert attempt(Client(), "wangli", PASSWORD).status_code == 302


def test_signing_in_and_failing_are_logged_but_not_what_was_typed_as_a_name(people):
    browser = Client()
    attempt(browser, "wangli", "wrong")
    attempt(browser, PASSWORD, "wrong")
    attempt(browser, "wangli", PASSWORD)
    assert list(AuditEntry.objects.values_list("verb", "subject").order_by("pk")) == [
        ("people.sign_in_failed", f"user:{people.wangli.pk}"), ("people.sign_in", f"user:{people.wangli.pk}"),
    ]  # fmt: skip


def test_the_next_person_finds_the_names_of_this_machine(people):
    browser = Client()
    attempt(browser, "wangli", PASSWORD)
    browser.post("/sign-out/")
    attempt(browser, "lijianguo", PASSWORD)
    browser.post("/sign-out/")
    page = browser.get("/sign-in/?as=wangli").content.decode()
    recent = re.search(r'class="recent".*?</div></div>', page, re.S).group()
    assert re.findall(r">(李建国|王丽|周敏)<", recent) == ["李建国", "王丽"]
    assert 'name="username"' in page and 'value="wangli"' in page
    browser.post("/people/forget/")
    assert 'class="recent"' not in browser.get("/sign-in/").content.decode()


def test_practice_accounts_are_named_in_practice_only_all_of_them_by_what_they_do(people, settings):
    for n in range(30):
        more = User.objects.create_user(f"more{n}", name=f"多{n}", department=people.zhanghaiyan.department)
        Appointment.objects.create(user=more, role=Role.objects.get(code="township"), regions=["990100001"])
    page = Client().get("/sign-in/").content.decode()
    assert "练习账号" in page and all(f">多{n}</a>" in page for n in range(30))
    towns = page.split("<dt>镇街干部</dt>")[1].split("</dd>")[0]
    assert "张海燕" in towns and "多29" in towns and "王丽" not in towns and "<dt>township" not in page
    settings.WUSHANG_MODE = "live"
    page = Client().get("/sign-in/").content.decode()
    assert "练习账号" not in page and "王丽" not in page


def test_thirty_minutes_without_an_act_end_the_session(enter, settings):
    browser = enter("wangli")
    assert browser.session.get_expiry_age() == 30 * 60
    session = browser.session
    session.set_expiry(-1)
    session.save()
    assert browser.get("/people/me/").status_code == 302


def test_changing_the_password_says_which_rule_is_broken(enter):
    browser = enter("wangli")
    page = browser.get("/people/password/").content.decode()
    assert all(rule in page for rule in passwords.rules())

    def change(new, old=PASSWORD, again=None):
        sent = {"old_password": old, "new_password1": new, "new_password2": again or new}
        return browser.post("/people/password/", sent)

    assert "三种" in change("abcdefghijkl").content.decode()
    assert "不一样" in change("Brand-new-2026", again="Other-new-2026").content.decode()
    assert "原密码不对" in change("Brand-new-2026", old="nonsense").content.decode()
    assert "一样" in change(PASSWORD).content.decode()
    assert change("Brand-new-2026").status_code == 302
    assert browser.get("/people/me/").status_code == 200
    assert User.objects.get(username="wangli").check_password("Brand-new-2026")
    assert AuditEntry.objects.filter(verb="people.password").count() == 1


def test_who_must_change_the_password_gets_no_other_page(enter, people):
    User.objects.filter(pk=people.wangli.pk).update(must_change_password=True)
    browser = enter("wangli")
    assert browser.get("/people/me/")["Location"] == "/people/password/"
    assert "管理员给的密码" in browser.get("/people/password/").content.decode()


@pytest.mark.parametrize(("password", "why"), [("Ab1-xyz", "至少要有10位"), ("12345678", "至少要有10位"), ("lantianlantian", "三种")])
def test_a_weak_password_is_refused_in_chinese(password, why):
    with pytest.raises(ValidationError) as refused:
        validate_password(password)
    said = "".join(refused.value.messages)
    assert why in said and not re.search("[A-Za-z]{4}", said)



def test_made_passwords_keep_the_rules_and_differ():
    made = {passwords.generate() for _ in range(50)}
    assert len(made) == 50
    for password in made:
        passwords.ThreeKinds().validate(password)
        assert len(password) >= 10


@pytest.mark.parametrize(("days", "age", "asked"), [(180, 179, False), (180, 181, True), (90, 91, True), (0, 5000, False)])
def test_an_old_password_must_be_changed_after_the_days_of_the_place(enter, settings, days, age, asked):
    settings.WUSHANG_PASSWORD_DAYS = days
    browser = enter("wangli")
    User.objects.filter(username="wangli").update(password_set=timezone.now() - timedelta(days=age))
    answer = browser.get("/people/me/")
    assert (answer.status_code == 302 and answer["Location"] == "/people/password/") is asked


def test_the_length_and_the_days_of_the_place_are_asked_and_told(enter, settings):
    settings.WUSHANG_PASSWORD_LENGTH, settings.WUSHANG_PASSWORD_DAYS = 14, 90
    with pytest.raises(ValidationError, match="至少要有14位"):
        validate_password("Brand-new-26!")
    validate_password("Brand-new-2026")
    page = enter("wangli").get("/people/password/").content.decode()
    assert "至少14位" in page and "每90天换一次" in page
    settings.WUSHANG_PASSWORD_DAYS = 0
    assert not any("天换一次" in rule for rule in passwords.rules())


def test_a_wrong_password_says_after_how_many_the_name_is_locked(people, settings):
    settings.AXES_FAILURE_LIMIT = 3
    assert "连续输错 3 次会锁定" in attempt(Client(), "wangli", "wrong").content.decode()
