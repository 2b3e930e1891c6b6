"""What evaluate's signed verdict does to a case: pass, list (挂牌督办), extend; and the later 摘牌."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.people.deed import refuse
from wushang.rectify.deed import CaseDeed, must_give
from wushang.rectify.deeds.close_case import end


@dataclass
class PassCase(CaseDeed):
    reason: str

    verb = "evaluate.sign"
    title = gettext_lazy("评估通过，办结")
    move = "pass"

    def act(self) -> None:
        end(self, self.reason)
        self.record(_("评估通过，办结：%(reason)s") % {"reason": self.reason})


@dataclass
class ListCase(CaseDeed):
    reason: str
    until: date | None = None

    verb = "evaluate.sign"
    title = gettext_lazy("挂牌督办")
    move = "list"

    def act(self) -> None:
        self.step()
        self.case.due = self.until
        self.case.save(update_fields=["due"])
        self.record(_("列入重点监管并挂牌督办：%(reason)s") % {"reason": self.reason})


@dataclass
class ExtendCase(CaseDeed):
    reason: str
    until: date

    verb = "evaluate.sign"
    title = gettext_lazy("延期评估")
    move = "extend"

    def check(self) -> None:
        super().check()
        if self.until <= self.today:
            raise refuse("until", _("延期的日期要在今天之后。"), _("请重新选择日期。"), column=str(_("延期至")), value=str(self.until))

    def act(self) -> None:
        self.case.recheck_on = self.until
        self.step("recheck_on")
        self.case.due = self.until
        self.case.save(update_fields=["due"])
        self.record(_("延期评估至 %(day)s：%(reason)s") % {"day": self.until, "reason": self.reason})


@dataclass
class DelistCase(CaseDeed):
    reason: str

    verb = "evaluate.sign"
    title = gettext_lazy("摘牌")
    move = "delist"

    def check(self) -> None:
        super().check()
        must_give(self.reason, _("摘牌理由"))

    def act(self) -> None:
        end(self, self.reason)
        self.record(_("摘牌：%(reason)s") % {"reason": self.reason})
