"""另发文书 under a warning that goes on (挂牌督办通知书): numbered, drawn, sent to all who had the first letter."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.people.deed import refuse
from wushang.warn import numbers, papers, tell, units, wording, words
from wushang.warn.deed import WarningDeed
from wushang.warn.models import Letter


@dataclass
class AttachLetter(WarningDeed):
    kind: str
    values: dict[str, Any]
    typed: str = ""  # the OA's number; empty: next of our own series
    word: str = ""

    verb = "warn.sign"
    title = gettext_lazy("另发文书")
    move = "join"

    def check(self) -> None:
        super().check()
        if missing := wording.letter(self.kind).missing(self.values):
            labels = "、".join(field.label for field in missing)
            raise refuse("missing", _("文书还缺：%(labels)s。") % {"labels": labels}, _("请先补齐登记信息。"))
        if not self.typed.strip() and not self.word.strip():
            raise refuse("word", _("文书没有文号。"), _("请填 OA 文号，或自编序号的机关代字。"), column=str(_("文号")))

    def act(self) -> Letter:
        first, made = self.warning.letter, self._letter()
        title = wording.letter(self.kind).title
        common = {"warning": self.warning, "letter": made, "purpose": "letter"}
        text = _("请查看《%(title)s》%(number)s。") % {"title": title, "number": made.number}
        tell.enterprise(
            self.at,
            self.warning.enterprise,
            made.values.get("enterprise", ""),
            link=papers.link(made.code),
            title=title,
            text=text,
            **common,
        )
        told = first.deliveries.exclude(department=None).select_related("department") if first else []
        for unit in {row.department_id: row.department for row in told}.values():
            tell.department(self.at, unit, link=words.page_of(self.warning), title=title, text=text, **common)
        self.record(_("发出《%(title)s》%(number)s") % {"title": title, "number": made.number})
        return made

    def _letter(self) -> Letter:
        first = self.warning.letter
        bureau = units.issuing_bureau(self.where()[0][0])
        made = Letter.objects.create(
            warning=self.warning, kind=self.kind, purpose="attached", title=wording.letter(self.kind).title, values=self.values,
            issuer=first.issuer if first else (bureau.name if bureau else ""), signed=self.today, created=self.at,
        )  # fmt: skip
        issuer = bureau.code if bureau else ""
        given = (
            numbers.take_typed(made, issuer, self.typed.strip(), self.at)
            if self.typed.strip()
            else numbers.take_own(made, issuer, self.word.strip(), self.at, self.today)
        )
        made.number = str(given)
        made.code = papers.verify_code(made, papers.piece(made))
        made.save(update_fields=["number", "code"])
        papers.keep(made, "pdf", papers.file_name(made, "pdf"), papers.letter_pdf(made), self.actor.user, self.at)
        return made
