from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wushang.judge.groups import Values, must_be_known
from wushang.judge.models import PolicyVersion, ReportedInputs
from wushang.people.deed import Deed, Place, refuse


@dataclass
class ReportInputs(Deed):
    """填报评定数据: the figures that the pool does not hold, of each township …, from a day on."""

    version: PolicyVersion
    told: dict[str, Values]
    on: date

    verb: ClassVar[str] = "judge.draft_policy"
    title: ClassVar[Any] = _("填报评定数据")

    def where(self) -> tuple[Place, ...]:
        return ((self.version.region, "", None),)

    def check(self) -> None:
        if not self.version.pack.inputs:
            raise refuse("inputs", str(_("这条规则没有要本地填报的数据")), str(_("数值一律来自数据池")))
        if self.on > timezone.localdate(self.at):
            raise refuse("date", str(_("日期不能晚于今天")), str(_("请填数据截止的日期")), "on")
        if not self.told:
            raise refuse("table", str(_("表是空的")), str(_("每行一个镇（街道、区），第一列 key 写代码或名称")), "table")
        must_be_known(self.version.pack, self.told)

    def act(self) -> ReportedInputs:
        version = self.version
        self.made = ReportedInputs.objects.create(
            policy=version.policy, region=version.region, on=self.on, at=self.at, by=self.actor.user, told=self.told
        )
        return self.made

    def subject(self) -> str:
        return f"policy:{self.version.pk}"

    def said(self) -> dict[str, Any]:
        return {"on": self.on.isoformat(), "n": len(self.told)}
