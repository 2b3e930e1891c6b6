"""登记送达: by hand (当面, 邮寄, 留置, 公告) or by telephone, with date, person and photo.

当面 and 手机 with the signer's name are the unit's 签收 too, and so is 邮寄 when its slip came back; 留置 and 公告 are not.
"""

import hashlib
from dataclasses import dataclass
from datetime import date

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.people.crypto import mask_name
from wushang.people.deed import refuse
from wushang.terms import codes
from wushang.warn import clocks, papers, states
from wushang.warn.deed import WarningDeed
from wushang.warn.deeds.acknowledge import arrived
from wushang.warn.deeds.take_over_paper_cases import moment
from wushang.warn.models import DeliveryReceipt
from wushang.warn.models.outbox import signs
from wushang.warn.pictures import plain

METHODS = ("in_person", "mobile", "mail", "left", "announcement")
NEEDS_PHOTO = ("in_person", "left")


@dataclass
class RegisterDelivery(WarningDeed):
    method: str
    on: date | None
    person: str = ""
    handed_by: str = ""
    tracking: str = ""
    note: str = ""
    photo: bytes = b""

    verb = "warn.deliver"
    title = gettext_lazy("登记送达")

    @property
    def move(self) -> str:  # type: ignore[override]
        if self.signed and self.warning.state in states.MOVES["acknowledge"].sources:
            return "acknowledge"
        return "deliver" if self.warning.state not in states.MOVES["deliver_again"].sources else "deliver_again"

    @property
    def signed(self) -> bool:
        return signs(self.method, bool(self.person.strip()), bool(self.photo))

    def check(self) -> None:
        super().check()
        signed = self.warning.letter.signed
        if self.method not in METHODS:
            self._refuse(
                "method", _("送达方式没有选择。"), _("请选择当面、手机、邮寄、留置或公告。"), _("送达方式"), self.method
            )
        if self.on is None:
            raise refuse("date", _("送达日期没有填写。"), _("请填实际送达的日子。"), column=_("日期"))
        if self.on > self.today:
            self._refuse("future", _("送达日期在今天之后。"), _("请填实际送达的日子。"), _("日期"), str(self.on))
        if signed and self.on < signed:
            self._refuse(
                "early", _("送达日期早于成文日期 %(d)s。") % {"d": signed}, _("请核对日期。"), _("日期"), str(self.on)
            )
        if self.warning.delivered and self.on < self.warning.delivered and self.signed:
            self._refuse(
                "before", _("签收日期早于已登记的送达日期 %(d)s。") % {"d": self.warning.delivered}, _("请核对日期。"), _("日期"), str(self.on)
            )
        if self.method == "mail" and not self.tracking.strip():
            self._refuse("tracking", _("邮寄没有填单号。"), _("请填快递或挂号信单号。"), _("单号"), "")
        if self.method in ("in_person", "mobile") and not self.person.strip():
            self._refuse("person", _("没有填签收人。"), _("请填签收人姓名。"), _("签收人"), "")
        if self.method in NEEDS_PHOTO and not self.photo:
            self._refuse("photo", _("当面或留置送达要有照片。"), _("请上传签收回执或现场照片。"), _("照片"), "")
        if self.method == "mail" and self.person.strip() and not self.photo:
            self._refuse("slip", _("邮寄填了签收人，没有回执。"), _("请上传寄回的回执；回执还没有回来，先不填签收人。"), _("照片"), "")
        self.ending = papers.check_scan(self.photo, _("照片")) if self.photo else ""

    def _refuse(self, code: str, why: str, remedy: str, column: str, value: str) -> None:
        raise refuse(code, why, remedy, column=column, value=value)

    def act(self) -> DeliveryReceipt:
        assert self.on is not None  # checked above
        receipt, signs_now = self._receipt(), self.move == "acknowledge"
        self.warning.delivered = self.warning.delivered or self.on
        if signs_now:
            self.warning.acknowledged = self.at if self.on == self.today else moment(self.on)
        elif self.warning.state == "delivered":
            self.warning.due = self.until()  # it was posted, then left: nobody is waited for any more
        self.step("delivered", "acknowledged")
        by_hand = self.warning.deliveries.filter(recipient_kind="enterprise", channel="by_hand", purpose="letter", letter=self.warning.letter)
        by_hand.filter(state="waiting").update(state="delivered", finished=self.at)
        if signs_now:
            arrived(self.warning, self.at)
        self._record(receipt, signs_now)
        return receipt

    def until(self) -> date | None:
        return clocks.receipt(self.warning) if self.warning.state == "delivered" else None

    def _record(self, receipt: DeliveryReceipt, signs_now: bool) -> None:
        told = {"how": codes.name("delivery_method", self.method), "on": self.on, "who": receipt.masked_person or "—"}
        said = _("登记%(how)s，%(on)s，签收人 %(who)s") % told
        self.record(said + _("，单位签收") if signs_now else said)

    def _receipt(self) -> DeliveryReceipt:
        receipt = DeliveryReceipt(
            warning=self.warning, letter=self.warning.letter, method=self.method, on=self.on, handed_by=self.handed_by,
            person=self.person, masked_person=mask_name(self.person.strip()), tracking=self.tracking, note=self.note,
            by=self.actor.user, at=self.at,
        )  # fmt: skip
        if self.photo:
            picture = plain(self.photo)
            receipt.photo_sha256 = hashlib.sha256(picture).hexdigest()
            receipt.photo.save(f"{receipt.photo_sha256}.{self.ending}", ContentFile(picture), save=False)
        receipt.save()
        return receipt
