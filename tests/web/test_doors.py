"""Every address × every role: the answers are held in doors.csv. A new page without a row there fails.

`WUSHANG_WRITE_DOORS=1 pytest tests/web/test_doors.py` writes the table anew; read the difference before committing it.
"""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest
from city import practice_city
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from wushang.web import api

pytestmark = [pytest.mark.django_db, pytest.mark.once]
TABLE = Path(__file__).with_name("doors.csv")
OUTSIDER, NOBODY = "outsider", "nobody"


@pytest.fixture(scope="module")
def city(django_db_setup, django_db_blocker, tmp_path_factory):
    with django_db_blocker.unblock(), practice_city(tmp_path_factory.mktemp("doors")):
        yield


@pytest.fixture(scope="module")
def clients(city) -> dict[str, Client]:
    from wushang.people import load
    from wushang.people.models import Appointment, Department, Role, User

    load.regions([{"code": "990200", "name": "外县", "kind": "county", "parent": "990000"}])
    load.departments([{"code": "990200-hrss", "name": "外县人社局", "short_name": "外县人社局", "kind": "hrss", "region": "990200"}])
    own, away = Department.objects.get(code="990100-hrss"), Department.objects.get(code="990200-hrss")
    found = {NOBODY: Client()}
    for role in [*Role.objects.order_by("code"), None]:
        name = role.code if role else OUTSIDER
        user = User.objects.create_user(f"t_{name}", "x", name=name, department=own if role else away,
                                        password_set=timezone.now())  # fmt: skip
        region = "990200" if role is None else "990100001" if name == "township" else "990100"
        Appointment.objects.create(user=user, role=role or Role.objects.get(code="clerk"), regions=[region])
        found[name] = Client()
        found[name].force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return found


def doors():
    """(name, pattern) of every address."""

    def walk(resolver, namespace=""):
        for pattern in resolver.url_patterns:
            if getattr(pattern, "namespace", "") == "api":
                continue  # the machine door tells its operations itself
            if hasattr(pattern, "url_patterns"):
                space = f"{pattern.namespace}:" if pattern.namespace else ""
                yield from walk(pattern, namespace + space)
            else:
                yield namespace + pattern.name, pattern

    return sorted(walk(get_resolver()), key=lambda door: door[0])


def samples():
    """A real object for every kind of address."""
    from wushang.collect.models import Batch, QuarantinedRow
    from wushang.evaluate.models import Recheck
    from wushang.integrate.models import Candidate
    from wushang.judge.models import Assessment, Finding, PolicyVersion, Signal
    from wushang.people.models import Appointment, User
    from wushang.pool.models import Commit, Contact, EnterpriseVersion
    from wushang.rectify.models import Case
    from wushang.warn.models import Delivery, InboxItem, Letter, Push, Warning

    def pk(model, **which):
        row = model.objects.filter(**which).order_by("pk").first()
        return row.pk if row else 1

    warning = pk(Warning)
    firm = EnterpriseVersion.objects.current().filter(region="990100001").first() or EnterpriseVersion.objects.first()
    return {
        "enterprise": {"pk": firm.enterprise_id}, "pool:contact": {"pk": pk(Contact)}, "collect": {"pk": pk(Batch)},
        "integrate:pair": {"pk": pk(Candidate)}, "integrate:undo": {"pk": pk(Commit)}, "judge:pol": {"pk": pk(PolicyVersion)},
        "judge:find": {"pk": pk(Finding)}, "judge:assessment": {"pk": pk(Assessment)},
        "judge:assessments": {"pk": pk(PolicyVersion)}, "judge:report": {"pk": pk(PolicyVersion)}, "judge:signal": {"pk": pk(Signal)},
        "warn:letter": {"pk": pk(Letter)}, "warn": {"pk": warning},
        "people:region": {"code": "990100001"}, "people:department": {"code": "990100-hrss"}, "people:role": {"code": "clerk"},
        "people:account": {"pk": pk(User)}, "people:post": {"pk": pk(Appointment)}, "rectify": {"pk": pk(Case)},
        "evaluate": {"pk": pk(Recheck)}, "evaluate:volume": {"pk": warning, "key": "why"}, "warn:delivery": {"pk": pk(Delivery)}, "warn:push": {"pk": pk(Push)},
        "warn:inbox": {"pk": pk(InboxItem)}, "place_letter": {"name": "risk_letter"},
        "analyse:library": {"board": "injuries", "table": "injuries", "form": "csv"}, "row": pk(QuarantinedRow), "firm": firm.enterprise_id, "warning": warning,
    }  # fmt: skip


def address(name: str, pattern, known) -> str:
    """The address with real objects; words that no object gives are plain samples."""
    words = {
        "act": "submit", "what": "pdf", "page": 1, "source": "register", "row": known["row"], "name": "injuries",
        "party": "agency", "month": "2026-09", "kind": "visit", "enterprise": known["firm"], "n": 0, "code": "x",
        "token": "no-such-token", "warning": known["warning"], "number": 1, "table": "warnings",
        "sender": "990100-hrss", "letter": 1, "record": 1,
    }  # fmt: skip
    best = max((k for k in known if isinstance(known[k], dict) and name.startswith(k)), key=len, default=None)
    words |= {"pk": 1} | (known[best] if best else {})
    return reverse(name, kwargs={key: words[key] for key in pattern.pattern.converters})


def answer(client: Client, method: str, url: str, **given) -> str:
    """The status of one request, undone afterwards; a redirect to sign-in is 'sign-in'."""
    with transaction.atomic():
        response = getattr(client, method)(url, **given)
        _ = b"".join(response.streaming_content) if response.streaming else response.content
        transaction.set_rollback(True)
    if response.status_code == 302 and response["Location"].startswith("/sign-in/"):
        return "sign-in"
    return str(response.status_code)


@pytest.fixture(scope="module")
def answers(clients) -> list[dict[str, str]]:
    known = samples()
    rows = []
    for name, pattern in doors():
        url = address(name, pattern, known)
        for method in ("get", "post"):
            said = {who: answer(client, method, url) for who, client in clients.items() if name != "sign_out"}
            rows.append({"address": name, "method": method, **said})
    return rows + [machine_answers(door, clients, known) for door in api.operations()]


def machine_answers(door, clients, known) -> dict[str, str]:
    """One operation of the machine door, asked by every role."""
    given = {"data": door.body, "content_type": "application/json"} if door.method == "POST" else {}
    url, method = machine_url(door, known), door.method.lower()
    return {"address": f"api:{door.id}", "method": method} | {
        who: answer(client, method, url, **given) for who, client in clients.items()
    }


def machine_url(door, known) -> str:
    return door.url(
        {"enterprise": known["firm"], "warning": known["warning"], "batch": known["collect"]["pk"],
         "finding": known["judge:find"]["pk"], "assessment": known["judge:assessment"]["pk"], "version": known["judge:pol"]["pk"]}
    )  # fmt: skip


def test_every_address_answers_every_role_as_the_table_says(answers):
    if os.environ.get("WUSHANG_WRITE_DOORS"):
        with TABLE.open("w", newline="") as out:
            writer = csv.DictWriter(out, list(answers[0]), restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows(answers)
    with TABLE.open() as handle:
        held = list(csv.DictReader(handle))
    assert [{**dict.fromkeys(held[0], ""), **row} for row in answers] == held


def test_nobody_gets_in_without_signing_in(answers):
    open_doors = {name for name, pattern in doors() if "public" in verbs_of(pattern)}
    for row in answers:
        if row["address"] not in open_doors:
            assert row[NOBODY] == ("401" if row["address"].startswith("api:") else "sign-in"), row


def test_every_address_says_who_may_enter():
    """A view without `verbs` was written without a thought for who may see it."""
    assert [name for name, pattern in doors() if not verbs_of(pattern)] == []
    assert [door.id for door in api.operations() if not door.verbs] == []


def verbs_of(pattern) -> tuple[str, ...]:
    view = pattern.callback
    return getattr(view, "verbs", ()) or getattr(getattr(view, "view_class", None), "verbs", ())


def test_every_verb_is_given_by_some_role(city):
    from wushang.people.models import Role

    given = {verb for role in Role.objects.all() for verb in role.verbs} | {"public", "signed_in"}
    asked = {verb for _name, pattern in doors() for verb in verbs_of(pattern)}
    asked |= {verb for door in api.operations() for verb in door.verbs}
    assert asked - given == set()


def test_no_answer_is_a_server_error(answers):
    assert [row for row in answers if any(value.startswith("5") for value in row.values())] == []


def test_an_outsider_finds_no_unit_of_ours_on_any_page(clients, city):
    from wushang.pool.models import EnterpriseVersion

    names = set(EnterpriseVersion.objects.values_list("name", flat=True)) | set(
        EnterpriseVersion.objects.exclude(uscc="").values_list("uscc", flat=True)
    )
    known = samples()
    for name, pattern in doors():
        response = clients[OUTSIDER].get(address(name, pattern, known))
        body = b"".join(response.streaming_content) if response.streaming else response.content
        text = body.decode("utf-8", "ignore")
        assert not [unit for unit in names if unit in text], name
