"""The enterprise's door: which telephone, then the code. Nothing of the unit is shown before the code but its name."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from wushang.rectify import access
from wushang.rectify.models import AccessLink
from wushang.rectify.visitor import let_in, proved, with_link
from wushang.rectify.words import unit_name
from wushang.terms.problem import Refused
from wushang.warn.models import PracticeMessage


@with_link
def door(request: Any, token: str, link: AccessLink) -> HttpResponse:
    if proved(request, link):
        return _go_in(token, link)
    if request.method != "POST":
        return _page(request, link)
    try:
        if "code" in request.POST:
            let_in(request, link, access.prove(link, request.POST["code"], request.now))
            return _go_in(token, link)
        access.send_code(link, _phone(request, link), request.now)
    except Refused as refused:
        again = refused.problem.code in ("code_wrong", "too_soon")
        return _page(request, link, sent=again, error=str(refused))
    return _page(request, link, sent=True)


def _go_in(token: str, link: AccessLink) -> HttpResponse:
    name = "rectify:confirm" if link.purpose == "confirm" else "rectify:home"
    return redirect(name, token=token, warning=link.warning_id)


def _phone(request: Any, link: AccessLink) -> str:
    """The chosen telephone, or the number as it was typed."""
    asked = request.POST.get("phone", "")
    chosen = next((c for c in access.contacts_of(link) if str(c.pk) == asked), None)
    return chosen.phone if chosen else asked


def _page(request: Any, link: AccessLink, sent: bool = False, error: str = "") -> HttpResponse:
    contacts = access.contacts_of(link)
    letter = link.warning.letter
    if not contacts and not error:
        error = _("这里还没有登记贵单位的手机号。请打电话给函上的经办人登记。")
    return render(request, "web/phone/verify.html", {
        "issuer": issuer(link.warning),
        "unit": unit_name(link.enterprise_id),
        "phones": [{"value": c.pk, "title": access.masked(c)} for c in contacts],
        "sent": sent,
        "error": error,
        "letter": letter.number if letter else "",
        "help": help_of(link.warning),
        "practice_code": practice_code(link) if sent else "",
    })  # fmt: skip


def issuer(warning: Any) -> str:
    letter = warning.letter
    return letter.issuer if letter else _("工伤预防")


def help_of(warning: Any) -> dict[str, str] | None:
    """Whom to call: the contact that stands on the letter."""
    values = warning.letter.values if warning.letter else {}
    phone = values.get("contact_phone", "")
    return {"title": values.get("contact", "") or phone, "url": f"tel:{phone}"} if phone else None


def practice_code(link: AccessLink) -> str:
    """In practice nothing is sent, so the page tells where the code is; never outside the practice mode."""
    if settings.WUSHANG_MODE != "demo":
        return ""
    newest = PracticeMessage.objects.filter(delivery__purpose="code", delivery__recipient=unit_name(link.enterprise_id))
    found = newest.order_by("-pk").first()
    digits = "".join(filter(str.isdigit, found.text.split("，", 1)[0])) if found else ""
    return digits[:6]
