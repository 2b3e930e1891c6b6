"""核实, 无效号码, and back; reading a number in full: acts on one contact."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wushang.people.deed import Deed, Place, refuse
from wushang.pool.deeds.add_contact import place
from wushang.pool.models import Contact


@dataclass
class ContactDeed(Deed):
    """Base of the acts on one contact; the row is read anew under the transaction."""

    contact: Contact

    verb = "pool.contacts"

    def where(self) -> tuple[Place, ...]:
        return (place(self.contact.enterprise),)

    def subject(self) -> str:
        return f"contact:{self.contact.pk}"

    def said(self) -> dict:
        return {"enterprise": self.contact.enterprise_id}


@dataclass
class VerifyContact(ContactDeed):
    """Somebody has called or visited on that day and the number is right."""

    on: date

    title = _("核实联系人")

    def check(self) -> None:
        if self.on > timezone.localdate(self.at):
            raise refuse("verified", _("核实日期在今天之后。"), _("请填实际核实的日子。"))
        if self.contact.invalid_since:
            raise refuse("invalid", _("这个号码已标为无效。"), _("号码又能用的，请先恢复再核实。"))
        if self.contact.verified and self.on < self.contact.verified:
            raise refuse("earlier", _("已有更晚的核实日期 %(day)s。") % {"day": self.contact.verified})

    def act(self) -> Contact:
        self.contact.verified = self.on
        self.contact.save(update_fields=["verified"])
        return self.contact


@dataclass
class MarkInvalid(ContactDeed):
    """无效号码: out of service, wrong person, left the enterprise. Nothing is sent to it any more."""

    reason: str

    title = _("标为无效号码")

    def check(self) -> None:
        if self.contact.invalid_since:
            raise refuse("invalid", _("这个号码已经标为无效。"))
        if not self.reason.strip():
            raise refuse("reason", _("没有写原因。"), _("例如“停机”“打通后不是本人”“已离职”。"))

    def act(self) -> Contact:
        self.contact.invalid_since = timezone.localdate(self.at)
        self.contact.save(update_fields=["invalid_since"])
        return self.contact

    def said(self) -> dict:
        return {**super().said(), "reason": self.reason}


@dataclass
class RestoreContact(ContactDeed):
    """The mark was a mistake, or the number works again."""

    title = _("恢复号码")

    def check(self) -> None:
        if not self.contact.invalid_since:
            raise refuse("valid", _("这个号码没有标为无效。"))

    def act(self) -> Contact:
        self.contact.invalid_since = None
        self.contact.save(update_fields=["invalid_since"])
        return self.contact


@dataclass
class ReadContact(ContactDeed):
    """Name and number in full, for a call: the reading itself is what is logged."""

    title = _("查看完整号码")

    def act(self) -> tuple[str, str]:
        return self.contact.name, self.contact.phone
