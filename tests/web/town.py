"""云溪市 in the spring of 2026 with facts that are counted by hand in the tests.

恒岳杯业 (东城街道, 100 insured) and 石塘门业 (石塘镇, 50 insured); January and February of 2025 and 2026 are delivered.
1—2月 2026: three accidents, four injured — one on 8 January, one with two injured on 9 February, and a deadly one on the way
to work on 20 February at 石塘门业. 1—2月 2025: two accidents. One claim of February 2026 was refused.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from wushang.judge.models import Finding, PolicyVersion, Run
from wushang.pool import landing, snapshot
from wushang.pool.models import Enterprise, EnterpriseVersion, Headcount, Injury, InjuryVersion, Report
from wushang.pool.models.clock import latest
from wushang.rectify.models import Case
from wushang.rectify.publish import publish
from wushang.warn.models import Warning

TODAY = date(2026, 3, 20)
MONTHS = (date(2025, 1, 1), date(2025, 2, 1), date(2026, 1, 1), date(2026, 2, 1))
CUP_CODE = "91990100MA2CUP010X"


class Town:
    def __init__(self, people: SimpleNamespace, now: datetime) -> None:
        self.people, self.now = people, now
        self.cup = self.unit("云溪市恒岳杯业有限公司", "990100001", "C3382", CUP_CODE)
        self.door = self.unit("云溪市石塘门业有限公司", "990100002", "C3312")
        self.away = self.unit("外县杯业有限公司", "990200001", "C3382")

    def land(self, model: Any, *rows: dict[str, Any], replaces: list[int] | None = None) -> int:
        commit = landing.start("landing", "试", self.people.system.actor, self.now)
        landing.load(commit, model, rows)
        landing.claim(commit, model, replaces or [])
        return landing.publish(commit, self.now)

    def unit(self, name: str, region: str, industry: str, uscc: str = "", **more: Any) -> int:
        made = Enterprise.objects.create(created=self.now).pk
        row = {"enterprise_id": made, "name": name, "plain_name": name, "region": region, "industry": industry, "uscc": uscc}
        self.land(EnterpriseVersion, row | {"size": "small"} | more)
        return made

    def injure(self, reported: date, at: int | None = None, event: str = "", **more: Any) -> int:
        """One claim and the injury behind it."""
        at = at or self.cup
        made = Injury.objects.create(created=self.now).pk
        place = {self.cup: ("990100001", "C3382"), self.door: ("990100002", "C3312")}.get(at, ("990200001", "C3382"))
        self.land(InjuryVersion, {
            "injury_id": made, "employer_id": at, "event": event or f"i{made}", "occurred": reported - timedelta(days=3),
            "reported": reported, "status": "recognised", "recognised": reported, "situation": "14-1", "kind": "03",
            "severity": "minor", "region": place[0], "industry": place[1],
        } | more)  # fmt: skip
        self.land(Report, {
            "source": "injury_recognition", "sender": "990100-hrss", "key": f"k{made}", "digest": "d", "injury_id": made,
            "period": f"{reported:%Y-%m}", "employer_id": at, "masked_name": "张**",
        })  # fmt: skip
        return made

    def staff(self, month: date, cup: int = 100, door: int = 50) -> None:
        rows = ((self.cup, cup, "990100001", "C3382"), (self.door, door, "990100002", "C3312"))
        self.land(Headcount, *[
            {"source": "insurance_monthly", "sender": "990100-agency", "key": f"{month}|{unit}", "digest": f"{n}",
             "period": f"{month:%Y-%m}", "enterprise_id": unit, "month": month, "insured": n, "region": region,
             "industry": industry, "rate": 8000}
            for unit, n, region, industry in rows
        ])  # fmt: skip

    def spring(self) -> Town:
        """The facts of the head of this file, and the snapshot."""
        for month in MONTHS:
            self.staff(month)
        self.first = self.injure(date(2026, 1, 8))
        self.injure(date(2026, 2, 9), event="e1")
        self.injure(date(2026, 2, 11), event="e1", severity="serious")
        self.injure(date(2026, 2, 20), self.door, situation="14-6", at_work=False, kind="", severity="fatal")
        self.injure(date(2026, 2, 25), status="refused", recognised=None)
        self.injure(date(2025, 1, 20))
        self.injure(date(2025, 2, 10), self.door)
        snapshot.build(self.now)
        return self

    def case(self, at: int, due: date, state: str = "report_due", level: str = "orange") -> Case:
        """A delivered warning of a unit with its report due on a day; published, but not yet in the snapshot."""
        version = PolicyVersion.objects.create(
            policy=f"p{at}", number=1, title="分级预警", text="", digest="d", region="990100", state="in_force",
            effective_from=date(2026, 1, 1), created=self.now,
        )  # fmt: skip
        run = Run.objects.create(version=version, as_of=TODAY, at=self.now, commit=latest(), road="ledger", units=1, digest="d")
        finding = Finding.objects.create(
            run=run, version=version, policy=version.policy, region="990100", enterprise_id=at, as_of=TODAY,
            commit=latest(), at=self.now, outcome=level, kind="level", cause="facts",
        )  # fmt: skip
        warning = Warning.objects.create(
            enterprise_id=at, policy=version.policy, version=version, finding=finding, level=level, state="acknowledged",
            opened=self.now, mode="demo", handler=self.people.wangli, delivered=date(2026, 2, 1),
        )  # fmt: skip
        made = Case.objects.create(
            warning=warning, enterprise_id=at, policy=version.policy, level=level, state=state, opened=self.now,
            delivered=date(2026, 2, 1), handler=self.people.wangli, due=due, report_due=due,
        )  # fmt: skip
        publish(made, self.people.system.actor, self.now)
        return made
