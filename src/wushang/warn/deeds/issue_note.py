"""编文号, 上传盖章件 and 发出 of a 更正说明, as for every letter: the number from the OA or our own series, the stamped scan as the
official piece, and then to all who were told the old figure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.people.deed import refuse
from wushang.warn import noting, numbers, papers, tell, words
from wushang.warn.deeds.explain_correction import CorrectionDeed
from wushang.warn.models import Entry, Letter


@dataclass
class NoteDeed(CorrectionDeed):
    """On a note that is drafted and has not left."""

    def check(self) -> None:
        super().check()
        self.must_be_open()
        if self.correction.note is None or noting.waits_for(self.correction) == "draft":
            raise refuse("step", _("更正说明还没有起草。"), _("请先起草并提交。"))
        self.letter: Letter = self.correction.note


@dataclass
class NumberNote(NoteDeed):
    typed: str = ""  # the OA's number; empty: next of our own series
    word: str = ""

    verb = "warn.number"
    title = gettext_lazy("更正说明编文号")

    def check(self) -> None:
        super().check()
        if not self.typed.strip() and not self.word.strip():
            raise refuse("word", _("更正说明没有文号。"), _("请填 OA 文号，或自编序号的机关代字。"), column=str(_("文号")))

    def act(self) -> str:
        numbers.cancel(self.letter, self.at, str(_("改编新号")))
        return str(numbers.give(self.letter, self.typed, self.word, self.at, timezone.localdate(self.at)))


@dataclass
class StampNote(NoteDeed):
    scan: bytes
    signed: date | None

    verb = "warn.number"
    title = gettext_lazy("上传更正说明盖章件")

    def check(self) -> None:
        super().check()
        self.ending = papers.check_scan(self.scan, _("盖章件"))
        if not self.letter.number:
            raise refuse("no_number", _("盖章件上应有文号，更正说明还没有文号。"), _("请先编文号，再上传盖章件。"))
        if self.signed is None or self.signed > timezone.localdate(self.at):
            raise refuse("date", _("成文日期没有填写，或者在今天之后。"), _("请填盖章件上的日期。"), column=str(_("成文日期")))

    def act(self) -> None:
        self.letter.official, self.letter.signed = "scan", self.signed
        self.letter.save(update_fields=["official", "signed"])
        papers.keep(self.letter, "scan", papers.file_name(self.letter, self.ending), self.scan, self.actor.user, self.at)
        self.step("sign_offline")


@dataclass
class IssueNote(NoteDeed):
    verb = "warn.issue"
    title = gettext_lazy("发出更正说明")

    def check(self) -> None:
        super().check()
        if noting.waits_for(self.correction) != "issue":
            raise refuse("step", _("更正说明还没有签发。"), _("请先办完审核、签发，或者上传盖章件。"))
        if not self.letter.number:
            raise refuse("no_number", _("更正说明还没有文号。"), _("请先填写 OA 文号或自编文号。"), column=str(_("文号")))

    def act(self) -> Letter:
        letter = self.letter
        papers.finish(letter, self.actor.user, self.at)
        self.step("issue")
        self.correction.state, self.correction.by, self.correction.settled = "explained", self.actor.name, self.at
        self.correction.save()
        self._tell(letter)
        if letter.warning is not None:
            said = _("发出《%(title)s》%(number)s") % {"title": letter.title, "number": letter.number}
            Entry.objects.create(warning=letter.warning, at=self.at, name=self.actor.name, text=said)
        return letter

    def _tell(self, letter: Letter) -> None:
        """Whoever had the old figure: the unit where it was told, and every department."""
        name = str(letter.values.get("about", ""))
        common: dict[str, Any] = {"warning": letter.warning, "letter": letter, "purpose": "letter"}
        title, text = _("《更正说明》%(number)s") % {"number": letter.number}, words.correction(letter, name)
        if noting.to_unit(self.correction):
            tell.enterprise(
                self.at, self.correction.enterprise, name, link=papers.link(letter.code), title=title, text=text, **common
            )
        for unit in noting.departments(self.correction):
            tell.department(self.at, unit, link=noting.page_of(self.correction), title=title, text=text, **common)

    def said(self) -> dict:
        return {"commit": self.correction.commit, "number": self.letter.number}
