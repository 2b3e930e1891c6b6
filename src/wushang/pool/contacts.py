"""联系人库: whom to reach at an enterprise. Numbers are shown masked; reading one in full is a deed of its own."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.people.crypto import mask_name, mask_phone
from wushang.people.scope import Scope
from wushang.pool.models import Contact, EnterpriseVersion

ROLES = {"head": gettext_lazy("主要负责人"), "handler": gettext_lazy("经办人")}
TABS = ("none", "stale", "invalid", "all")
_MOBILE = re.compile(r"1[3-9]\d{9}")
_PRACTICE = re.compile(r"100\d{8}")  # numbers of the invented city: nobody can be called by mistake
_LANDLINE = re.compile(r"0\d{2,3}-?\d{7,8}(-\d{1,6})?")
_LOST = re.compile(r"\d[\d.]*E\+?\d+", re.IGNORECASE)


def fresh_since(today: date) -> date:
    """The first day whose 核实 still counts: a number that nobody has verified for longer is asked for again."""
    return today - timedelta(days=settings.WUSHANG_CONTACT_DAYS)


def plain_phone(text: str) -> str:
    """Half-width, without blanks, dots and the +86 in front; hyphens of a landline stay."""
    plain = re.sub(r"[\s.·]", "", unicodedata.normalize("NFKC", text))
    plain = re.sub(r"^(\+|00)?86(?=1\d{10}$)", "", plain.replace("—", "-").replace("(", "").replace(")", "-"))
    return plain.replace("-", "") if is_mobile(plain.replace("-", "")) else plain


def is_mobile(phone: str) -> bool:
    """Whether a text message can reach it; numbers of the practice city count in practice only."""
    return bool(_MOBILE.fullmatch(phone) or (settings.WUSHANG_MODE == "demo" and _PRACTICE.fullmatch(phone)))


def phone_problem(phone: str) -> tuple[str, str] | None:
    """(what is wrong, what to do) of a plain number; None when it can be called."""
    if not phone:
        return _("没有填号码"), _("请填11位手机号码，或带区号的座机。")
    if _LOST.fullmatch(phone):
        return _("号码被表格改成了科学计数，后几位已丢失"), _("不能补猜，请把这一列设为文本后重填。")
    if is_mobile(phone) or _LANDLINE.fullmatch(phone):
        return None
    return _("不是11位手机号码，也不是带区号的座机"), _("请核对后重填，例如 13800001111 或 0579-87654321。")


def standing(scope: Scope, verb: str = "pool.contacts") -> QuerySet[EnterpriseVersion]:
    """Active enterprises of the scope that are not merged away."""
    return EnterpriseVersion.objects.current().filter(scope.q(verb), merged_into=None, state="active")


def merged_into(ids: Iterable[int] | None = None) -> dict[int, int]:
    """Enterprise → the one that kept its records (归并); of all, or of those merged into `ids`."""
    rows = EnterpriseVersion.objects.current().filter(merged_into__isnull=False)
    rows = rows if ids is None else rows.filter(merged_into__in=list(ids))
    return dict(rows.values_list("enterprise_id", "merged_into_id"))


def of(ids: Iterable[int]) -> dict[int, list[Contact]]:
    """All contacts of these enterprises, those of merged ones included; valid ones first, freshest first."""
    wanted = list(ids)
    kept = merged_into(wanted)
    found: dict[int, list[Contact]] = defaultdict(list)
    order = (F("invalid_since").asc(nulls_first=True), F("verified").desc(nulls_last=True), "-pk")
    for contact in Contact.objects.filter(enterprise__in=[*wanted, *kept]).order_by(*order):
        found[kept.get(contact.enterprise_id, contact.enterprise_id)].append(contact)
    return found


def usable(contacts: Iterable[Contact]) -> list[Contact]:
    """Those that can be reached: not invalid, with a number or a mail address; 主要负责人 first."""
    valid = [c for c in contacts if c.invalid_since is None and (c.phone or c.email)]
    return sorted(valid, key=lambda contact: contact.role != "head")


def tab(rows: QuerySet[EnterpriseVersion], name: str, today: date) -> QuerySet[EnterpriseVersion]:
    """The enterprises of a tab: none to reach, none verified of late, with an invalid number, all."""
    valid = Contact.objects.filter(invalid_since=None).exclude(phone="", email="")
    if name == "none":
        return rows.exclude(_has(valid))
    if name == "stale":
        return rows.filter(_has(valid)).exclude(_has(valid.filter(verified__gte=fresh_since(today))))
    if name == "invalid":
        return rows.filter(_has(Contact.objects.exclude(invalid_since=None)))
    return rows


def _has(contacts: QuerySet[Contact]) -> Q:
    """Enterprises with such a contact, their own or one that came by 归并."""
    kept = merged_into()
    brought = {kept[pk] for pk in contacts.filter(enterprise__in=list(kept)).values_list("enterprise_id", flat=True)}
    return Q(Exists(contacts.filter(enterprise=OuterRef("enterprise_id")))) | Q(enterprise__in=brought)


@dataclass(frozen=True)
class Shown:
    """A contact as lists show it: no personal value in full."""

    contact: Contact
    today: date

    @property
    def role(self) -> str:
        return str(ROLES.get(self.contact.role, self.contact.role))

    @property
    def name(self) -> str:
        return mask_name(self.contact.name)

    @property
    def phone(self) -> str:
        return mask_phone(self.contact.phone)

    @property
    def is_landline(self) -> bool:
        return bool(self.contact.phone) and not is_mobile(self.contact.phone)

    @property
    def is_stale(self) -> bool:
        verified = self.contact.verified
        return self.contact.invalid_since is None and (verified is None or verified < fresh_since(self.today))
