"""示范企业创建: register a unit's project, or end it with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wushang.analyse.models import Demonstration
from wushang.people.deed import Deed, Place, refuse
from wushang.pool.models import EnterpriseVersion


def place_of(enterprise: int) -> Place:
    now = EnterpriseVersion.objects.current().filter(enterprise=enterprise).order_by("-pk").first()
    return (now.region, now.industry, enterprise) if now else ("", "", enterprise)


@dataclass
class KeepDemonstration(Deed):
    enterprise: int
    heading: str
    since: date
    what: str
    basis: str
    claimed: Decimal | None = None

    verb = "analyse.demonstrate"
    title = _("登记示范创建")

    def where(self) -> tuple[Place, ...]:
        return (place_of(self.enterprise),)

    def check(self) -> None:
        for text, name in ((self.heading, _("项目名称")), (self.what, _("做了什么")), (self.basis, _("依据"))):
            if not text.strip():
                raise refuse("words", _("没有写“%(name)s”。") % {"name": name}, _("请写明。"), column=str(name))
        if self.since > timezone.localdate(self.at):
            raise refuse("since", _("措施到位的日期还没有到。"), _("请在措施到位以后登记。"), column=str(_("措施到位日期")))
        if self.claimed is not None and not 0 < self.claimed <= 100:
            raise refuse("claimed", _("自报降幅应在 0 到 100 之间。"), _("没有自报的空着。"), column=str(_("自报降幅")))

    def act(self) -> Demonstration:
        return Demonstration.objects.create(
            enterprise_id=self.enterprise, title=self.heading.strip(), since=self.since, what=self.what.strip(), basis=self.basis.strip(),
            claimed=self.claimed, name=self.actor.name, by=self.actor.user, at=self.at,
        )  # fmt: skip

    def subject(self) -> str:
        return f"enterprise:{self.enterprise}"

    def said(self) -> dict:
        return {"title": self.heading, "since": f"{self.since}"}


@dataclass
class EndDemonstration(Deed):
    record: Demonstration
    reason: str

    verb = "analyse.demonstrate"
    title = _("终止示范创建")

    def where(self) -> tuple[Place, ...]:
        return (place_of(self.record.enterprise_id),)

    def check(self) -> None:
        self.record.refresh_from_db()
        if self.record.ended:
            raise refuse("ended", _("这个项目已经终止。"))
        if not self.reason.strip():
            raise refuse("reason", _("没有写终止的理由。"), _("请写明。"))

    def act(self) -> None:
        self.record.ended, self.record.why_ended = self.at, self.reason.strip()
        self.record.save(update_fields=["ended", "why_ended"])

    def subject(self) -> str:
        return f"enterprise:{self.record.enterprise_id}"
