"""A link is shown only to those who may open it: each role walks all that it can reach from its home page."""

from __future__ import annotations

from datetime import datetime, time
from pathlib import Path

import pytest
from city import TODAY, practice_city
from django.conf import settings
from django.test import Client
from django.utils import timezone
from web.crawl import links, pattern, place, walk

from wushang import people
from wushang.people.models import Appointment, Department, Role, User
from wushang.web.demo.place import POSTS

pytestmark = [pytest.mark.django_db, pytest.mark.once]
KINDS = {"section_head": pattern}  # who sees most asks every page every question; for others a page is a page
ROLES = sorted(file.stem for file in (Path(people.__file__).parent / "roles").glob("*.yaml"))


@pytest.fixture(scope="module")
def walks(django_db_setup, django_db_blocker, tmp_path_factory):
    """Role → what its practice account met on its walk, at noon of the day that the city was made for."""
    noon = timezone.make_aware(datetime.combine(TODAY, time(12)))
    held = {post.role: post.username for post in POSTS}
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), practice_city(tmp_path_factory.mktemp("crawl")):
        patch.setattr(timezone, "now", lambda: noon)
        return {role: walk(signed_in(held.get(role) or made(role)), kind=KINDS.get(role, place)) for role in ROLES}


def made(role: str) -> str:
    """An account with a role that no practice account holds."""
    office = Department.objects.get(code="990100-hrss")
    user = User.objects.create(username=f"t_{role}", name=role, department=office, password_set=timezone.now())
    Appointment.objects.create(user=user, role=Role.objects.get(code=role), regions=[settings.WUSHANG_REGION])
    return user.username


def signed_in(username: str) -> Client:
    client = Client(raise_request_exception=False)  # a page that breaks is an answer too
    client.force_login(User.objects.get(username=username), backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.parametrize("role", ROLES)
def test_every_link_that_is_shown_opens(walks, role):
    assert "\n".join(str(answer) for answer in walks[role] if answer.dead) == ""
    assert len(walks[role]) > 1, "the home page leads nowhere"


def test_the_walk_follows_links_of_this_host_only():
    html = '<a href="?page=2">2</a><a href="/warn/7/#why">x</a><a href="https://elsewhere/">y</a><a href="/sign-out/">z</a>'
    assert list(links("/warn/", html)) == ["/warn/?page=2", "/warn/7/"]
    assert pattern("/warn/7/?page=2&by=x") == pattern("/warn/12/?by=y&page=3") == "/warn/N/?by&page"
    assert place("/warn/7/?page=2") == "/warn/N/"
