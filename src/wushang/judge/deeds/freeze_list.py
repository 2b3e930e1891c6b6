from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wushang.judge.members import holding, left_off, lists, members
from wushang.judge.models import FrozenList, LeftOff, PolicyVersion, Run
from wushang.people.deed import Deed, Place, refuse
from wushang.people.models import one_at_a_time
from wushang.pool.models import EnterpriseVersion


@dataclass
class FreezeList(Deed):
    """定名单: a person signs who stands on a list today. The row is the cohort; later judging does not change it."""

    version: PolicyVersion
    outcome: str
    basis: str

    verb: ClassVar[str] = "judge.freeze_list"
    title: ClassVar[Any] = _("定名单")

    def where(self) -> tuple[Place, ...]:
        return ((self.version.region, "", None),)

    def check(self) -> None:
        one_at_a_time("frozen lists")
        self.today = timezone.localdate(self.at)
        if self.actor.user is None:
            raise refuse("person", str(_("名单须由人签字")), str(_("请由有权签字的人员登录后办理")))
        held = holding(self.version, self.today)
        if held is None or self.outcome not in lists(held.pack):
            raise refuse("list", str(_("这份名单今天不在施行中")), str(_("规则施行、研判以后再定名单")))
        if not self.basis.strip():
            raise refuse("basis", str(_("没有写依据")), str(_("请写明会议或签报的名称和文号")), "basis")
        same = FrozenList.objects.filter(version__policy=held.policy, version__region=held.region, outcome=self.outcome)
        if same.filter(on=self.today).exists():
            raise refuse("twice", str(_("今天已经定过这份名单")), str(_("名单定后不改；名单有变化的，改日另定")))
        self.held, every = held, EnterpriseVersion.objects.current().filter(merged_into=None)
        listed = [one for one in members(held, self.today, every) if one.outcome == self.outcome]
        self.without = left_off(held, self.outcome)
        self.members = [one for one in listed if one.enterprise not in self.without]
        self.left = [one for one in listed if one.enterprise in self.without]
        if not self.members:
            raise refuse("empty", str(_("名单上没有单位")), str(_("研判有结果以后再定名单")))

    def act(self) -> FrozenList:
        last = Run.objects.filter(version__policy=self.held.policy, version__region=self.held.region).exclude(road="paper").first()
        assert self.actor.user
        self.made = FrozenList.objects.create(
            version=self.held, outcome=self.outcome, title=lists(self.held.pack)[self.outcome], on=self.today,
            commit=last.commit if last else 0, at=self.at, signer=self.actor.user, basis=self.basis.strip(),
            members=[one.to_json() for one in self.members],
            left_off=[one.to_json() | self._why(self.without[one.enterprise]) for one in self.left],
        )  # fmt: skip
        LeftOff.objects.filter(pk__in=[row.pk for row in self.without.values()]).update(frozen=self.made)
        return self.made

    def _why(self, row: LeftOff) -> dict[str, str]:
        return {"reason": row.reason, "by": row.by, "left_on": timezone.localdate(row.at).isoformat()}

    def subject(self) -> str:
        return f"list:{self.made.pk}" if hasattr(self, "made") else f"policy:{self.version.pk}"

    def said(self) -> dict[str, Any]:
        return {"list": self.outcome, "n": len(self.members), "left_off": len(self.left), "commit": self.made.commit}
