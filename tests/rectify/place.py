"""恒岳杯业 in 东城街道 under a warning that was issued or delivered: written straight into warn's tables, so that these
tests prove rectify and not the road to it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import wushang
from wushang.judge.models import Finding, PolicyVersion, Run
from wushang.people.models import User
from wushang.pool import landing
from wushang.pool.models import Contact, Enterprise, EnterpriseVersion, Headcount, Injury, InjuryVersion
from wushang.pool.models.clock import latest
from wushang.warn.models import Letter, Warning

POLICIES = Path(wushang.__file__).parent / "policies"
GAOTAI, YONGKANG = "gaotai/graded_warning", "yongkang/key_enterprises"
PHOTO = b"\xff\xd8\xff\xe0 a photo"
HEAD_PHONE, HANDLER_PHONE = "13812342016", "13900001111"
CODE = "0123456789ABCDEF"
LETTERS = {"yellow": "risk_letter", "red": "circular"}


class Place:
    """Every method is one sentence of a test."""

    def __init__(self, people: SimpleNamespace, now: datetime) -> None:
        self.people, self.now, self.day = people, now, date(2026, 3, 20)
        self.versions: dict[str, PolicyVersion] = {}
        self.cup = self.enterprise("云溪市恒岳杯业有限公司", "990100001")
        self.away = self.enterprise("外县门业有限公司", "990200001")
        self.head = self.contact(self.cup, "head", "陈伟民", HEAD_PHONE)
        self.handler = self.contact(self.cup, "handler", "林小燕", HANDLER_PHONE)

    def version(self, policy: str) -> PolicyVersion:
        if policy not in self.versions:
            self.versions[policy] = PolicyVersion.objects.create(
                policy=policy, number=1, title=policy, text=(POLICIES / f"{policy}.yaml").read_text("utf-8"), digest=policy,
                region="990100", state="in_force", effective_from=date(2026, 1, 1), created=self.now,
            )  # fmt: skip
        return self.versions[policy]

    def land(self, model: Any, *rows: dict[str, Any]) -> int:
        commit = landing.start("landing", "试", self.people.system.actor, self.now)
        landing.load(commit, model, rows)
        return landing.publish(commit, self.now)

    def enterprise(self, name: str, region: str, **more: Any) -> Enterprise:
        made = Enterprise.objects.create(created=self.now)
        row = {"enterprise_id": made.pk, "name": name, "plain_name": name, "region": region, "industry": "C3382"}
        self.land(EnterpriseVersion, row | {"regulator": "990100-em"} | more)
        return made

    def contact(self, at: Enterprise, role: str, name: str, phone: str) -> Contact:
        return Contact.objects.create(
            enterprise=at, role=role, name=name, phone=phone, source="镇街核实", verified=self.day, added=self.now
        )

    def correct(self) -> int:
        """Somebody mended what is known of the cup works; returns the commit's number."""
        commit = landing.start("correction", "订正", self.people.system.actor, self.now)
        return landing.publish(commit, self.now, [self.cup.pk])

    def injure(self, *days: date, at: Enterprise | None = None, **more: Any) -> None:
        """One accident a day, in one commit."""
        rows = []
        for day in days:
            made = Injury.objects.create(created=self.now)
            rows.append({
                "injury_id": made.pk, "employer_id": (at or self.cup).pk, "event": f"e{made.pk}", "occurred": day,
                "reported": day, "status": "recognised", "recognised": day, "workshop": "冲压车间", "post": "冲压工",
                "part": "右手食指", "region": "990100001", "industry": "3382",
            } | more)  # fmt: skip
        self.land(InjuryVersion, *rows)

    def staff(self, months: list[date], insured: int, at: Enterprise | None = None) -> None:
        unit = (at or self.cup).pk
        rows = [
            {"source": "insurance", "sender": "a", "key": f"{unit}|{month}", "digest": f"{insured}", "enterprise_id": unit}
            | {"month": month, "insured": insured}
            for month in months
        ]
        self.land(Headcount, *rows)

    def warning(
        self, level: str = "orange", policy: str = GAOTAI, at: Enterprise | None = None, handler: User | None = None, **more: Any
    ) -> Warning:
        """Delivered and acknowledged on 20 March unless told."""
        at, version = at or self.cup, self.version(policy)
        run = Run.objects.create(
            version=version, as_of=self.day, at=self.now, commit=latest(), road="ledger", units=1, digest="d"
        )
        finding = Finding.objects.create(
            run=run, version=version, policy=policy, region="990100", enterprise=at, as_of=self.day, commit=latest(),
            at=self.now, outcome=level, kind="level", cause="facts", may_warn=True, clause="发生…",
        )  # fmt: skip
        fields = {
            "state": "acknowledged", "issued": self.now, "delivered": self.day, "acknowledged": self.now, "due": None,
        } | more  # fmt: skip
        made = Warning.objects.create(
            enterprise=at, policy=policy, version=version, finding=finding, level=level, opened=self.now, mode="demo",
            handler=handler or self.people.wangli, **fields,
        )  # fmt: skip
        Letter.objects.create(
            warning=made, kind=LETTERS.get(level, "advice_letter"), title="整改建议书", issuer="云溪市人力资源和社会保障局", number="云人社预〔2026〕37号",
            values={"contact": "工伤保险科 王丽", "contact_phone": "0999-6123456"}, signed=self.day, created=self.now,
            code=CODE if at == self.cup else f"{at.pk:016d}",
        )  # fmt: skip
        return made

    def later(self, days: int) -> datetime:
        return self.now + timedelta(days=days)
