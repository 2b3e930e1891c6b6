"""按主诉推定: a visit of which nobody says whether it was at work, whose complaint sounds like it."""

from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from wushang.collect.deeds.check_batch import check
from wushang.collect.deeds.confirm_batch import ConfirmBatch
from wushang.collect.deeds.receive_file import ReceiveFile
from wushang.integrate import leads, recapture
from wushang.integrate.then import today
from wushang.integrate.waiting import land_waiting
from wushang.people.models import Department, User
from wushang.pool.models import Visit

pytestmark = pytest.mark.django_db
HEADER = "机构名称,就诊流水号,就诊时间,姓名,单位（自述）,主诉,受伤地点,是否工作中受伤,医疗类别"
LINES = [
    "云溪市第一人民医院,M1,2026-03-05,李四,,右手被机器压伤2小时,,,自费",
    "云溪市第一人民医院,M2,2026-03-05,王五,,腰痛,工地坠落,不清楚,医保",
    "云溪市第一人民医院,M3,2026-03-05,赵六,,机器压伤,,否,医保",
    "云溪市第一人民医院,M4,2026-03-05,孙七,,打球扭伤踝部,,,自费",
    "云溪市第一人民医院,M5,2026-03-05,周八,,机器压伤,,是,工伤",
]
LATER = date(2026, 5, 20)


@pytest.fixture
def visits(people, now):
    health = Department.objects.get(code="990100-health")
    content = "\n".join([HEADER, *LINES]).encode()
    batch = ReceiveFile(people.wangli.actor, now, content, "创伤首诊202603.csv", health, "hospital_visits").do()
    assert check(batch, now)
    batch.refresh_from_db()
    ConfirmBatch(people.wangli.actor, now, batch).do()
    assert land_waiting(now) == 1


def test_a_visit_that_sounds_like_work_is_a_lead_marked_as_presumed(visits, people):
    found = Visit.objects.current().order_by("number").values_list("number", "at_work", "presumed")
    assert list(found) == [
        ("M1", None, "machine"), ("M2", None, "site"), ("M3", False, ""), ("M4", None, ""), ("M5", True, ""),
    ]  # fmt: skip
    told = leads.open_leads("visit", people.lijianguo.actor.scope, today(LATER))
    assert [(row.number, leads.presumed(row)) for row in told.order_by("number")] == [("M1", "机器压伤"), ("M2", "工地受伤"), ("M5", "")]


def test_the_page_says_by_which_words(visits):
    User.objects.update(password_set=timezone.now())
    browser = Client()
    browser.force_login(User.objects.get(username="lijianguo"))
    browser.post("/integrate/leads/purpose/", {"purpose": "verify"})
    page = browser.get("/integrate/leads/units/0/").content.decode()
    assert page.count("按主诉推定：") == 2 and "按主诉推定：机器压伤" in page


def test_what_is_presumed_is_a_part_of_no_estimate(visits, people):
    linked, alone = recapture.seen_in_hospital(people.lijianguo.actor.scope, today(LATER), date(2026, 1, 1), LATER)
    assert (linked, alone) == (set(), 1)
