"""A page that only shows does not write the session; a locked ledger signs nobody out and answers no 400."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError
from django.utils import timezone

from wushang.people.sessions import SessionStore

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept():
    store = SessionStore()
    store["who"] = "wangli"
    store.save()
    return store.session_key


def of(key: str) -> SessionStore:
    found = SessionStore(key)
    assert found["who"] == "wangli"
    return found


def test_looking_writes_nothing_for_a_minute_and_then_prolongs(kept, django_assert_num_queries):
    fresh = of(kept)
    with django_assert_num_queries(0):
        fresh.save()
    row = fresh.model.objects.get(pk=kept)
    fresh.model.objects.filter(pk=kept).update(expire_date=timezone.now() + timedelta(minutes=5))
    of(kept).save()
    assert abs(fresh.model.objects.get(pk=kept).expire_date - row.expire_date) < timedelta(seconds=30)


def test_a_change_is_written_at_once(kept):
    changed = of(kept)
    changed["who"] = "lijianguo"
    changed.save()
    assert SessionStore(kept)["who"] == "lijianguo"


def test_a_locked_ledger_lets_the_longer_life_go_and_a_sign_out_stands(kept, monkeypatch):
    old = of(kept)
    old.until -= timedelta(minutes=9)

    def locked(self, must_create=False):
        raise UpdateError

    monkeypatch.setattr(db.SessionStore, "save", locked)
    old.save()
    old.model.objects.filter(pk=kept).delete()
    with pytest.raises(UpdateError):
        old.save()
