"""手工录入一起工伤: looked up, checked like any row, shown before it counts, landed with one tap, once."""

import re
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from wushang.collect.models import Arrival, Batch, Series
from wushang.integrate.names import plain_name
from wushang.integrate.places import place_names
from wushang.integrate.waiting import land_waiting
from wushang.people.actor import Actor
from wushang.people.models import AuditEntry
from wushang.pool import landing
from wushang.pool.models import Enterprise, EnterpriseVersion, InjuryVersion, Report

pytestmark = pytest.mark.django_db


@pytest.fixture
def firm(people, now, monkeypatch) -> Enterprise:
    monkeypatch.setattr(timezone, "now", lambda: now)
    return made("云溪市恒岳杯业有限公司", "990100001", now)


def made(name: str, region: str, now, uscc: str = "") -> Enterprise:
    firm = Enterprise.objects.create(created=now)
    commit = landing.start("landing", "试", Actor.system(), now, False)
    landing.load(commit, EnterpriseVersion, [{"enterprise_id": firm.pk, "name": name, "plain_name": plain_name(name, place_names()), "uscc": uscc, "region": region, "industry": "C33"}])
    landing.publish(commit, now)
    return firm


@pytest.fixture
def phone(people):
    """phone("zhanghaiyan") → the officer's telephone."""

    def enter(who: str) -> Client:
        client = Client()
        client.force_login(getattr(people, who), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return enter


def said(**more) -> dict:
    return {"unit_name": "云溪市恒岳杯业有限公司", "worker": "张三丰", "day": "2026-03-19", "hour": "9", "part": "手指",
            "severity": "轻伤", "story": "冲床压到手", "key": "k1", **more}  # fmt: skip


def seen_in(page: str) -> str:
    found = re.search(r'name="seen" value="(\w+)"', page)
    assert found, page
    return found[1]


def submit(client: Client, **more):
    first = client.post("/collect/hand/", said(**more)).content.decode()
    return client.post("/collect/hand/", said(**more) | {"seen": seen_in(first)})


def test_it_is_shown_first_and_counts_only_after_the_tap(firm, phone, now):
    officer = phone("zhanghaiyan")
    page = officer.post("/collect/hand/", said()).content.decode()
    assert "2026年已接报 0 起，提交后加 1 起" in page and not Batch.objects.exists()
    answer = officer.post("/collect/hand/", said() | {"seen": seen_in(page)})
    batch = Batch.objects.get()
    assert answer["Location"] == f"/collect/hand/{batch.pk}/"
    assert (batch.state, batch.sender.code, batch.received_by, batch.arrival.way) == ("confirmed", "990100001-town", "张海燕", Arrival.HAND)
    assert land_waiting(now) == 1
    report, injury = Report.objects.current().get(), InjuryVersion.objects.current().get()
    assert (report.key, injury.employer_id, injury.status, injury.occurred, injury.hour) == ("SL2026-0001", firm.pk, "reported", date(2026, 3, 19), 9)
    assert (injury.severity, injury.part, injury.reported) == ("minor", "手指", date(2026, 3, 20))
    assert "已入库" in officer.get(answer["Location"]).content.decode()


def test_two_taps_are_one_injury(firm, phone, now):
    officer = phone("zhanghaiyan")
    assert submit(officer).status_code == submit(officer).status_code == 302
    assert Batch.objects.count() == 1


def test_what_was_changed_after_looking_is_shown_again(firm, phone):
    officer = phone("zhanghaiyan")
    page = officer.post("/collect/hand/", said()).content.decode()
    again = officer.post("/collect/hand/", said(severity="死亡") | {"seen": seen_in(page)})
    assert again.status_code == 200 and not Batch.objects.exists()


def test_numbers_are_a_series_of_our_own(firm, phone, now):
    officer = phone("zhanghaiyan")
    for key in ("a", "b", "c"):
        submit(officer, key=key)
    land_waiting(now)
    assert sorted(Report.objects.values_list("key", flat=True)) == ["SL2026-0001", "SL2026-0002", "SL2026-0003"]
    assert Series.objects.get().last == 3


def test_the_list_tells_entries_apart_by_their_number_and_unit(firm, phone, now):
    submit(phone("zhanghaiyan"))
    clerk = phone("wangli")
    assert "SL2026-0001</span>" in clerk.get("/collect/").content.decode()
    land_waiting(now)
    assert "SL2026-0001 云溪市恒岳杯业有限公司</span>" in clerk.get("/collect/").content.decode()


def test_no_machine_sends_entries_in_our_series(phone):
    admin = phone("admin")
    for address in ("/collect/machines/new/", "/collect/pulls/new/"):
        page = admin.get(address).content.decode()
        assert 'value="injury_recognition"' in page and 'value="hand_entry"' not in page


def test_the_same_checks_hold(firm, phone):
    page = phone("zhanghaiyan").post("/collect/hand/", said(day="2026-03-25", id_number="110105194912310021")).content.decode()
    assert 'name="seen"' not in page and "校验" in page
    assert not Batch.objects.exists()


def test_few_letters_of_a_name_offer_the_units_of_ones_own_town(firm, phone, now):
    made("石塘恒岳铸造厂", "990100002", now)
    officer = phone("zhanghaiyan")
    found = officer.get("/collect/hand/units/?unit_name=恒岳").content.decode()
    assert "云溪市恒岳杯业有限公司" in found and "石塘恒岳铸造厂" not in found
    assert "石塘恒岳铸造厂" in phone("wangli").get("/collect/hand/units/?unit_name=恒岳").content.decode()


def test_a_unit_is_found_by_its_code(firm, phone, now, people):
    from deliveries import DOOR

    made("云溪市立丰门业有限公司", "990100001", now, DOOR)
    assert "立丰门业" in phone("zhanghaiyan").get(f"/collect/hand/units/?unit_name={DOOR}").content.decode()


def test_one_of_several_is_chosen_without_script(firm, phone, now):
    other = made("云溪市恒岳杯业有限公司二分厂", "990100001", now)
    officer = phone("zhanghaiyan")
    page = officer.post("/collect/hand/", said(unit_name="恒岳杯业", unit=other.pk)).content.decode()
    assert "云溪市恒岳杯业有限公司二分厂</b>" in page


def test_an_unknown_unit_is_registered_to_be_settled_by_a_person(firm, phone, now):
    answer = submit(phone("zhanghaiyan"), unit_name="路边搭棚的作坊")
    assert answer.status_code == 302
    land_waiting(now)
    injury = InjuryVersion.objects.current().get()
    assert EnterpriseVersion.objects.current().get(enterprise=injury.employer_id).provisional


def test_an_injury_of_the_same_day_is_said_before(firm, phone, now):
    officer = phone("zhanghaiyan")
    submit(officer)
    land_waiting(now)
    page = officer.post("/collect/hand/", said(key="k2", worker="李四光")).content.decode()
    assert "同一天已有 1 起" in page


def test_names_and_numbers_stand_nowhere_in_the_open(firm, phone, now):
    submit(phone("zhanghaiyan"), id_number="11010519491231002X")
    land_waiting(now)
    audit = str(list(AuditEntry.objects.values_list("detail", "subject")))
    rows = str(list(Report.objects.values_list("values", "masked_name", "worker_key"))) + str(list(Batch.objects.values_list()))
    for secret in ("张三丰", "11010519491231002X", "冲床压到手"):
        assert secret not in audit and secret not in rows
    assert AuditEntry.objects.filter(verb="collect.enter", user__username="zhanghaiyan").exists()


@pytest.mark.parametrize("who", ["admin", "auditor", "shenzhiyuan"])
def test_only_clerks_and_township_officers_enter(firm, phone, who):
    assert phone(who).get("/collect/hand/").status_code == 403


def test_another_towns_unit_cannot_be_named(firm, phone, now):
    away = made("外县机械厂", "990200001", now)
    page = phone("zhanghaiyan").post("/collect/hand/", said(unit_name="外县机械厂", unit=away.pk)).content.decode()
    assert "单位名录里没有" in page
