"""The door behind a letter's QR code, without sign-in: is the letter genuine and still valid; rectify leads on."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import TemplateDoesNotExist
from django.template.loader import get_template

from wushang.people.page import public
from wushang.warn import papers
from wushang.warn.models import Letter


@public
def door(request: HttpRequest, code: str) -> HttpResponse:
    """Says of an issued letter only what stands on its own paper; an unknown code learns nothing."""
    letter = Letter.objects.select_related("warning").filter(code=code.upper()).exclude(code="").first()
    shown = {"letter": letter, "code": code.upper(), "more": _there("rectify/_letter_door.html")}
    if letter:
        shown |= {"file": papers.official_file(letter), "revoked": _void(letter)}
    return render(request, "warn/door.html", shown, status=200 if letter else 404)


def _void(letter: Letter) -> bool:
    """Taken back; the letter that says so stays valid itself."""
    if letter.purpose in ("revocation", "correction") or letter.warning is None:
        return False
    return letter.warning.state in ("revoked", "withdrawn")


def _there(template: str) -> str:
    """A later room's part of the page, where that room has one."""
    try:
        get_template(template)
    except TemplateDoesNotExist:
        return ""
    return template
