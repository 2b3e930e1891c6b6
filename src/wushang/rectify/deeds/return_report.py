"""退回补正: with a reason beside every field that needs mending; not more often than the policy allows."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.people.deed import refuse
from wushang.rectify import clocks
from wushang.rectify.deed import CaseDeed, must_give
from wushang.rectify.models import Photo, RectifyReport, ReviewRemark
from wushang.rectify.questions import BY_CODE
from wushang.rectify.words import said_day, tell_enterprise


@dataclass
class ReturnReport(CaseDeed):
    remarks: dict[str, str]  # field → reason

    verb = "rectify.review"
    title = gettext_lazy("退回补正")
    move = "return"

    def check(self) -> None:
        super().check()
        if not self.remarks:
            raise refuse("no_remark", _("没有写要补正哪一项。"), _("请在要补正的项目旁写明理由。"))
        for field, reason in self.remarks.items():
            if field not in BY_CODE:
                raise refuse("field", _("表里没有“%(field)s”这一项。") % {"field": field}, _("请刷新本页再退回。"))
            must_give(reason, BY_CODE[field].title)
        most = clocks.most_rounds(self.rules)
        if self.case.rounds >= most:
            raise refuse("rounds", _("已经退回 %(n)d 次，达到上限。") % {"n": most}, _("请通过复核，或转办现场检查、移送线索。"))

    def act(self) -> RectifyReport:
        old = self.case.report
        old.state = "returned"
        old.save(update_fields=["state"])
        for field, reason in self.remarks.items():
            ReviewRemark.objects.create(report=old, field=field, reason=reason, name=self.actor.name, at=self.at)
        new = self._next_round(old)
        self.case.rounds += 1
        self.step("rounds", clock="return")
        self.record(_("第 %(n)d 次退回补正，%(k)d 项，期限 %(due)s") % {
            "n": self.case.rounds, "k": len(self.remarks), "due": self.case.due,
        })  # fmt: skip
        words = _("您单位报的整改情况有 %(k)d 项要补充，%(day)s前交。打开看每一项的说明。")
        tell_enterprise(
            self.at, self.case.warning, _("整改情况请补充"),
            words % {"k": len(self.remarks), "day": said_day(self.case.due)} if self.case.due else "",
        )  # fmt: skip
        return new

    def _next_round(self, old: RectifyReport) -> RectifyReport:
        """The unit goes on from what it wrote."""
        new = RectifyReport(case=self.case, round=old.round + 1, started=self.at)
        new.answers = old.answers
        new.save()
        for photo in old.photos.filter(removed=None):
            Photo.objects.create(report=new, field=photo.field, sha256=photo.sha256, kind=photo.kind, size=photo.size, at=photo.at)
        return new

    def said(self) -> dict:
        return {**super().said(), "fields": sorted(self.remarks)}
