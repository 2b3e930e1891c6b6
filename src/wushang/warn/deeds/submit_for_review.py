"""提交审核: the draft is complete and goes to the section head."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.people.deed import refuse
from wushang.warn import wording
from wushang.warn.deed import WarningDeed


@dataclass
class SubmitForReview(WarningDeed):
    remark: str = ""

    verb = "warn.draft"
    title = gettext_lazy("提交审核")
    move = "submit"

    def check(self) -> None:
        super().check()
        letter = self.warning.letter
        if letter is None:
            raise refuse("no_letter", _("本件没有文书。"), _("请先起草文书。"))
        missing = wording.letter(letter.kind).missing(letter.values)
        if missing:
            names = "、".join(f.label for f in missing)
            raise refuse(
                "missing",
                _("文书还有 %(n)d 项没有填：%(names)s。") % {"n": len(missing), "names": names},
                _("请在右侧补填后再提交。"),
            )

    def act(self) -> None:
        if self.warning.handler is None:
            self.warning.handler = self.actor.user
        self.step("handler")
        self.signature("submit", self.remark)
        self.record(_("起草完毕，提交审核"))
