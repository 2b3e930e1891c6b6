"""登记告知: what reached the unit by no channel was told it by a person (by telephone, in person, by paper)."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.people.deed import Deed, Place, refuse
from wushang.warn.models import Delivery
from wushang.warn.outbox import BY_HAND
from wushang.warn.units import place_of

HOW = {"phone": gettext_lazy("电话告知"), "in_person": gettext_lazy("当面告知"), "paper": gettext_lazy("书面转交")}


@dataclass
class TellByHand(Deed):
    delivery: Delivery
    how: str

    verb = "warn.outbox"
    title = gettext_lazy("登记告知")

    def where(self) -> tuple[Place, ...]:
        return (place_of(self.delivery.enterprise_id),) if self.delivery.enterprise_id else ()

    def check(self) -> None:
        if self.how not in HOW:
            raise refuse("how", _("没有选择怎么告知的。"), _("请选择一项。"), column=str(_("方式")), value=self.how)
        if self.delivery.channel != BY_HAND or awaits_registration(self.delivery):
            raise refuse("channel", _("这一条不是人工告知的。"), _("文书请在预警件上登记送达。"))

    def act(self) -> None:
        """Compare and set: of two people who act at once one is told."""
        said = f"{HOW[self.how]}　{self.actor.name}"
        waiting = Delivery.objects.filter(pk=self.delivery.pk, state="waiting")
        if not waiting.update(state="delivered", finished=self.at, receipt=said, attempts=1):
            raise refuse("state", _("这一条已经登记或撤回。"), _("请刷新本页。"))

    def subject(self) -> str:
        return f"delivery:{self.delivery.pk}"

    def said(self) -> dict:
        return {"how": self.how}


def awaits_registration(delivery: Delivery) -> bool:
    """A letter whose delivery is registered on the warning's own page, with date, person and photo."""
    warning = delivery.warning
    return delivery.purpose == "letter" and warning is not None and warning.state == "issued"
