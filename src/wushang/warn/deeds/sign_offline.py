"""线下签批: the sheet was signed and the letter stamped on paper; the scan brought back is the official piece."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.people.deed import refuse
from wushang.warn import papers
from wushang.warn.complete import made_whole
from wushang.warn.deed import WarningDeed
from wushang.warn.models import LetterFile


@dataclass
class SignOffline(WarningDeed):
    scan: bytes
    signed: date | None
    signed_by: str = ""

    verb = "warn.number"
    title = gettext_lazy("上传盖章件")
    move = "sign_offline"

    def check(self) -> None:
        super().check()
        self.ending = papers.check_scan(self.scan, _("盖章件"))
        letter = self.made = self.paper
        if letter is None or not letter.number:
            raise refuse("no_number", _("盖章件上应有文号，本件还没有文号。"), _("请先填写文号，再上传盖章件。"))
        made_whole(self.warning, letter, _("请补填后再上传。"))
        if self.signed is None:
            raise refuse("date", _("成文日期没有填写。"), _("请填盖章件上的日期。"), column=_("成文日期"))
        if self.signed > self.today:
            raise refuse(
                "future",
                _("成文日期在今天之后。"),
                _("请填盖章件上的日期。"),
                column=str(_("成文日期")),
                value=str(self.signed),
            )

    def act(self) -> LetterFile:
        letter = self.made
        letter.official, letter.signed = "scan", self.signed
        letter.save(update_fields=["official", "signed", "bureau", "issuer", "values"])
        name = papers.file_name(letter, self.ending)
        file = papers.keep(letter, "scan", name, self.scan, self.actor.user, self.at)
        if self.warning.handler is None:
            self.warning.handler = self.actor.user
        self.step("handler")
        self.signature("sign_offline", self.signed_by)
        self.record(_("线下签批，上传盖章扫描件，以扫描件为正式件"))
        return file
