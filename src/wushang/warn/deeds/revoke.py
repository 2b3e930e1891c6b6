"""撤销: a delivered warning is revoked by a letter of its own. This drafts the 撤销通知; reviewed, signed, numbered and issued like
every letter, it ends the warning on the day it leaves (warn.further) and goes to all who had the first one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.people.deed import refuse
from wushang.warn.compose import revocation_values
from wushang.warn.deeds.attach_letter import AttachLetter
from wushang.warn.deeds.withdraw import CAUSES
from wushang.warn.models import Letter


@dataclass
class Revoke(AttachLetter):
    kind: str = "revocation"
    reason: str = ""
    cause: str = "other"

    title = gettext_lazy("拟撤销通知")
    move = "revoke"
    purpose: ClassVar[str] = "revocation"

    def check(self) -> None:
        super().check()
        self.must_give_reason(self.reason)
        if self.cause not in CAUSES:
            raise refuse("cause", _("没有选择误报原因。"), _("请选择一项。"), column=_("原因"), value=self.cause)
        held = next((one for one in self.warning.letters.filter(purpose="revocation") if one.is_open), None)
        if held is not None:
            raise refuse("drafted", _("撤销通知已经起草，现在是“%(state)s”。") % {"state": held.state_title}, _("请接着办那一份。"))

    def act(self) -> Letter:
        self.values = revocation_values(self.warning, self.warning.letter, self.reason)
        letter = self.made = self._letter(cause=self.cause)
        self.record(_("拟撤销预警（%(cause)s）：%(reason)s") % {"cause": CAUSES[self.cause], "reason": self.reason})
        return letter

    def said(self) -> dict:
        return {**super().said(), "cause": self.cause}
