"""The enterprise's door: which telephone, then the code. Nothing of the unit is shown before the code but its name."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from wushang.pool import contacts
from wushang.pool.models import Contact
from wushang.rectify import access
from wushang.rectify.models import AccessLink, PhoneCode
from wushang.rectify.steps import lands_on
from wushang.rectify.visitor import let_in, proved, visitor_at, with_link
from wushang.rectify.words import unit_name
from wushang.terms.problem import Refused
from wushang.warn.models import PracticeMessage


@with_link
def door(request: Any, token: str, link: AccessLink) -> HttpResponse:
    if contact := proved(request, link):
        return _go_in(token, link, contact)
    if request.method != "POST":
        return _page(request, link)
    try:
        if "code" in request.POST:
            code = access.prove(link, request.POST["code"], request.now)
            let_in(request, link, code)
            return _go_in(token, link, code.contact)
        access.send_code(link, _phone(request, link), request.now)
    except Refused as refused:
        again = refused.problem.code in ("code_wrong", "too_soon", "delayed")
        return _page(request, link, access.live_code(link, request.now) if again else None, error=str(refused))
    return _page(request, link, access.live_code(link, request.now))


def _go_in(token: str, link: AccessLink, contact: Contact) -> HttpResponse:
    """To the page of one's own next step."""
    name = lands_on(visitor_at(token, link, contact, link.warning))
    return redirect(f"rectify:{name}", token=token, warning=link.warning_id)


def _phone(request: Any, link: AccessLink) -> str:
    """The chosen telephone, or the number as it was typed."""
    asked = request.POST.get("phone", "")
    chosen = next((c for c in access.contacts_of(link) if str(c.pk) == asked), None)
    return chosen.phone if chosen else asked


def _page(request: Any, link: AccessLink, code: PhoneCode | None = None, error: str = "") -> HttpResponse:
    """The choice of telephones; once a code is on its way, where to type it."""
    telephones = access.contacts_of(link)
    letter = link.warning.letter
    if not telephones and not error:
        error = _("这里还没有登记贵单位的手机号。请打电话给函上的经办人登记。")
    return render(request, "web/phone/verify.html", {
        "issuer": issuer(link.warning),
        "unit": unit_name(link.enterprise_id),
        "phones": [{"value": c.pk, "title": f"{contacts.ROLES.get(c.role, '')} {access.masked(c)}"} for c in telephones],
        "to": _sent_to(code, request.now) if code else None,
        "error": error,
        "letter": letter.number if letter else "",
        "help": help_of(link.warning),
        "practice_code": practice_code(link) if code else "",
    })  # fmt: skip


def _sent_to(code: PhoneCode, at: datetime) -> dict[str, Any]:
    """Whose telephone the code went to, and when another one may be asked for."""
    return {"value": code.contact_id, "title": access.masked(code.contact), "wait": access.seconds_to_wait(code, at)}


def issuer(warning: Any) -> str:
    letter = warning.letter
    return letter.issuer if letter else _("工伤预防")


def help_of(warning: Any) -> dict[str, str]:
    """Whom to call, as a link."""
    name, phone = access.office_of(warning)
    return {"title": f"{name} {phone}".strip(), "url": f"tel:{phone}"}


def practice_code(link: AccessLink) -> str:
    """In practice nothing is sent, so the page tells where the code is; never outside the practice mode."""
    if settings.WUSHANG_MODE != "demo":
        return ""
    newest = PracticeMessage.objects.filter(delivery__purpose="code", delivery__recipient=unit_name(link.enterprise_id))
    found = newest.order_by("-pk").first()
    digits = "".join(filter(str.isdigit, found.text.split("，", 1)[0])) if found else ""
    return digits[:6]
