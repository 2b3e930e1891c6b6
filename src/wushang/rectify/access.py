"""The enterprise's way in: a link whose token is only kept as a hash, then a code sent to a registered telephone.

Everybody who holds the letter holds the link, so the link alone shows nothing but the unit's name: the telephone proves.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta
from math import ceil

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from wushang.people.actor import Actor
from wushang.people.crypto import mask_name, mask_phone
from wushang.people.deed import refuse
from wushang.people.scope import Grant, Scope
from wushang.pool import contacts
from wushang.pool.models import Contact
from wushang.rectify.models import AccessLink, PhoneCode
from wushang.rectify.words import unit_name
from wushang.warn import issuing, office, tell
from wushang.warn.models import Letter, Warning

LINK_LASTS = timedelta(days=180)
CODE_LASTS = timedelta(minutes=10)
TRIES = 5
BETWEEN = timedelta(seconds=60)
PER_HOUR = 5
HOTLINE = "12333"  # 人力资源社会保障电话咨询服务 of the whole country
STAYS = timedelta(hours=2)  # how long a proved telephone may go on
VERBS = frozenset({"warn.acknowledge", "rectify.answer", "rectify.ask_correction"})
HEAD_VERBS = VERBS | {"rectify.confirm"}


def hashed(text: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()


def make_link(warning: Warning, at: datetime, purpose: str = "rectify") -> tuple[AccessLink, str]:
    """A new link and its token, which is told once and kept nowhere."""
    token = secrets.token_urlsafe(18)
    return _keep(token, warning, at, purpose), token


def _keep(token: str, warning: Warning, at: datetime, purpose: str) -> AccessLink:
    return AccessLink.objects.create(
        token_hash=hashed(token), enterprise_id=warning.enterprise_id, warning=warning, purpose=purpose, created=at,
        expires=at + LINK_LASTS,
    )  # fmt: skip


def find_link(token: str, at: datetime) -> AccessLink | None:
    """The link of a token, whatever its state. The code printed on an issued letter (核验码) is a token too."""
    found = AccessLink.objects.filter(token_hash=hashed(token)).first()
    if found:
        return found
    letter = Letter.objects.filter(code=token.upper()).exclude(code="").select_related("warning").first()
    if letter is None or letter.warning is None or letter.warning.issued is None:
        return None
    made, _new = AccessLink.objects.get_or_create(
        token_hash=hashed(token),
        defaults={
            "enterprise_id": letter.warning.enterprise_id, "warning": letter.warning, "created": at,
            "expires": letter.warning.issued + LINK_LASTS,
        },
    )  # fmt: skip
    return made


def must_hold(link: AccessLink | None, at: datetime) -> AccessLink:
    """The link while it may be used; else a sentence."""
    if link is None:
        raise refuse("no_link", _("这个链接不对，或者没有抄全。"), _("请重新扫函上的二维码，或打电话给函上的经办人。"))
    if link.revoked or at >= link.expires:
        raise refuse("expired", _("这个链接已经过期。"), _("请打电话给函上的经办人，请他重新发一个链接。"))
    return link


def address_of(warning: Warning) -> str:
    """The address that messages carry: by the letter's code, so that no new secret is made. '' before it is issued."""
    letter = warning.letter
    return address(letter.code) if letter and letter.code else ""


def address(token: str) -> str:
    return settings.WUSHANG_ADDRESS.rstrip("/") + reverse("rectify:door", args=[token])


def contacts_of(link: AccessLink) -> list[Contact]:
    """Whose telephone may prove it: valid numbers on record, those of units merged into it too; for the head's link the
    head's alone."""
    return [c for c in telephones(link.enterprise_id) if link.purpose != "confirm" or c.role == "head"]


def telephones(enterprise: int) -> list[Contact]:
    """Contacts of a unit that a text message reaches, those of units merged into it too; the head first."""
    return [c for c in contacts.usable(contacts.of([enterprise])[enterprise]) if contacts.is_mobile(c.phone)]


def masked(contact: Contact) -> str:
    """陈** 138****2016."""
    return f"{mask_name(contact.name)} {mask_phone(contact.phone)}"


def send_code(link: AccessLink, phone: str, at: datetime) -> PhoneCode:
    """A code to that telephone, if it is on record; not too often."""
    typed = "".join(filter(str.isdigit, phone))
    known = contacts_of(link)
    contact = next((c for c in known if c.phone and _digits(c.phone) == typed), None)
    if not known:
        raise refuse("no_contact", _("这里还没有登记贵单位的手机号。"), _("请打电话给函上的经办人登记。"))
    if contact is None:
        raise refuse(
            "wrong_phone", _("这个手机号不是贵单位登记的号码。"),
            _("请用 %(known)s；号码变了，请打电话给函上的经办人更改。") % {"known": "、".join(mask_phone(c.phone) for c in known)},
        )  # fmt: skip
    _must_wait(link, contact, at)
    return _send(link, contact, at)


def _send(link: AccessLink, contact: Contact, at: datetime) -> PhoneCode:
    """Made and sent; where the message did not leave, say so and whom to call."""
    code = f"{secrets.randbelow(1_000_000):06d}"
    row = PhoneCode.objects.create(
        link=link, contact=contact, code_hash="", sent=at, expires=at + CODE_LASTS
    )
    row.code_hash = hashed(f"{row.pk}:{code}")
    row.save(update_fields=["code_hash"])
    text = _("验证码 %(code)s，10 分钟内有效，用于办理本单位工伤预防事项。不要告诉别人。") % {"code": code}
    sent = tell.phone(
        contact.phone, text, at, of=link.enterprise_id, recipient=unit_name(link.enterprise_id), title=_("验证码")
    )
    if sent.state == "waiting":  # the gateway did not answer: the worker tries again
        raise refuse(
            "delayed", _("短信暂时发不出去，平台正在重试。"), _("收到了就填在下面；等不到%(call)s。") % {"call": whom_to_call(link.warning)}
        )
    if sent.state != "sent":
        PhoneCode.objects.filter(pk=row.pk).update(expires=at)  # it never left: nobody has to wait for it
        raise refuse("not_sent", _("验证码没有发出去。"), _("%(call)s。") % {"call": whom_to_call(link.warning)})
    return row


def whom_to_call(warning: Warning) -> str:
    """请打电话 0999-6123456（工伤保险科 王丽）."""
    who, number = office_of(warning)
    return _("请打电话 %(number)s（%(who)s）") % {"number": number, "who": who} if who else _("请打电话 %(number)s") % {"number": number}


def office_of(warning: Warning) -> tuple[str, str]:
    """Who answers the unit, and a telephone: the contact that stands on the letter; where it names none (an older circular, a
    case on paper) the office's, and where that is not known either the hotline, which every place has."""
    letter = warning.letter
    values = letter.values if letter else {}
    number = values.get("contact_phone", "") or office.telephone(letter.bureau if letter else issuing.bureau(warning.finding))
    who = values.get("contact", "") or (warning.handler.name if warning.handler else "")
    return (who, number) if number else (_("人社咨询热线"), HOTLINE)


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))


def live_code(link: AccessLink, at: datetime) -> PhoneCode | None:
    """The newest code of the link, while it may be typed; None where there is none to wait for."""
    newest = PhoneCode.objects.filter(link=link).select_related("contact").first()
    return newest if newest and newest.used is None and at < newest.expires and newest.tries < TRIES else None


def seconds_to_wait(code: PhoneCode, at: datetime) -> int:
    """Until another code may be sent after this one; 0: at once."""
    return max(0, ceil((code.sent + BETWEEN - at).total_seconds()))


def _must_wait(link: AccessLink, to: Contact, at: datetime) -> None:
    """A minute between two codes of a link or to a telephone; a colleague who comes by his own link need not wait for it."""
    sent = PhoneCode.objects.filter(link__enterprise=link.enterprise_id)
    recent = sent.filter(sent__gt=at - BETWEEN, expires__gt=at)
    if recent.filter(link=link).exists():
        raise refuse("too_soon", _("验证码刚刚发出。"), _("请看短信；没有收到请过 1 分钟再试。"))
    if other := recent.filter(contact=to).first():
        wait = {"n": seconds_to_wait(other, at)}
        raise refuse("too_soon", _("这部手机刚刚收过另一个链接的验证码，在这里不能用。"), _("请过 %(n)d 秒再发送。") % wait)
    if sent.filter(sent__gt=at - timedelta(hours=1)).count() >= PER_HOUR:
        raise refuse("too_many", _("一小时内发了 %(n)d 次验证码。") % {"n": PER_HOUR}, _("请过一小时再试，或打电话给函上的经办人。"))


def prove(link: AccessLink, code: str, at: datetime) -> PhoneCode:
    """The newest code of the link, if this is it. A wrong one counts, the sixth is not even looked at.

    The try is counted by compare-and-set before the code is looked at, so that many guesses at once gain nothing.
    """
    row = PhoneCode.objects.filter(link=link, used=None).order_by("-pk").first()
    if row is None or at >= row.expires:
        raise refuse("code_old", _("验证码已经失效。"), _("请重新获取验证码。"))
    if row.tries >= TRIES or not _count_try(row):
        raise refuse("code_locked", _("验证码连续输错 %(n)d 次，已经作废。") % {"n": TRIES}, _("请重新获取验证码。"))
    if not hmac.compare_digest(row.code_hash, hashed(f"{row.pk}:{code.strip()}")):
        left = TRIES - row.tries - 1
        remedy = _("还可以试 %(n)d 次。") % {"n": left} if left else _("验证码已经作废，请重新获取。")
        raise refuse("code_wrong", _("验证码不对。"), remedy)
    row.used = at
    row.save(update_fields=["used"])
    return row


def _count_try(row: PhoneCode) -> bool:
    return bool(PhoneCode.objects.filter(pk=row.pk, tries=row.tries).update(tries=row.tries + 1))


def actor_for(link: AccessLink, contact: Contact) -> Actor:
    """Who acts through the link: the unit, with rights on itself alone."""
    verbs = HEAD_VERBS if contact.role == "head" else VERBS
    grant = Grant(verbs, regions=("",), enterprises=frozenset({link.enterprise_id}))
    name = unit_name(link.enterprise_id)[:40] + (_("（负责人）") if contact.role == "head" else _("（经办人）"))
    return Actor(None, name, Scope((grant,)), via="link")
