"""Roles of a ledger that was founded by an earlier version."""

from importlib import import_module

import pytest
from django.apps import apps

from wushang.people import load
from wushang.people.models import Role

pytestmark = pytest.mark.django_db
narrow = import_module("wushang.people.migrations.0003_senders_own").narrow


def test_a_sender_of_an_old_ledger_reaches_its_own_department_alone_and_keeps_its_other_words():
    Role.objects.filter(code__in=("sender", "clerk")).delete()
    old = Role.objects.create(code="sender", title="报送员", verbs=["collect.upload", "collect.see", "place.word"])
    clerk = Role.objects.create(code="clerk", title="经办人", verbs=["collect.see"])
    for _again in range(2):
        narrow(apps, None)
    old.refresh_from_db()
    clerk.refresh_from_db()
    assert old.verbs == ["collect.own", "collect.see", "collect.upload", "place.word"]
    assert clerk.verbs == ["collect.see"]


def test_a_verb_shipped_since_reaches_the_role_and_one_the_place_took_away_stays_away():
    load.roles()
    clerk = Role.objects.get(code="clerk")
    taken, new = clerk.shipped[0], clerk.shipped[-1]
    clerk.verbs = [verb for verb in clerk.verbs if verb not in (taken, new)]
    clerk.shipped = [verb for verb in clerk.shipped if verb != new]  # an earlier version did not ship it
    clerk.save()
    assert load.roles() == 0
    clerk.refresh_from_db()
    assert new in clerk.verbs and taken not in clerk.verbs


def test_a_ledger_that_does_not_say_what_was_shipped_gets_only_verbs_it_has_never_heard_of():
    load.roles()
    Role.objects.update(shipped=[])
    clerk, head = Role.objects.get(code="clerk"), Role.objects.get(code="section_head")
    shared = next(verb for verb in clerk.verbs if verb in head.verbs)
    clerk.verbs = [verb for verb in clerk.verbs if verb != shared]
    clerk.save()
    load.roles()
    clerk.refresh_from_db()
    assert shared not in clerk.verbs
