"""撤回: a warning that has not reached the enterprise is taken back, with the cause; nothing is deleted."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.people.deed import refuse
from wushang.warn import numbers, standing, tell, words
from wushang.warn.deed import WarningDeed

CAUSES = {
    "not_recognised": gettext_lazy("不予认定或撤回申请"),
    "wrong_unit": gettext_lazy("不是本单位职工"),
    "wrong_data": gettext_lazy("数据有误"),
    "duplicate": gettext_lazy("重复计数"),
    "rule": gettext_lazy("规则设置有误"),
    "other": gettext_lazy("其他"),
}


@dataclass
class Withdraw(WarningDeed):
    reason: str
    cause: str = "other"

    verb = "warn.withdraw"
    title = gettext_lazy("撤回预警")
    move = "withdraw"

    def check(self) -> None:
        super().check()
        self.must_give_reason(self.reason)
        if self.cause not in CAUSES:
            raise refuse("cause", _("没有选择误报原因。"), _("请选择一项。"), column=_("原因"), value=self.cause)
        if (
            self.warning.deliveries.filter(recipient_kind="enterprise", state="delivered")
            .exclude(channel="inbox")
            .exists()
        ):
            raise refuse("delivered", _("文书已经送达单位，不能撤回。"), _("请先登记送达，再用“撤销预警”，撤销通知会另行发出。"))

    def act(self) -> None:
        self.warning.ended, self.warning.end_reason, self.warning.end_cause = self.at, self.reason, self.cause
        self.step("ended", "end_reason", "end_cause")
        self.warning.deliveries.filter(state="waiting").update(state="withheld", finished=self.at)
        tell.again(self.warning.deliveries.all(), self.at, **words.withdrawn(self.warning.letter))
        for letter in self.warning.letters.exclude(number=""):
            numbers.cancel(letter, self.at, self.reason)
        self.record(_("撤回预警（%(cause)s）：%(reason)s") % {"cause": CAUSES[self.cause], "reason": self.reason})
        self.stands = standing.stand_again(self.warning, self.at)  # another piece, where one does

    def said(self) -> dict:
        return {**super().said(), "cause": self.cause}
