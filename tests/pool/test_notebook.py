"""`wushang.pool.open()` as an analyst calls it: her name, her password, her places, a line in the audit chain."""

import re
from datetime import date
from pathlib import Path

import pytest

import wushang.pool
from wushang.people.models import AuditEntry
from wushang.pool import landing, notebook, snapshot
from wushang.pool.models import Enterprise, EnterpriseVersion, Headcount, Injury, InjuryVersion
from wushang.terms.problem import Refused

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "Yunxi-2026-demo"
HOWTO = Path(wushang.pool.__file__).parents[3] / "docs/howto/analyse-in-a-notebook.md"


@pytest.fixture
def heads(people, now):
    """One unit in each county, fifty heads here and seventy there."""
    here, away = (Enterprise.objects.create(created=now) for _ in range(2))
    commit = landing.start("landing", "一", people.system.actor, now)
    for unit, region, insured in ((here, "990100001", 50), (away, "990200001", 70)):
        landing.load(commit, EnterpriseVersion, [{"enterprise_id": unit.pk, "name": "厂", "plain_name": "厂", "region": region}])
        landing.load(commit, Headcount, [{
            "source": "insurance_monthly", "sender": "a", "key": region, "digest": "1", "enterprise_id": unit.pk,
            "month": date(2026, 1, 1), "insured": insured,
        }])  # fmt: skip
    landing.publish(commit, now)
    snapshot.build(now)


def signing_in(monkeypatch, username: str, password: str) -> None:
    monkeypatch.setattr("builtins.input", lambda said: username)
    monkeypatch.setattr(notebook, "getpass", lambda said: password)


@pytest.mark.parametrize(("username", "sees"), [("wangli", [50]), ("linwai", [70])])
def test_a_person_sees_her_own_place(heads, monkeypatch, username, sees):
    signing_in(monkeypatch, username, PASSWORD)
    pool = wushang.pool.open()
    assert pool.fetch(pool.table("headcounts"))["insured"].to_pylist() == sees
    entry = AuditEntry.objects.get(subject="notebook")
    assert (entry.user.username, entry.verb) == (username, "analyse.see")


def test_a_wrong_password_opens_nothing(heads, monkeypatch):
    signing_in(monkeypatch, "wangli", "wrong")
    with pytest.raises(Refused, match="没有登录"):
        wushang.pool.open()
    assert not AuditEntry.objects.filter(subject="notebook").exists()


def test_who_may_see_no_figures_gets_none(heads, monkeypatch):
    signing_in(monkeypatch, "admin", PASSWORD)
    with pytest.raises(Refused, match="岗位"):
        wushang.pool.open()


def test_a_given_scope_asks_nobody(heads, system):
    pool = wushang.pool.open(system)
    assert pool.fetch(pool.table("headcounts").insured.sum().as_table()).to_pylist()[0].popitem()[1] == 120


def test_what_the_howto_says_can_be_typed(heads, people, now, monkeypatch):
    """Its lines one after the other, but for the drawing: one accident at eight o'clock among fifty heads is 20 ‰."""
    here = EnterpriseVersion.objects.get(region="990100001").enterprise_id
    commit = landing.start("landing", "二", people.system.actor, now)
    landing.load(commit, InjuryVersion, [{
        "injury_id": Injury.objects.create(created=now).pk, "employer_id": here, "event": "e", "occurred": date(2026, 1, 8), "hour": 8,
        "reported": date(2026, 1, 9), "status": "reported", "situation": "14-1",
    }])  # fmt: skip
    landing.publish(commit, now)
    snapshot.build(now)
    signing_in(monkeypatch, "wangli", PASSWORD)
    told: dict = {}
    for block in re.findall(r"```python\n(.*?)```", HOWTO.read_text(encoding="utf-8"), re.S):
        exec("\n".join(line for line in block.splitlines() if ".plot" not in line), told)
    assert (told["cube"].down, told["rate"].value, told["rate"].over) == (["990100001"], 20.0, 50.0)
    assert told["frame"].to_dict("records") == [{"hour": 8, "n": 1}] and told["pool"].commit == 2
