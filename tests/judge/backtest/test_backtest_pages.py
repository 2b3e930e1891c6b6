"""历史试算 and 新旧对比 as an officer opens them."""

from datetime import date

import pytest
from django.utils import timezone
from judge.backtest.test_backtest_report import LATER, town  # noqa: F401
from judge.test_run import GAOTAI
from judge.town import REGION

from wushang.judge.deeds.draft_policy import DraftPolicy
from wushang.people.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(town, client):  # noqa: F811
    """高台 in force, and a draft with higher numbers."""
    town.adopt(GAOTAI, date(2026, 1, 1))
    text = LATER.partition("examples:")[0] + "examples:\n  - {name: 三起, given: {events: 3, hazards: 0}, expect: red}\n"
    made = DraftPolicy(town.people.lijianguo.actor, town.now, text, REGION).do()
    User.objects.update(password_set=timezone.now())  # pages run by the real clock
    client.force_login(town.people.lijianguo, backend="django.contrib.auth.backends.ModelBackend")
    return made


def test_the_trial_beside_the_rule_in_force_and_the_ranking(draft, client) -> None:
    answer = client.get(f"/judge/policies/{draft.pk}/backtest/?from=2025-07&to=2026-02")
    said = answer.content.decode()
    assert answer.status_code == 200 and "8 个月共 2 件" in said and "现行规则" in said and "统计排序" in said
    assert [row["letters"] for row in answer.context["sides"][:2]] == [2, 4]
    assert answer.context["sides"][1]["precision"] == "50.0%" and "满半年的件数太少" in said
    assert answer.context["townships"][0]["sides"][:2] == [2, 3]


def test_months_that_are_not_over_are_refused_with_a_sentence(draft, client) -> None:
    said = client.get(f"/judge/policies/{draft.pk}/backtest/?from=2031-01&to=2031-02").content.decode()
    assert "还没有过去" in said
    assert "不是月份" in client.get(f"/judge/policies/{draft.pk}/backtest/?from=abc").content.decode()


def test_the_two_versions_in_words_and_by_unit(draft, client) -> None:
    said = client.get(f"/judge/policies/{draft.pk}/difference/").content.decode()
    assert "黄色预警起点：1起 → 2起" in said and "橙色预警起点：2起 → 3起" in said
    assert f"/judge/policies/{draft.pk}/backtest/" in client.get(f"/judge/policies/{draft.pk}/").content.decode()
