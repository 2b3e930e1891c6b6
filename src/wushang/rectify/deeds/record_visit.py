"""走访记录 of a township officer: done, nobody there, or not of this township (退回改派). Answers the referral behind it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.people.deed import Deed, Place, refuse
from wushang.pool.models import Enterprise
from wushang.rectify import photos as pictures
from wushang.rectify.deed import must_give
from wushang.rectify.deeds.accept_referral import AcceptReferral
from wushang.rectify.deeds.answer_referral import AnswerReferral
from wushang.rectify.deeds.send_back_referral import SendBackReferral
from wushang.rectify.models import Case, CaseLine, Referral, Visit
from wushang.rectify.models.asked import VISIT_KINDS, VISIT_RESULTS
from wushang.rectify.referral_deed import asked_of, write_line
from wushang.warn.models import Warning
from wushang.warn.units import place_of


@dataclass
class RecordVisit(Deed):
    enterprise: Enterprise
    kind: str
    result: str
    record: str = ""
    photos: list[bytes] = field(default_factory=list)
    warning: Warning | None = None
    referral: Referral | None = None

    verb = "rectify.visit"
    title = gettext_lazy("走访记录")

    def where(self) -> tuple[Place, ...]:
        """Who was asked to go may say what was found there, or that it is not theirs."""
        asked = self.referral and self.referral.enterprise_id == self.enterprise.pk and asked_of(self.referral, self.actor.user)
        return () if asked else (place_of(self.enterprise.pk),)

    def check(self) -> None:
        if self.kind not in VISIT_KINDS or self.result not in VISIT_RESULTS:
            raise refuse("kind", _("没有选择走访事项或结果。"), _("请选择一项。"))
        if self.result == "not_ours":
            must_give(self.record, _("退回理由"))
        elif self.kind in ("site", "other") and self.result == "done":
            must_give(self.record, _("走访记录"))
        self.kinds = [pictures.check(data) for data in self.photos]

    def act(self) -> Visit:
        kept = [
            {"sha256": pictures.keep(data, kind), "kind": kind, "size": len(data)}
            for data, kind in zip(self.photos, self.kinds, strict=True)
        ]
        visit = Visit.objects.create(
            enterprise=self.enterprise, warning=self.warning, referral=self.referral, kind=self.kind, result=self.result,
            record=self.record.strip(), photos=kept, on=timezone.localdate(self.at), by=self.actor.user, at=self.at,
        )  # fmt: skip
        self._say(visit)
        if self.referral:
            self._answer(self.referral)
        elif self.result == "not_ours" and self.warning:
            self._hand_back(self.warning)
        return visit

    def _say(self, visit: Visit) -> None:
        case = Case.objects.filter(warning=self.warning).first() if self.warning else None
        if case:
            said = _("走访（%(kind)s）：%(result)s") % {"kind": visit.kind_title, "result": visit.result_title}
            CaseLine.objects.create(case=case, at=self.at, name=self.actor.name, text=said)

    def _answer(self, referral: Referral) -> None:
        if self.result == "not_ours":
            SendBackReferral(self.actor, self.at, referral, self.record).do()
        elif self.result == "done":
            if referral.state == "sent":
                AcceptReferral(self.actor, self.at, referral).do()
            AnswerReferral(self.actor, self.at, referral, self.record).do()

    def _hand_back(self, warning: Warning) -> None:
        """A visit that nobody had referred (a delivery, a contact) goes back to the clerk as a referral sent back."""
        user = self.actor.user
        if user is None or user.department is None:
            raise refuse("no_unit", _("您的账号没有登记单位，不能退回。"), _("请联系系统管理员。"))
        referral = Referral.objects.create(
            warning=warning, case=Case.objects.filter(warning=warning).first(), enterprise=self.enterprise, kind=self.kind,
            what=str(VISIT_KINDS[self.kind]), to=user.department, reply_by=timezone.localdate(self.at) + timedelta(days=1),
            state="sent_back", sent=self.at, sent_by=warning.handler, reason=self.record.strip(),
        )  # fmt: skip
        write_line(referral, self.at, self.actor.name, _("不属本辖区，退回改派：%(why)s") % {"why": self.record.strip()})

    def subject(self) -> str:
        return f"enterprise:{self.enterprise.pk}"

    def said(self) -> dict:
        return {"kind": self.kind, "result": self.result, "photos": len(self.photos)}
