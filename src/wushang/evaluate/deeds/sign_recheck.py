"""签发评估结论: a person decides — 办结, 挂牌督办 (with its letter and number), or 延期. Nobody is listed by the platform."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.evaluate.models import DECISIONS, Recheck
from wushang.evaluate.notice import values
from wushang.people.deed import Deed, Place, refuse
from wushang.rectify.deed import must_give, on_behalf
from wushang.rectify.deeds.follow_verdict import ExtendCase, ListCase, PassCase
from wushang.warn.deeds.attach_letter import AttachLetter
from wushang.warn.units import place_of


@dataclass
class SignRecheck(Deed):
    recheck: Recheck
    decision: str
    reason: str = ""
    until: date | None = None  # of the listing, or of the extension
    typed: str = ""  # 文号 of the 挂牌督办通知书, where the OA has given it already
    word: str = ""  # or our own series

    verb = "evaluate.sign"
    title = gettext_lazy("签发评估结论")

    def where(self) -> tuple[Place, ...]:
        return (place_of(self.recheck.enterprise_id),)

    def check(self) -> None:
        self.recheck.refresh_from_db()
        if self.actor.user is None:
            raise refuse("person", _("评估结论要由人签发。"))
        if self.recheck.state != "proposed":
            raise refuse("state", _("这份评估%(state)s。") % {"state": self.recheck.state_title}, _("请刷新本页。"))
        if self.decision not in DECISIONS:
            raise refuse("decision", _("没有选择结论。"), _("请选择办结、挂牌督办或延期评估。"), column=str(_("结论")))
        if self.recheck.verdict == "unripe" and self.decision != "extend":
            raise refuse(
                "unripe", _("申报期未满，%(day)s起方可签发结论。") % {"day": self.recheck.ripe_on}, _("届时平台会重新计算并提出。")
            )
        if self._against_the_proposal():
            must_give(self.reason, _("与建议不一致的理由"))
        if self.decision in ("list", "extend") and (self.until is None or self.until <= timezone.localdate(self.at)):
            raise refuse("until", _("没有填期限，或者期限不在今天之后。"), _("请填督办或延期的截止日期。"), column=str(_("期限")))

    def _against_the_proposal(self) -> bool:
        """A person may decide otherwise, but says why; what the platform left open is always explained."""
        return {"passed": "close", "failed": "list"}.get(self.recheck.verdict) != self.decision

    def act(self) -> None:
        case, said = self.recheck.case, self.reason.strip() or self.recheck.sentences[-1]
        if self.decision == "close":
            PassCase(self.actor, self.at, case, said).do()
        elif self.decision == "extend":
            assert self.until is not None  # checked above
            ExtendCase(self.actor, self.at, case, said, self.until).do()
        else:
            ListCase(self.actor, self.at, case, said, self.until).do()
            self._notice()
        self.recheck.state, self.recheck.decision, self.recheck.reason = "signed", self.decision, self.reason.strip()
        self.recheck.signer, self.recheck.signed = self.actor.user, self.at
        self.recheck.save()

    def _notice(self) -> None:
        """挂牌督办通知书 is drafted in the name of the department that decided; it is reviewed, signed, numbered and issued on its
        own page like every letter. This deed checked the right to list."""
        assert self.until is not None
        by = on_behalf(self.actor, self.recheck.enterprise_id, AttachLetter.verb)
        house = self.actor.user.department if self.actor.user else None
        told = values(self.recheck, timezone.localdate(self.at), self.until, house)
        AttachLetter(by, self.at, self.recheck.case.warning, "supervision_notice", told, self.typed, self.word, house).do()

    def subject(self) -> str:
        return f"recheck:{self.recheck.pk}"

    def said(self) -> dict:
        return {"decision": self.decision, "verdict": self.recheck.verdict, "commit": self.recheck.commit}
