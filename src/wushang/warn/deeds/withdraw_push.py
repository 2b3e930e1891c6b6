"""撤回推送: the three messages of an injury are taken back while they wait."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.people.deed import Deed, Place, refuse
from wushang.warn.models import Push
from wushang.warn.units import place_of


@dataclass
class WithdrawPush(Deed):
    """三推送 of an injury taken back while it waits: what has not left stays here."""

    push: Push
    reason: str

    verb = "warn.outbox"
    title = gettext_lazy("撤回推送")

    def where(self) -> tuple[Place, ...]:
        return (place_of(self.push.enterprise_id),)

    def check(self) -> None:
        if len(self.reason.strip()) < 4:
            raise refuse("reason", _("没有写理由。"), _("请写明理由（至少四个字）。"), column=_("理由"))
        if self.push.withdrawn:
            raise refuse("withdrawn", _("这条推送已经撤回。"))

    def act(self) -> int:
        """Returns how many messages were held back."""
        held = self.push.deliveries.filter(state="waiting").update(state="withheld", finished=self.at)
        if not held:
            raise refuse("sent", _("这条推送已经全部发出，不能撤回。"), _("需要更正的，请另发说明。"))
        Push.objects.filter(pk=self.push.pk).update(withdrawn=self.at, reason=self.reason)
        return held

    def subject(self) -> str:
        return f"push:{self.push.pk}"

    def said(self) -> dict[str, Any]:
        return {"enterprise": self.push.enterprise_id}
