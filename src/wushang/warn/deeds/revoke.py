"""撤销: a delivered warning is revoked by a letter of its own, sent to all who had the first one."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.people.deed import refuse
from wushang.warn import numbers, papers, tell, units, words
from wushang.warn.compose import revocation_values
from wushang.warn.deed import WarningDeed
from wushang.warn.deeds.withdraw import CAUSES
from wushang.warn.models import Letter


@dataclass
class Revoke(WarningDeed):
    reason: str
    cause: str = "other"
    typed: str = ""  # the OA's number of the revocation letter; empty: next of our own series
    word: str = ""

    verb = "warn.revoke"
    title = gettext_lazy("撤销预警")
    move = "revoke"

    def check(self) -> None:
        super().check()
        self.must_give_reason(self.reason)
        if self.cause not in CAUSES:
            raise refuse("cause", _("没有选择误报原因。"), _("请选择一项。"), column=_("原因"), value=self.cause)
        if not self.typed and not self.word:
            raise refuse("word", _("撤销通知没有文号。"), _("请填 OA 文号，或自编序号的机关代字。"), column=_("文号"))

    def act(self) -> Letter:
        first = self.warning.letter
        letter = self._letter(first)
        self.warning.ended, self.warning.end_reason, self.warning.end_cause = self.at, self.reason, self.cause
        self.step("ended", "end_reason", "end_cause")
        self._tell(first, letter)
        self.signature("revoke", self.reason)
        self.record(
            _("撤销预警（%(cause)s）：%(reason)s，发出撤销通知 %(number)s")
            % {"cause": CAUSES[self.cause], "reason": self.reason, "number": letter.number}
        )
        return letter

    def _letter(self, first: Letter) -> Letter:
        letter = Letter.objects.create(
            warning=self.warning, kind="revocation", purpose="revocation", title="撤销通知", issuer=first.issuer,
            values=revocation_values(self.warning, first, self.reason), signed=self.today, created=self.at,
        )  # fmt: skip
        bureau = units.issuing_bureau(self.where()[0][0])
        issuer = bureau.code if bureau else ""
        given = (
            numbers.take_typed(letter, issuer, self.typed, self.at)
            if self.typed
            else numbers.take_own(letter, issuer, self.word.strip(), self.at, self.today)
        )
        letter.number = str(given)
        letter.code = papers.verify_code(letter, papers.piece(letter))
        letter.save(update_fields=["number", "code"])
        papers.keep(letter, "pdf", papers.file_name(letter, "pdf"), papers.letter_pdf(letter), self.actor.user, self.at)
        return letter

    def _tell(self, first: Letter, letter: Letter) -> None:
        """The enterprise, and every unit that had the first letter."""
        common = {"warning": self.warning, "letter": letter, "purpose": "letter"}
        name = first.values.get("enterprise", "")
        self.warning.deliveries.filter(state="waiting").update(state="withheld", finished=self.at)
        tell.enterprise(
            self.at,
            self.warning.enterprise,
            name,
            link=papers.link(letter.code),
            **words.revocation_to_enterprise(letter, first),
            **common,
        )
        told = first.deliveries.exclude(department=None).select_related("department")
        for unit in {row.department_id: row.department for row in told}.values():
            tell.department(
                self.at, unit, link=words.page_of(self.warning), **words.letter_to_unit(letter, name), **common
            )

    def said(self) -> dict:
        return {**super().said(), "cause": self.cause}
