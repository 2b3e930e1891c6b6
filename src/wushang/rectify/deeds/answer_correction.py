"""答复数据核对申请. The facts themselves are mended where they came from (待订正, 单位归并); judging follows by itself."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.people.deed import Deed, Place, refuse
from wushang.rectify import mended
from wushang.rectify.deed import must_give
from wushang.rectify.models import CorrectionRequest
from wushang.rectify.models.asked import CORRECTION_ANSWERS
from wushang.rectify.words import tell_enterprise
from wushang.warn.models import Entry
from wushang.warn.units import place_of

MENDED = ("granted", "partly")  # answers that say that the data were changed
NO_FACTS = ("contact", "other")  # what is wrong may lie outside the facts


@dataclass
class AnswerCorrection(Deed):
    request: CorrectionRequest
    answer: str
    reply: str

    verb = "rectify.answer_correction"
    title = gettext_lazy("答复核对申请")

    def where(self) -> tuple[Place, ...]:
        return (place_of(self.request.enterprise_id),)

    def check(self) -> None:
        self.request.refresh_from_db()
        if self.request.answered:
            raise refuse("answered", _("这件申请已经答复。"), _("请刷新本页。"))
        if self.answer not in CORRECTION_ANSWERS:
            raise refuse("answer", _("没有选择核对结果。"), _("请选择一项。"), column=str(_("核对结果")))
        must_give(self.reply, _("答复内容"))
        self.mended = mended.commit_since(self.request)
        if self.answer in MENDED and self.mended is None and self.request.kind not in NO_FACTS:
            raise refuse(
                "not_mended", _("收到申请以后还没有改数据，不能答复“已改正”。"),
                _("请先在“订正”中改好那一行，或退回报送单位；数据本来就对的，请选“原数据无误”。"), column=str(_("核对结果")),
            )  # fmt: skip

    def act(self) -> None:
        self.request.answer, self.request.reply = self.answer, self.reply.strip()
        self.request.answered, self.request.answered_by = self.at, self.actor.user
        self.request.commit = self.mended if self.answer in MENDED else None
        self.request.save()
        said = _("答复数据核对申请：%(answer)s") % {"answer": self.request.answer_title}
        Entry.objects.create(warning=self.request.warning, at=self.at, name=self.actor.name, text=said)
        tell_enterprise(self.at, self.request.warning, _("数据核对申请的答复"), _("%(answer)s。%(reply)s") % {
            "answer": self.request.answer_title, "reply": self.request.reply,
        })  # fmt: skip

    def subject(self) -> str:
        return f"correction:{self.request.pk}"

    def said(self) -> dict:
        return {"answer": self.answer}
