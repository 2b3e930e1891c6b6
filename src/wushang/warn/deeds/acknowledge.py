"""签收: the enterprise confirms by its own telephone that it has the letter; that is a delivery by telephone too."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.people.crypto import mask_name
from wushang.warn.deed import WarningDeed
from wushang.warn.models import DeliveryReceipt, Warning


def arrived(warning: Warning, at: datetime) -> None:
    """The letter is there: what was sent of it has arrived, and what still waits need not go."""
    sent = warning.deliveries.filter(recipient_kind="enterprise", purpose="letter", letter=warning.letter)  # not of a 另发文书
    sent.filter(state="sent").update(state="delivered", finished=at)
    sent.filter(state="waiting").update(state="withheld", finished=at)


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
        arrived(self.warning, self.at)
        self.warning.acknowledged = self.at
        self.step("delivered", "acknowledged")
        self.record(_("单位签收"))
