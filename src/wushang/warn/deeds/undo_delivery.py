"""撤回送达登记: a slip of the hand, on the same day, by the one who made it; the 签收 it stood for goes with it."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.people.deed import refuse
from wushang.warn.deed import WarningDeed
from wushang.warn.models import DeliveryReceipt


@dataclass
class UndoDelivery(WarningDeed):
    verb = "warn.deliver"
    title = gettext_lazy("撤回送达登记")
    move = "undo_delivery"

    def check(self) -> None:
        super().check()
        held = DeliveryReceipt.objects.filter(warning=self.warning, undone=None)
        if held.count() != 1:
            raise refuse("receipts", _("本件有 %(n)d 条送达登记，不能撤回。") % {"n": held.count()})
        receipt = held.get()
        if receipt.by != self.actor.user or timezone.localdate(receipt.at) != self.today:
            raise refuse("undo", _("送达登记只能由登记人在当天撤回。"), _("请联系登记人，或在备注里说明。"))
        if self.warning.acknowledged and not receipt.is_signature:
            raise refuse("signed", _("单位已经用手机签收，送达登记不能撤回。"), _("请在备注里说明。"))

    def act(self) -> None:
        DeliveryReceipt.objects.filter(warning=self.warning, undone=None).update(undone=self.at)
        by_hand = self.warning.deliveries.filter(recipient_kind="enterprise", channel="by_hand", purpose="letter", letter=self.warning.letter)
        by_hand.filter(state="delivered").update(state="waiting", finished=None)
        self.warning.delivered = self.warning.acknowledged = None
        self.step("delivered", "acknowledged")
        self.record(_("撤回送达登记"))
