"""审核: the section head (科长) agrees, or leaves a remark."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.warn.deed import WarningDeed


@dataclass
class Review(WarningDeed):
    remark: str = ""

    verb = "warn.review"
    title = gettext_lazy("审核")
    move = "review"

    def check(self) -> None:
        super().check()
        self.must_be_of_the_issuer()
        self.must_be_another_person()

    def act(self) -> None:
        self.step()
        self.signature("review", self.remark)
        self.record(_("审核同意") + (f"，{self.remark}" if self.remark else ""))
