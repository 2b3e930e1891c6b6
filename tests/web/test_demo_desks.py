"""Whatever the weekday, every desk of the practice city has something of each kind; counted on a small city."""

from __future__ import annotations

from datetime import date

import pytest
from city import practice_city
from django.conf import settings

from wushang.analyse.models import Reconciliation
from wushang.evaluate.models import Recheck
from wushang.judge.models import FrozenList
from wushang.people.models import User
from wushang.people.todo import todos
from wushang.rectify.models import Case, CorrectionRequest, Referral
from wushang.rectify.visits import stops
from wushang.warn.models import Warning
from wushang.web.demo.calendar import moment
from wushang.web.demo.place import POSTS, actor
from wushang.web.demo.plan import STORIES, Plan

MONDAY, FRIDAY, HOLIDAY = date(2026, 11, 23), date(2026, 11, 20), date(2026, 10, 1)


def test_a_story_is_counted_in_working_days_and_a_holiday_is_the_eve_of_the_next_one():
    plan = Plan.between(date(2026, 6, 1), HOLIDAY)
    assert plan.visit == date(2026, 10, 8)  # 1 to 7 October are holidays
    assert [plan.before(moment(date(2026, 9, day), 16)) for day in (28, 29, 30)] == [3, 2, 1]
    assert Plan.between(date(2026, 6, 1), MONDAY).before(moment(FRIDAY, 16)) == 1
    assert [one.stop for one in plan.told_on(moment(date(2026, 9, 30), 16))] == ["submitted", "drafted"]


@pytest.mark.once
@pytest.mark.django_db
@pytest.mark.parametrize("today", [FRIDAY, HOLIDAY])  # the days before what is not worked; doors and walks use a Sunday
def test_each_desk_has_something_of_each_kind(tmp_path, today):
    with practice_city(tmp_path, 30, 9, today):
        at = moment(today, 9)
        assert {one.stop for one in STORIES if one.stop} <= {*Warning.objects.values_list("state", flat=True)}
        assert Warning.objects.filter(state="reviewed", level="red").exists()
        assert {"submitted", "late_submitted", "returned"} <= {*Case.objects.values_list("state", flat=True)}
        assert {"checked"} <= {*Referral.objects.values_list("state", flat=True)}
        assert CorrectionRequest.objects.filter(answered=None).count() == 1
        assert Recheck.objects.filter(state="proposed").exclude(verdict="unripe").exists()
        assert Reconciliation.objects.count() == 4 and FrozenList.objects.count() == 1
        zhang = actor("zhanghaiyan", at)
        assert {"delivery", "site"} <= {stop.kind for stop in stops(zhang.user, zhang.scope, today)}
        acts = {post.username: {str(row.op) for row in todos(actor(post.username, at), today)} for post in POSTS}
        assert {"起草", "编文号", "登记送达", "答复"} <= acts["wangli"]
        assert "审核" in acts["lijianguo"] and "签发" in acts["zhoumin"] and "审阅" in acts["fangzhiqiang"]
        drafts = Warning.objects.filter(state__in=[one.stop for one in STORIES if one.stop], due__lt=today)
        assert drafts.count() == 0  # nothing of the stories is overdue
        assert User.objects.filter(username="linjing", department__code=f"{settings.WUSHANG_REGION}-industry").exists()
