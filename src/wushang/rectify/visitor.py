"""Who stands before the enterprise's pages: a link, and the telephone that was proved for it in this browser."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from wushang.people.actor import Actor
from wushang.people.page import public
from wushang.pool.models import Contact
from wushang.rectify import access
from wushang.rectify.models import AccessLink, Case, PhoneCode
from wushang.rectify.words import unit_name
from wushang.terms.problem import Refused
from wushang.warn.models import Warning

KEY = "rectify_links"  # session: link id → {contact, until}


@dataclass(frozen=True)
class Visitor:
    """The unit at its own page: one enterprise, one of its warnings."""

    token: str
    link: AccessLink
    contact: Contact
    actor: Actor
    warning: Warning
    case: Case | None

    @property
    def unit(self) -> str:
        return unit_name(self.link.enterprise_id)

    @property
    def is_head(self) -> bool:
        return self.contact.role == "head"


def let_in(request: Any, link: AccessLink, code: PhoneCode) -> None:
    """Remember the proof in the session, under a new key so that nobody can have planted it."""
    held = dict(request.session.get(KEY, {}))
    until = request.now + access.STAYS
    held[str(link.pk)] = {"contact": code.contact_id, "until": until.isoformat()}
    request.session.cycle_key()
    request.session[KEY] = held
    if not request.user.is_authenticated:  # the office's 30 minutes are too short for a walk through the workshop
        request.session.set_expiry(access.STAYS + timedelta(minutes=1))  # the proof ends first


def proved(request: Any, link: AccessLink) -> Contact | None:
    """The telephone proved for this link in this browser, while it holds and is still on record."""
    held = request.session.get(KEY, {}).get(str(link.pk))
    if not held or datetime.fromisoformat(held["until"]) < request.now:
        return None
    return next((c for c in access.contacts_of(link) if c.pk == held["contact"]), None)


def visitor_at(token: str, link: AccessLink, contact: Contact, warning: Warning) -> Visitor:
    case = Case.objects.filter(warning=warning).select_related("warning").first()
    return Visitor(token, link, contact, access.actor_for(link, contact), warning, case)


def sorry(request: HttpRequest, refused: Refused, status: int = 404) -> HttpResponse:
    """A clear sentence instead of the page."""
    return render(request, "rectify/phone/sorry.html", {"problem": refused.problem}, status=status)


def with_link(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Public, but only with a link that holds; the view gets it."""

    @public
    @wraps(view)
    def guarded(request: Any, token: str, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            link = access.must_hold(access.find_link(token, request.now), request.now)
        except Refused as refused:
            return sorry(request, refused, 410 if refused.problem.code == "expired" else 404)
        return view(request, token, link, *args, **kwargs)

    return guarded


def entered(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """With a link and its proved telephone; else back to the door. The warning must be the unit's own."""

    @wraps(view)
    def guarded(request: Any, token: str, link: AccessLink, warning: int, *args: Any, **kwargs: Any) -> HttpResponse:
        contact = proved(request, link)
        if contact is None:
            return redirect("rectify:door", token=token)
        # another unit's warning is answered like one that does not exist
        held = Warning.objects.filter(pk=warning, enterprise=link.enterprise_id).exclude(issued=None).first()
        if held is None:
            raise Http404
        return view(request, visitor_at(token, link, contact, held), *args, **kwargs)

    return with_link(guarded)
