"""Add somebody to reach at an enterprise."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wushang.people.crypto import blind_index
from wushang.people.deed import Deed, Place, refuse
from wushang.pool import contacts
from wushang.pool.models import Contact, Enterprise, EnterpriseVersion


def place(enterprise: Enterprise) -> Place:
    now = EnterpriseVersion.objects.current().get(enterprise=enterprise)
    return (now.region, now.industry, enterprise.pk)


@dataclass
class AddContact(Deed):
    """`verified`: the day somebody called or visited; empty while nobody has."""

    enterprise: Enterprise
    role: str
    name: str
    phone: str
    source: str
    verified: date | None = None

    verb = "pool.contacts"
    title = _("登记联系人")

    def where(self) -> tuple[Place, ...]:
        return (place(self.enterprise),)

    def check(self) -> None:
        self.phone = contacts.plain_phone(self.phone)
        if self.role not in contacts.ROLES:
            raise refuse("role", _("没有选角色。"), _("请选主要负责人或经办人。"))
        if not self.name.strip():
            raise refuse("name", _("没有写姓名。"), _("请写联系人姓名。"))
        wrong = contacts.phone_problem(self.phone)
        if wrong:
            raise refuse("phone", *wrong, column=str(_("手机")))
        if self.verified and self.verified > timezone.localdate(self.at):
            raise refuse("verified", _("核实日期在今天之后。"), _("请填实际核实的日子。"))
        same = Contact.objects.filter(enterprise=self.enterprise, role=self.role, phone_index=blind_index(self.phone))
        if known := same.first():
            state = _("这个号码已标为无效。") if known.invalid_since else _("这个号码已经登记过。")
            raise refuse("known", state, _("请直接核实原来那一条。"))

    def act(self) -> Contact:
        self._made = Contact.objects.create(
            enterprise=self.enterprise, role=self.role, name=self.name.strip(), phone=self.phone,
            phone_index=blind_index(self.phone), source=self.source.strip()[:60], verified=self.verified, added=self.at,
        )  # fmt: skip
        return self._made

    def subject(self) -> str:
        return f"enterprise:{self.enterprise.pk}"

    def said(self) -> dict:
        return {"contact": self._made.pk, "role": self.role, "source": self._made.source}
