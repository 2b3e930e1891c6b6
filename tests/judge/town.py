"""A town whose facts a test writes line by line."""

from datetime import date, datetime, timedelta
from itertools import count

from wushang.judge.deeds.approve_policy import ApprovePolicy
from wushang.judge.deeds.draft_policy import DraftPolicy
from wushang.judge.deeds.put_in_force import PutInForce
from wushang.judge.models import Finding, PolicyVersion
from wushang.pool import landing
from wushang.pool.models import DiseaseHazard, Enterprise, EnterpriseVersion, Headcount, Injury, InjuryVersion

REGION = "990100"


class Town:
    def __init__(self, people, now: datetime) -> None:
        self.people, self.now, self.numbers = people, now, count(1)
        self.cup, self.door, self.shop, self.away = (Enterprise.objects.create(created=now).pk for _ in range(4))
        places = [
            (self.cup, "恒岳杯业", "990100001"),
            (self.door, "石塘门业", "990100002"),
            (self.away, "外县杯业", "990200001"),
        ]
        rows = [self.unit(pk, name, region) for pk, name, region in places]
        self.land(EnterpriseVersion, [*rows, self.unit(self.shop, "无名作坊", "990100001", provisional=True)])

    def unit(self, enterprise: int, name: str, region: str, **more) -> dict:
        return {
            "enterprise_id": enterprise,
            "name": name,
            "plain_name": name,
            "region": region,
            "industry": "3382",
        } | more

    def land(self, model, rows: list[dict], historical: bool = False, replaces: tuple[int, ...] = ()) -> int:
        """One commit with these rows; returns its number."""
        commit = landing.start("landing", "一", self.people.system.actor, self.now, historical)
        landing.load(commit, model, rows)
        landing.claim(commit, model, replaces)
        touched = {row.get(name) for row in rows for name in ("enterprise_id", "employer_id", "host_id")}
        return landing.publish(commit, self.now, [pk for pk in touched if pk])

    def injure(self, *days: date, at: int | None = None, historical: bool = False, **more) -> list[int]:
        """One accident a day at a unit; returns the injuries."""
        made = [Injury.objects.create(created=self.now).pk for _ in days]
        rows = [
            {"injury_id": pk, "employer_id": at or self.cup, "host_id": None, "event": f"e{pk}", "occurred": day}
            | {"reported": day, "status": "reported", "situation": "14-1", "severity": "minor"} | more
            for pk, day in zip(made, days, strict=True)
        ]  # fmt: skip
        self.land(InjuryVersion, rows, historical)
        return made

    def correct(self, injury: int, **change) -> None:
        """A new version of an injury in the place of the current one."""
        old = InjuryVersion.objects.current().get(injury=injury)
        names = [
            f.attname
            for f in InjuryVersion._meta.concrete_fields
            if f.attname not in ("id", "recorded_id", "superseded_id")
        ]
        self.land(InjuryVersion, [{name: getattr(old, name) for name in names} | change], replaces=(old.pk,))

    def hazard(self, at: int, opened: date) -> None:
        n = next(self.numbers)
        row = {"source": "health", "sender": "a", "key": str(n), "digest": str(n), "enterprise_id": at, "kind": "noise"}
        self.land(DiseaseHazard, [row | {"opened": opened}])

    def staff(self, at: int, months: dict[date, int]) -> None:
        rows = [
            {"source": "insurance", "sender": "a", "key": f"{at}|{month}", "digest": str(insured)}
            | {"enterprise_id": at, "month": month, "insured": insured}
            for month, insured in months.items()
        ]  # fmt: skip
        self.land(Headcount, rows)

    def adopt(self, text: str, since: date, mode: str = "full") -> PolicyVersion:
        """Draft, two approvals, in force from a day on."""
        earlier = self.now - timedelta(days=400)
        version = DraftPolicy(self.people.lijianguo.actor, earlier, text, REGION).do()
        for person in (self.people.lijianguo, self.people.zhoumin):
            ApprovePolicy(person.actor, earlier, version).do()
        return PutInForce(self.people.zhoumin.actor, earlier, version, since, mode).do()


def told(version: PolicyVersion) -> list[tuple]:
    """Findings in the order they were written: unit, before, outcome, cause, may_warn."""
    rows = Finding.objects.filter(policy=version.policy).order_by("pk")
    return [(f.enterprise_id, f.before, f.outcome, f.cause, f.may_warn) for f in rows]
