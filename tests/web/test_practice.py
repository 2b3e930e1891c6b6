from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from wushang.people import audit
from wushang.people.actor import Actor
from wushang.web.practice.exercises import EXERCISES, done_since

pytestmark = pytest.mark.django_db


def test_there_are_ten_exercises_and_each_leads_its_own_person_to_a_page(people, client):
    assert len(EXERCISES) == 10
    for who in sorted({one.who for one in EXERCISES}):
        client.force_login(getattr(people, who), backend="django.contrib.auth.backends.ModelBackend")
        text = client.get(reverse("practice")).content.decode()
        assert [e for e in EXERCISES if e.who == who and f'href="{reverse(e.url)}">去做' not in text] == []
        assert text.count("去做") == sum(e.who == who for e in EXERCISES) and "已完成 0 项" in text


def test_an_exercise_is_done_when_its_deed_stands_in_the_log_by_hand(people):
    at = timezone.now()
    replayed = Actor(people.wangli, "王丽", people.wangli.actor.scope, "command")
    audit.write(replayed, at, "warn.draft", "warning:1", {"act": "SubmitForReview"})
    assert done_since(at - timedelta(minutes=1)) == {}
    audit.write(people.wangli.actor, at, "warn.draft", "warning:1", {"act": "SubmitForReview"})
    audit.write(people.wangli.actor, at, "warn.sign", "warning:1", {"act": "Sign", "refused": True})
    assert [str(title) for title in done_since(at - timedelta(minutes=1))] == ["起草一件预警"]


def test_a_real_deployment_has_no_exercises(people, client, settings):
    settings.WUSHANG_MODE = "live"
    client.force_login(people.wangli, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(reverse("practice")).status_code == 404


def test_every_deed_named_by_an_exercise_exists():
    import importlib
    import pkgutil

    import wushang

    names = set()
    for room in ("collect", "warn", "rectify"):
        package = importlib.import_module(f"wushang.{room}.deeds")
        for module in pkgutil.iter_modules(package.__path__):
            names |= set(vars(importlib.import_module(f"{package.__name__}.{module.name}")))
    assert {deed for e in EXERCISES for deed in e.deeds} - names == set()
    assert wushang
