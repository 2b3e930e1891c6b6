"""待发箱里撤回: one waiting message never leaves."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.people.deed import Deed, Place, refuse
from wushang.warn.models import Delivery
from wushang.warn.units import place_of


@dataclass
class Withhold(Deed):
    """A waiting message is taken back; one that is just being sent or was sent is refused."""

    delivery: Delivery
    reason: str

    verb = "warn.outbox"
    title = gettext_lazy("撤回待发消息")

    def where(self) -> tuple[Place, ...]:
        enterprise = self.delivery.enterprise_id or getattr(
            self.delivery.push or self.delivery.warning, "enterprise_id", None
        )
        return (place_of(enterprise),) if enterprise else ()

    def check(self) -> None:
        if len(self.reason.strip()) < 4:
            raise refuse("reason", _("没有写理由。"), _("请写明理由（至少四个字）。"), column=_("理由"))

    def act(self) -> None:
        changed = Delivery.objects.filter(pk=self.delivery.pk, state="waiting").update(
            state="withheld", finished=self.at, error=self.reason[:500]
        )
        if not changed:
            raise refuse("sent", _("这条消息已经发出或正在发送，不能撤回。"), _("需要更正的，请另发说明。"))

    def subject(self) -> str:
        return f"delivery:{self.delivery.pk}"
