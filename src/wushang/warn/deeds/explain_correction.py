"""更正说明: drafted, reviewed and signed by different people of the issuing department like every letter. Its number, its stamped
scan and its leaving are in deeds/issue_note.py."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.people.deed import Deed, Place, refuse
from wushang.warn import issuing, noting, units, wording
from wushang.warn.models import Correction, Letter, NoteStep


@dataclass
class CorrectionDeed(Deed):
    """A deed on one correction; two acts on it come one after the other."""

    correction: Correction

    def where(self) -> tuple[Place, ...]:
        return (units.place_of(self.correction.enterprise_id),)

    def check(self) -> None:
        Correction.objects.select_for_update().get(pk=self.correction.pk)
        self.correction.refresh_from_db()

    def must_be_open(self) -> None:
        if self.correction.state == "explained":
            raise refuse("state", _("这件订正已经发出更正说明。"), _("请刷新本页。"))

    def must_be_of_the_issuer(self) -> None:
        house = self.correction.note.bureau if self.correction.note else noting.bureau(self.correction)
        if self.actor.user is not None and not issuing.of_house(self.actor.user, house):
            raise refuse("issuer", _("更正说明由%(house)s发文，您不在该单位。") % {"house": house or "—"}, _("请由发文单位的同志办理。"))

    def step(self, step: str, remark: str = "") -> None:
        NoteStep.objects.create(
            correction=self.correction, step=step, who=self.actor.user, name=self.actor.name, at=self.at, remark=remark.strip()[:300]
        )

    def subject(self) -> str:
        return f"correction:{self.correction.pk}"


@dataclass
class DraftNote(CorrectionDeed):
    """`values` are the fields a person may write: cause, effect, contact, contact_phone; the figures come from the ledger."""

    values: dict[str, Any] = field(default_factory=dict)

    verb = "warn.draft"
    title = gettext_lazy("起草更正说明")

    def check(self) -> None:
        super().check()
        self.must_be_open()
        if noting.waits_for(self.correction) not in ("draft", "review"):
            raise refuse("state", _("更正说明已经审核，不能再改。"), _("要改请先退回修改。"))
        self.said_values = noting.values(self.correction, self.values)
        if missing := wording.letter(noting.KIND).missing(self.said_values):
            labels = "、".join(one.label for one in missing)
            raise refuse("missing", _("更正说明还缺：%(labels)s。") % {"labels": labels}, _("请补填后再提交。"))
        for name, value in self.said_values.items():
            if why := wording.value_problem(wording.letter(noting.KIND).fields[name], value):
                raise refuse("value", why, _("请改正后再提交。"))

    def act(self) -> Letter:
        correction, house = self.correction, noting.bureau(self.correction)
        if correction.note is None:
            correction.note = Letter.objects.create(
                warning=noting.warning_of(correction), kind=noting.KIND, purpose="correction", title=wording.letter(noting.KIND).title,
                issuer=house.name if house else "", bureau=house, created=self.at,
            )  # fmt: skip
        elif correction.note.bureau is None and house is not None:  # entered in the list since
            correction.note.bureau, correction.note.issuer = house, house.name
        correction.note.values = self.said_values
        correction.note.save(update_fields=["values", "bureau", "issuer"])
        correction.state, correction.reason, correction.by, correction.settled = "pending", "", "", None
        correction.save()
        correction.steps.filter(live=True).update(live=False)
        self.step("draft")
        return correction.note


@dataclass
class ReviewNote(CorrectionDeed):
    remark: str = ""

    verb = "warn.review"
    title = gettext_lazy("审核更正说明")
    wanted: ClassVar[tuple[str, ...]] = ("review", "countersign")

    def check(self) -> None:
        super().check()
        self.must_be_open()
        self.now = noting.waits_for(self.correction)
        if self.now not in self.wanted:
            raise refuse("step", _("更正说明现在不在这个环节。"), _("请刷新本页，看它到了哪一步。"))
        self.must_be_of_the_issuer()
        mine = self.correction.steps.filter(live=True, who=self.actor.user).first()
        if self.actor.user is not None and mine is not None:
            raise refuse("same_person", _("起草、审核、签发须是不同的人，您已经办过本件。"), _("请由另一位有权限的同事办理。"))

    def act(self) -> Any:
        self.step(self.now, self.remark)


@dataclass
class SendBackNote(CorrectionDeed):
    reason: str

    verb = "warn.review"
    title = gettext_lazy("退回更正说明")

    def check(self) -> None:
        super().check()
        self.must_be_open()
        self.must_be_of_the_issuer()
        if noting.waits_for(self.correction) == "draft":
            raise refuse("step", _("更正说明还没有起草。"))
        if len(self.reason.strip()) < 4:
            raise refuse("reason", _("没有写退回的理由。"), _("请写明要改什么（至少四个字）。"))

    def act(self) -> None:
        self.correction.steps.filter(live=True).update(live=False)
        self.step("send_back", self.reason)
        self.correction.steps.filter(step="send_back").update(live=False)


@dataclass
class SignNote(ReviewNote):
    verb = "warn.sign"
    title = gettext_lazy("签发更正说明")
    wanted: ClassVar[tuple[str, ...]] = ("sign",)

    def act(self) -> Letter:
        super().act()
        letter = self.correction.note
        assert letter is not None  # waits_for says that it was drafted
        letter.signed = timezone.localdate(self.at)
        letter.save(update_fields=["signed"])
        return letter
