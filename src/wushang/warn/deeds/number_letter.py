"""编文号: from the OA by hand, or the next of our own series; a changed number leaves the old one 作废 in the register."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.people.deed import refuse
from wushang.warn import numbers
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

    def __post_init__(self) -> None:
        self.further = self.letter if self.letter.purpose != "main" else None
        super().__post_init__()

    def check(self) -> None:
        seen = self.letter.number
        super().check()
        self.letter.refresh_from_db()
        if self.letter.number != seen:
            why = _("本件刚刚编了文号 %(number)s。") % {"number": self.letter.number}
            raise refuse("number_taken", why, _("请刷新本页再看。"), column=str(_("文号")), value=self.letter.number)
        if not self.typed.strip() and not self.word.strip():
            how = _("请填 OA 文号；由平台编的，先选“平台自编”，再填机关代字，例如：云人社预。")
            raise refuse("word", _("没有填写文号。"), how, column=str(_("文号")))
        if self.typed and self.typed.strip() == self.letter.number:
            raise refuse("same_number", _("文号没有变化。"), _("不用再编。"), column=str(_("文号")), value=self.typed)

    def act(self) -> str:
        if self.letter.number:
            numbers.cancel(self.letter, self.at, str(_("改编新号")))
        given = numbers.give(self.letter, self.typed, self.word, self.at, self.today)
        self.step()
        self.record(_("文号 %(number)s") % {"number": given})
        return self.letter.number
