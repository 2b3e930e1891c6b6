"""复审: the second review where a place signs in three steps."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.people.deed import refuse
from wushang.warn.deed import WarningDeed
from wushang.warn.signing import steps, waits_for


@dataclass
class Countersign(WarningDeed):
    remark: str = ""

    verb = "warn.review"
    title = gettext_lazy("复审")
    move = "countersign"

    def check(self) -> None:
        super().check()
        if "countersign" not in steps():
            raise refuse("two_steps", _("本单位按二级签批，没有复审环节。"), _("请直接签发。"))
        if waits_for(self.piece) != "countersign":
            raise refuse("countersigned", _("本件已经复审过。"), _("请直接签发。"))
        self.must_be_of_the_issuer()
        self.must_be_another_person()

    def act(self) -> None:
        self.step()
        self.signature("countersign", self.remark)
        self.record(_("复审同意") + (f"，{self.remark}" if self.remark else ""))
