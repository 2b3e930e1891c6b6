"""Sign people in through the real page, so that the lock and the log are the real ones."""

import pytest
from django.test import Client
from django.utils import timezone

PASSWORD = "Yunxi-2026-demo"


@pytest.fixture
def enter(people):
    """enter("wangli") → a browser in which 王丽 is signed in; another password may be given."""

    def _enter(username, password=PASSWORD):
        from wushang.people.models import User

        User.objects.filter(username=username).update(password_set=timezone.now())  # pages run by the real clock
        browser = Client()
        answer = browser.post("/sign-in/", {"username": username, "password": password})
        assert answer.status_code == 302, answer.content.decode()
        return browser

    return _enter


@pytest.fixture
def today():
    return timezone.localdate()
