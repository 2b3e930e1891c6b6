"""转办 to a department or township: what, by when. Sent again to another one (改派) it names the one it replaces."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.people.deed import Deed, Place, refuse
from wushang.people.models import Department
from wushang.rectify.deed import must_give
from wushang.rectify.models import Case, Referral
from wushang.rectify.models.asked import REFERRAL_KINDS
from wushang.rectify.referral_deed import about, others_to_check, page_of, write_line
from wushang.rectify.words import said_day, tell_department
from wushang.warn.models import Warning
from wushang.warn.units import place_of


@dataclass
class Refer(Deed):
    warning: Warning | None  # None: only where one that names none (当即移送) goes to another department
    to: Department
    kind: str
    what: str
    reply_by: date
    instead_of: Referral | None = None

    verb = "rectify.refer"
    title = gettext_lazy("转办")

    def where(self) -> tuple[Place, ...]:
        return (place_of(self._enterprise),)

    @property
    def _enterprise(self) -> int:
        asked = self.warning or self.instead_of
        assert asked is not None  # one of the two
        return asked.enterprise_id

    def check(self) -> None:
        must_give(self.what, _("转办事项"))
        if self.kind not in REFERRAL_KINDS:
            raise refuse("kind", _("没有选择事项类别。"), _("请选择一项。"), column=str(_("事项")), value=self.kind)
        if self.reply_by < timezone.localdate(self.at):
            raise refuse("reply_by", _("反馈期限在今天之前。"), _("请选择今天或以后的日期。"), column=str(_("期限")), value=str(self.reply_by))
        if self.instead_of and self.instead_of.state != "sent_back":
            raise refuse("state", _("只有退回的转办才能改派。"), _("请刷新本页。"))
        if self.instead_of and others_to_check(self.instead_of, self.actor.user):
            raise refuse("own", _("本单位退回的转办，不能由本单位改派。"), _("请由转出单位改派。"))
        if self.instead_of and self.instead_of.to == self.to:
            raise refuse("same", _("%(unit)s已经退回这件。") % {"unit": self.to.short_name}, _("请改派给另一个单位。"))

    def act(self) -> Referral:
        if self.instead_of:
            Referral.objects.filter(pk=self.instead_of.pk).update(state="reassigned")
        case = Case.objects.filter(warning=self.warning).first() if self.warning else None
        referral = Referral.objects.create(
            warning=self.warning, case=case, enterprise_id=self._enterprise, kind=self.kind, what=self.what.strip(),
            finding=self.instead_of.finding if self.instead_of else None, to=self.to, reply_by=self.reply_by, sent=self.at,
            sent_by=self.actor.user, instead_of=self.instead_of,
        )  # fmt: skip
        words = _("改派给%(unit)s：%(kind)s，%(day)s前反馈") if self.instead_of else _("转办%(unit)s：%(kind)s，%(day)s前反馈")
        said = words % {"unit": self.to.short_name, "kind": referral.kind_title, "day": said_day(self.reply_by)}
        write_line(referral, self.at, self.actor.name, said)
        tell_department(
            self.at, self.to, _("转办：%(about)s") % {"about": about(referral)},
            _("%(what)s 请在%(day)s前反馈。") % {"what": self.what, "day": said_day(self.reply_by)}, page_of(referral), self.warning,
        )  # fmt: skip
        return referral

    def subject(self) -> str:
        return f"warning:{self.warning.pk}" if self.warning else f"enterprise:{self._enterprise}"

    def said(self) -> dict:
        return {"to": self.to.code, "kind": self.kind, "reply_by": str(self.reply_by)}
