"""退回修改 on the head's page: the reason, and a message to the handler's own telephone."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wushang.pool.models import Contact
from wushang.rectify import access
from wushang.rectify.deeds.hand_back import HandBack
from wushang.rectify.steps import plainly
from wushang.rectify.views.phone import url
from wushang.rectify.visitor import Visitor, entered
from wushang.terms.problem import Refused
from wushang.warn import tell


def handler_of(visitor: Visitor) -> Contact | None:
    """The handler on record whose telephone a message reaches."""
    return next((one for one in access.telephones(visitor.link.enterprise_id) if one.role == "handler"), None)


@entered
@require_POST
def hand_back(request: Any, visitor: Visitor) -> HttpResponse:
    held, to = visitor.case.report if visitor.case else None, handler_of(visitor)
    if held is None or to is None:
        return redirect(url(visitor, "home"))
    try:
        HandBack(visitor.actor, request.now, held.case, held, request.POST.get("reason", "")).do()
    except Refused as refused:
        messages.error(request, plainly(refused))
        return redirect(url(visitor, "confirm"))
    text = _("负责人请您修改整改情况，说明在页面上。\n%(link)s") % {"link": access.address_of(visitor.warning)}
    sent = tell.phone(
        to.phone, text, request.now, of=visitor.link.enterprise_id, recipient=visitor.unit, title=_("请修改整改情况"), purpose="notice"
    )
    said = _("已退回，短信发到 %(who)s；改好后会再请您确认。") if sent.state == "sent" else _("已退回，短信没有发出去，请告诉 %(who)s。")
    messages.success(request, said % {"who": access.masked(to)})
    return redirect(url(visitor, "home"))
