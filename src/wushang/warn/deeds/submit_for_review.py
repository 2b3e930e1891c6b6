"""提交审核: the draft is complete and goes to the section head."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.warn import compose
from wushang.warn.complete import made_whole
from wushang.warn.deed import WarningDeed


@dataclass
class SubmitForReview(WarningDeed):
    remark: str = ""

    verb = "warn.draft"
    title = gettext_lazy("提交审核")
    move = "submit"

    def check(self) -> None:
        super().check()
        self.made = self.paper
        made_whole(self.warning, self.made, _("请在右侧补填后再提交。"))

    def act(self) -> None:
        self.made.values |= compose.brought_up(self.warning, self.made, self.today)
        self.made.save(update_fields=["bureau", "issuer", "values"])
        if self.warning.handler is None:
            self.warning.handler = self.actor.user
        self.step("handler")
        self.signature("submit", self.remark)
        self.record(_("起草完毕，提交审核"))
