"""疑似未申报: a person has looked into a report without a claim, and says what was found."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from wushang.integrate.models import LeadCheck
from wushang.people.deed import Deed, Place, refuse
from wushang.pool.models import EnterpriseVersion
from wushang.pool.models.told import Told

FINDINGS = {"claimed": _("已核实为工伤并补报"), "not_work": _("非工伤"), "unknown": _("无法核实")}


def place_of(row: Told) -> Place:
    version = EnterpriseVersion.objects.current().filter(enterprise=row.enterprise_id).first() if row.enterprise_id else None
    if version:
        return (version.region, version.industry, version.enterprise_id)
    return (row.region or settings.WUSHANG_REGION, row.industry, None)


@dataclass
class CheckLead(Deed):
    what: str
    row: Told
    finding: str
    reason: str

    verb = "integrate.see_leads"
    title = _("核实疑似未申报")

    def where(self) -> tuple[Place, ...]:
        return (place_of(self.row),)

    def check(self) -> None:
        if self.finding not in FINDINGS:
            raise refuse("finding", _("没有选核实结论。"), _("请从三种结论里选一种。"))
        if not self.reason.strip():
            raise refuse("reason", _("没有写核实经过。"), _("请写明向谁核实、怎么核实的。"))
        if LeadCheck.objects.filter(**self._natural(), undone=None).exists():
            raise refuse("checked", _("这条线索已经有人核实。"), _("请刷新页面。"))

    def act(self) -> LeadCheck:
        return LeadCheck.objects.create(
            what=self.what, **self._natural(), finding=self.finding, reason=self.reason.strip()[:300], decided=self.at,
            decided_by=self.actor.user,
        )  # fmt: skip

    def _natural(self) -> dict[str, str]:
        return {"source": self.row.source, "sender": self.row.sender, "key": self.row.key}

    def subject(self) -> str:
        return f"{self.what}:{self.row.pk}"

    def said(self) -> dict:
        return {"finding": self.finding, "reason": self.reason}


@dataclass
class UndoCheck(Deed):
    """The finding was wrong: the report is a lead again."""

    found: LeadCheck
    row: Told
    reason: str

    verb = "integrate.see_leads"
    title = _("撤销核实结论")

    def where(self) -> tuple[Place, ...]:
        return (place_of(self.row),)

    def check(self) -> None:
        if self.found.undone:
            raise refuse("undone", _("这条结论已经撤销。"))
        if not self.reason.strip():
            raise refuse("reason", _("没有写撤销理由。"), _("请写明理由。"))

    def act(self) -> None:
        self.found.undone = self.at
        self.found.save()

    def subject(self) -> str:
        return f"{self.found.what}:{self.row.pk}"

    def said(self) -> dict:
        return {"finding": self.found.finding, "reason": self.reason}
