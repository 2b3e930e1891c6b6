"""退回报送单位: the department whose file is doubted is asked to look at the original; the request stays open."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.people.deed import Deed, Place, refuse
from wushang.people.models import Department
from wushang.rectify import mended
from wushang.rectify.deed import must_give
from wushang.rectify.models import CorrectionRequest
from wushang.rectify.words import said_day, tell_department, unit_name
from wushang.warn.models import Entry
from wushang.warn.units import place_of


@dataclass
class ReturnCorrection(Deed):
    request: CorrectionRequest
    to: Department | None
    reason: str

    verb = "rectify.answer_correction"
    title = gettext_lazy("退回报送单位核对")

    def where(self) -> tuple[Place, ...]:
        return (place_of(self.request.enterprise_id),)

    def check(self) -> None:
        self.request.refresh_from_db()
        if self.request.answered:
            raise refuse("answered", _("这件申请已经答复。"), _("请刷新本页。"))
        if self.to is None or self.to not in mended.senders(self.request):
            raise refuse("sender", _("没有选择退给哪个部门。"), _("请选择报送过这家单位数据的部门。"), column=str(_("报送单位")))
        must_give(self.reason, _("要核对什么"))

    def act(self) -> None:
        assert self.to is not None
        self.request.returned_to, self.request.returned = self.to, self.at
        self.request.save(update_fields=["returned_to", "returned"])
        told = {"unit": unit_name(self.request.enterprise_id), "why": self.reason.strip(), "day": said_day(self.request.due)}
        tell_department(
            self.at, self.to, _("请核对报送数据：%(unit)s") % told, _("%(why)s。请核对原件，在%(day)s前答复，有错的重新报送。") % told,
            reverse("collect:batches"), self.request.warning,
        )  # fmt: skip
        said = _("数据核对申请退%(who)s核对") % {"who": self.to.short_name}
        Entry.objects.create(warning=self.request.warning, at=self.at, name=self.actor.name, text=said)

    def subject(self) -> str:
        return f"correction:{self.request.pk}"

    def said(self) -> dict:
        return {"to": self.to.code if self.to else ""}
