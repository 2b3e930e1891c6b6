"""提出撤回: the outcome fell away because facts changed; a person decides. A window that turned proposes nothing."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.people.deed import refuse
from wushang.warn.deed import WarningDeed
from wushang.warn.models import WarningFinding


@dataclass
class ProposeWithdrawal(WarningDeed):
    why: str
    finding: Any = None

    verb = "warn.draft"
    title = gettext_lazy("提出撤回")
    move = "join"

    def check(self) -> None:
        super().check()
        self.must_give_reason(self.why)
        if self.warning.withdrawal_proposed:
            raise refuse("proposed", _("已经提出撤回，等待决定。"))

    def act(self) -> None:
        self.warning.withdrawal_proposed, self.warning.withdrawal_why = self.at, self.why
        self.warning.save(update_fields=["withdrawal_proposed", "withdrawal_why"])
        if self.finding is not None:
            WarningFinding.objects.get_or_create(
                warning=self.warning, finding=self.finding, defaults={"part": "fell_away", "at": self.at}
            )
        self.record(_("提出撤回：%(why)s") % {"why": self.why})
