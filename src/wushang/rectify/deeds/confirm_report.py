"""主要负责人确认: the head answers for it with the name, after the code sent to the head's own telephone."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.people.crypto import mask_name, mask_phone
from wushang.people.deed import refuse
from wushang.pool import contacts
from wushang.pool.models import Contact
from wushang.rectify.deed import CaseDeed
from wushang.rectify.deeds.save_answer import must_be_open
from wushang.rectify.models import RectifyReport
from wushang.rectify.questions import titles
from wushang.rectify.report_form import form_of


@dataclass
class ConfirmReport(CaseDeed):
    report: RectifyReport
    contact: Contact  # whose telephone was proved
    name: str
    promised: bool = False

    verb = "rectify.confirm"
    title = gettext_lazy("主要负责人确认")

    def check(self) -> None:
        super().check()
        self.report.refresh_from_db()
        must_be_open(self.report)
        form = form_of(self.case)
        if left := form.missing(self.report.answers):
            raise refuse(
                "missing", _("还有 %(n)d 项没有填：%(titles)s。") % {"n": len(left), "titles": titles(left)},
                _("请回到第 %(page)d 页补填。") % {"page": form.page_of(left[0].code)},
            )  # fmt: skip
        if self.contact not in contacts.of([self.case.enterprise_id])[self.case.enterprise_id] or self.contact.role != "head":
            raise refuse("not_head", _("要由主要负责人本人确认。"), _("请点“发给负责人签字”，由负责人用自己的手机打开。"))
        if "".join(self.name.split()) != "".join(self.contact.name.split()):
            raise refuse(
                "name", _("姓名与登记的主要负责人（%(name)s）不一致。") % {"name": mask_name(self.contact.name)},
                _("请填负责人本人的姓名；负责人已变更的，请打电话告诉经办人。"), column=str(_("姓名")),
            )  # fmt: skip
        if not self.promised:
            raise refuse("promise", _("还没有勾选真实性承诺。"), _("请阅读承诺后勾选。"))

    def act(self) -> None:
        self.report.state, self.report.confirmed, self.report.confirmed_by = "confirmed", self.at, self.name
        self.report.confirmed_masked = f"{mask_name(self.contact.name)} {mask_phone(self.contact.phone)}"
        self.report.head_says = ""
        self.report.save()
        self.record(_("主要负责人确认整改情况"))
