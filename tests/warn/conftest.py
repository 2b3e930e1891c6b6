"""恒岳杯业 in 东城街道 with known accidents, the 高台 rule in force since 1 January, findings as judge writes them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

import wushang
from wushang.pool import landing
from wushang.pool.models import (
    Contact,
    DiseaseHazard,
    Enterprise,
    EnterpriseVersion,
    Headcount,
    Injury,
    InjuryVersion,
)

PACK = Path(wushang.__file__).parent / "policies" / "gaotai" / "graded_warning.yaml"
PHOTO = b"\xff\xd8\xff" + b"photo"
SCAN = b"%PDF-1.7 stamped"
LEVELS = {1: "yellow", 2: "orange", 3: "red"}
ACTIONS = {
    "yellow": ["risk_letter", "interview"],
    "orange": ["advice_letter", "notify_regulator", "inspection"],
    "red": ["county_circular", "plan", "regular_interview", "award_restriction"],
}


class World:
    """Lands facts and makes findings; every method is one sentence of a test."""

    def __init__(self, people: SimpleNamespace, now: datetime) -> None:
        from wushang.judge.models import PolicyVersion

        self.people, self.now = people, now
        self.version = PolicyVersion.objects.create(
            policy="gaotai-graded-warning", number=1, title="分级预警", text=PACK.read_text("utf-8"), digest="d",
            region="990100", state="in_force", effective_from=date(2026, 1, 1), created=now,
        )  # fmt: skip
        self.cup = self.enterprise("云溪市恒岳杯业有限公司")

    def land(self, model: Any, *rows: dict[str, Any], historical: bool = False) -> int:
        commit = landing.start("landing", "试", self.people.system.actor, self.now, historical)
        landing.load(commit, model, rows)
        return landing.publish(commit, self.now)

    def enterprise(self, name: str, region: str = "990100001", **more: Any) -> Enterprise:
        made = Enterprise.objects.create(created=self.now)
        row = {"enterprise_id": made.pk, "name": name, "plain_name": name, "uscc": "91999901MA0000001X", "region": region}
        self.land(EnterpriseVersion, row | {"industry": "C33", "regulator": "990100-em"} | more)
        return made

    def injury(
        self, occurred: date, status: str = "accepted", *, historical: bool = False, at: Enterprise | None = None, **more: Any
    ) -> int:
        """Land one injury; returns the commit's number."""
        made = Injury.objects.create(created=self.now)
        at = at or self.cup
        row = {
            "injury_id": made.pk, "employer_id": at.pk, "event": f"e{made.pk}", "occurred": occurred,
            "reported": occurred, "accepted": occurred, "status": status, "kind": "02", "post": "冲压工",
            "recognised": date(2026, 2, 9) if status == "recognised" else None,
        }  # fmt: skip
        return self.land(InjuryVersion, row | more, historical=historical)

    def headcount(self, insured: int) -> int:
        row = {"source": "insurance", "sender": "990100-agency", "key": "2026-02", "digest": str(insured)}
        return self.land(Headcount, row | {"enterprise_id": self.cup.pk, "month": date(2026, 2, 1), "insured": insured})

    def hazard(self) -> int:
        row = {"source": "hazards", "sender": "990100-health", "key": "h1", "digest": "1", "enterprise_id": self.cup.pk}
        return self.land(DiseaseHazard, row | {"kind": "over_limit", "factor": "噪声", "opened": date(2026, 2, 1)})

    def contact(self, **more: Any) -> Contact:
        row = {"role": "head", "name": "陈伟民", "phone": "13812342016", "source": "镇街核实", "added": self.now}
        return Contact.objects.create(enterprise=self.cup, **(row | more))

    def finding(self, outcome: str, **more: Any) -> Any:
        """What judge writes when the outcome of the cup works changed."""
        from wushang.judge.models import Finding, Run
        from wushang.pool.models.clock import latest

        as_of = more.pop("as_of", date(2026, 3, 17))
        run = Run.objects.create(
            version=self.version, as_of=as_of, at=self.now, commit=latest(), road="ledger", units=1, digest="d"
        )
        row = {
            "policy": self.version.policy, "region": "990100", "enterprise": self.cup, "as_of": as_of,
            "commit": latest(), "at": self.now, "outcome": outcome, "kind": "level" if outcome else "",
            "actions": ACTIONS.get(outcome, []), "clause": "发生…", "cause": "facts", "may_warn": True,
            "values": {"events": 1, "hazards": 0}, "settings": {"yellow_from": 1, "orange_from": 2, "red_from": 3},
        }  # fmt: skip
        return Finding.objects.create(run=run, version=self.version, **(row | more))


@pytest.fixture
def world(people: SimpleNamespace, now: datetime) -> World:
    return World(people, now)


@pytest.fixture
def drafted(world: World, people: SimpleNamespace, now: datetime) -> Any:
    """A yellow warning of one accident, waiting to be drafted by 王丽."""
    from wushang.warn.deeds.draft_warning import DraftWarning

    world.headcount(58)
    world.injury(date(2026, 3, 6))
    return DraftWarning(people.system.actor, now, world.finding("yellow")).do()


FILLED = {
    "contact": "工伤保险科 王丽",
    "contact_phone": "0999-6123456",
}


def _asked_by(letter: Any) -> dict[str, str]:
    from wushang.warn import wording

    return {name: value for name, value in FILLED.items() if name in wording.letter(letter.kind).fields}


@pytest.fixture
def advance(people: SimpleNamespace, now: datetime) -> Callable[..., Any]:
    """Bring a warning up to a state by the deeds that real people do."""
    from wushang.warn.deeds.edit_letter import EditLetter
    from wushang.warn.deeds.issue import Issue
    from wushang.warn.deeds.number_letter import NumberLetter
    from wushang.warn.deeds.register_delivery import RegisterDelivery
    from wushang.warn.deeds.review import Review
    from wushang.warn.deeds.sign import Sign
    from wushang.warn.deeds.submit_for_review import SubmitForReview

    def go(warning: Any, state: str) -> Any:
        clerk, head, leader = (p.actor for p in (people.wangli, people.lijianguo, people.zhoumin))
        steps = {
            "drafted": lambda: EditLetter(clerk, now, warning, warning.letter, _asked_by(warning.letter)).do(),
            "submitted": lambda: SubmitForReview(clerk, now, warning).do(),
            "reviewed": lambda: Review(head, now, warning).do(),
            "signed": lambda: Sign(leader, now, warning).do(),
            "numbered": lambda: NumberLetter(clerk, now, warning, warning.letter, typed="云人社预〔2026〕37号").do(),
            "issued": lambda: Issue(clerk, now, warning).do(),
            "delivered": lambda: RegisterDelivery(
                clerk, now, warning, "mail", date(2026, 3, 20), tracking="EMS123", handed_by="王丽", photo=PHOTO  # the slip is not back yet
            ).do(),
        }
        for name, step in steps.items():
            step()
            if name == state:
                break
        warning.refresh_from_db()
        return warning

    return go


@pytest.fixture
def signed_in(people, time_machine_now):
    def go(name: str) -> Client:
        client = Client()
        client.force_login(getattr(people, name), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return go


@pytest.fixture
def time_machine_now(monkeypatch, now):
    """Requests happen on 20 March 2026."""
    monkeypatch.setattr("wushang.people.middleware.timezone.now", lambda: now)
