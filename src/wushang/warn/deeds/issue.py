"""发出: the signed letter becomes its final file and goes to the enterprise, its township and whom the rule names."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.people.deed import refuse
from wushang.warn import actions, papers, tell, units, words
from wushang.warn.deed import WarningDeed
from wushang.warn.judged import words_of
from wushang.warn.models import Letter


@dataclass
class Issue(WarningDeed):
    verb = "warn.deliver"
    title = gettext_lazy("发出")
    move = "issue"

    def check(self) -> None:
        super().check()
        letter = self.warning.letter
        if not letter.number:
            raise refuse("no_number", _("本件还没有文号。"), _("请先填写 OA 文号或自编文号。"), column=str(_("文号")))
        now = units.version_of(self.warning.enterprise_id)
        if now is None or now.provisional:
            raise refuse("provisional", _("单位身份待确认，不能发出。"), _("请先在“单位归并”中确认。"))

    def act(self) -> None:
        letter = self.warning.letter
        self.finish(letter)
        self.warning.issued = self.at
        self.step("issued")
        self.send(letter)
        self.record(_("发出《%(title)s》%(number)s") % {"title": letter.title, "number": letter.number})

    def finish(self, letter: Letter) -> None:
        """Fix the wording: its code, its PDF and its Word file."""
        letter.code = papers.verify_code(letter, papers.piece(letter))
        letter.save(update_fields=["code"])
        seal = "none" if letter.official == "scan" else "sample"
        by = self.actor.user
        papers.keep(letter, "pdf", papers.file_name(letter, "pdf"), papers.letter_pdf(letter, seal=seal), by, self.at)
        papers.keep(letter, "docx", papers.file_name(letter, "docx"), papers.letter_word(letter), by, self.at)

    def send(self, letter: Letter) -> None:
        """三推送 of a letter: enterprise, township, department; and a row for the hand where nobody can be reached."""
        now = units.version_of(self.warning.enterprise_id)
        assert now is not None  # checked above
        common: dict[str, Any] = {"warning": self.warning, "letter": letter, "purpose": "letter"}
        link = papers.link(letter.code)
        to_enterprise: dict[str, Any] = words.letter_to_enterprise(letter, self.warning.due)
        rows = tell.enterprise(self.at, self.warning.enterprise, now.name, link=link, **to_enterprise, **common)
        if all(row.channel == "inbox" for row in rows):
            tell.put(
                self.at,
                recipient_kind="enterprise",
                recipient=now.name,
                enterprise=self.warning.enterprise,
                channel="by_hand",
                **to_enterprise,
                **common,
            )
        for unit in self._also(now):
            tell.department(
                self.at, unit, link=words.page_of(self.warning), **words.letter_to_unit(letter, now.name), **common
            )

    def _also(self, now: Any) -> list[Any]:
        told = [units.township_of(now.region), *actions.also_told(words_of(self.warning.finding), self.warning)]
        return list({unit.pk: unit for unit in told if unit}.values())
