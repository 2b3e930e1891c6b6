"""签收: the enterprise confirms by its own telephone that it has the letter; that is a delivery by telephone too."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.people.crypto import mask_name
from wushang.warn.deed import WarningDeed
from wushang.warn.models import DeliveryReceipt


@dataclass
class Acknowledge(WarningDeed):
    person: str = ""

    verb = "warn.acknowledge"
    title = gettext_lazy("签收")
    move = "acknowledge"

    def act(self) -> None:
        if self.warning.delivered is None:
            self.warning.delivered = self.today
            DeliveryReceipt.objects.create(
                warning=self.warning, letter=self.warning.letter, method="mobile", on=self.today, person=self.person,
                masked_person=mask_name(self.person.strip()), by=self.actor.user, at=self.at,
            )  # fmt: skip
        self.warning.deliveries.filter(recipient_kind="enterprise", state__in=("sent", "delivered")).update(
            state="delivered", finished=self.at
        )
        self.warning.deliveries.filter(recipient_kind="enterprise", state="waiting").update(
            state="withheld", finished=self.at
        )
        self.warning.acknowledged = self.at
        self.step("delivered", "acknowledged")
        self.record(_("单位签收"))
