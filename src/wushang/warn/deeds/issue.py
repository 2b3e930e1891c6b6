"""发出: the signed letter becomes its final file and goes to the enterprise, its township and whom the rule names."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.people.deed import refuse
from wushang.warn import actions, clocks, further, issuing, numbers, papers, tell, units, words
from wushang.warn.deed import WarningDeed
from wushang.warn.judged import words_of
from wushang.warn.models import Letter


@dataclass
class Issue(WarningDeed):
    verb = "warn.issue"
    title = gettext_lazy("发出")
    move = "issue"

    def check(self) -> None:
        super().check()
        if self.further is not None:
            further.must_still_hold(self.warning, self.further)
        if not self.paper.number:
            raise refuse("no_number", _("本件还没有文号。"), _("请先填写 OA 文号或自编文号。"), column=str(_("文号")))
        now = units.version_of(self.warning.enterprise_id)
        if now is None or now.provisional:
            raise refuse("provisional", _("单位身份待确认，不能发出。"), _("请先在“单位归并”中确认。"))

    def act(self) -> None:
        letter = self.paper
        papers.finish(letter, self.actor.user, self.at)
        if self.further is None:
            self.warning.issued = self.at
        self.step("issued")
        if self.further is None:
            self._overtake()
            self.send(letter)
        else:
            further.follow(self.warning, letter, self.at)
        self.record(_("发出《%(title)s》%(number)s") % {"title": letter.title, "number": letter.number})

    def _overtake(self) -> None:
        """A signed letter of the lower level that had not left never will: its number is 作废."""
        for older in self.warning.merged_from.filter(state="merged", issued=None):
            for letter in older.letters.filter(purpose="main", dropped=False):
                numbers.cancel(letter, self.at, _("预警升级，没有发出"))

    def send(self, letter: Letter) -> None:
        """三推送 of a letter: enterprise, township, department; and a row for the hand where nobody can be reached."""
        now = units.version_of(self.warning.enterprise_id)
        assert now is not None  # checked above
        common: dict[str, Any] = {"warning": self.warning, "letter": letter, "purpose": "letter"}
        link = papers.link(letter.code)
        to_enterprise: dict[str, Any] = words.letter_to_enterprise(letter, clocks.receipt(self.warning, self.today))
        tell.enterprise(self.at, self.warning.enterprise, now.name, link=link, **to_enterprise, **common)
        for unit in self._also(now):
            tell.department(
                self.at, unit, link=words.page_of(self.warning), **words.letter_to_unit(letter, now.name), **common
            )

    def _also(self, now: Any) -> list[Any]:
        finding = self.warning.finding
        told = [units.township_of(now.region), *issuing.addressees(finding), *actions.also_told(words_of(finding), self.warning)]
        return list({unit.pk: unit for unit in told if unit}.values())
