"""编文号: from the OA by hand, or the next of our own series; a changed number leaves the old one 作废 in the register."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.people.deed import refuse
from wushang.warn import numbers, units
from wushang.warn.deed import WarningDeed
from wushang.warn.models import Letter


@dataclass
class NumberLetter(WarningDeed):
    letter: Letter
    typed: str = ""  # the OA's number; empty: our own series
    word: str = ""  # 字 of our own series

    verb = "warn.number"
    title = gettext_lazy("编文号")
    move = "number"

    def check(self) -> None:
        seen = self.letter.number
        super().check()
        self.letter.refresh_from_db()
        if self.letter.number != seen:
            why = _("本件刚刚编了文号 %(number)s。") % {"number": self.letter.number}
            raise refuse("number_taken", why, _("请刷新本页再看。"), column=str(_("文号")), value=self.letter.number)
        if not self.typed and not self.word:
            raise refuse(
                "word", _("没有填写文号，也没有填写自编序号的机关代字。"), _("例如：云人社预。"), column=str(_("文号"))
            )
        if self.typed and self.typed.strip() == self.letter.number:
            raise refuse("same_number", _("文号没有变化。"), _("不用再编。"), column=str(_("文号")), value=self.typed)

    def act(self) -> str:
        bureau = units.issuing_bureau(self.where()[0][0])
        issuer = bureau.code if bureau else ""
        if self.letter.number:
            numbers.cancel(self.letter, self.at, str(_("改编新号")))
        given = (
            numbers.take_typed(self.letter, issuer, self.typed, self.at)
            if self.typed
            else numbers.take_own(self.letter, issuer, self.word.strip(), self.at, self.today)
        )
        self.letter.number = str(given)
        self.letter.save(update_fields=["number"])
        self.step()
        self.record(_("文号 %(number)s") % {"number": given})
        return self.letter.number
