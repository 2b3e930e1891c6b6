"""What every page of this room does: find a thing in scope, run a deed, answer with what was done or why not."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from wushang.people.deed import Deed
from wushang.terms.problem import Refused
from wushang.warn import shown
from wushang.warn.models import Letter, Warning


def warning_in_scope(request: HttpRequest, pk: int, verb: str = "warn.see") -> Warning:
    """The warning, or 404 where it does not exist or lies outside the scope: nobody learns which."""
    found = shown.warnings(request.scope, verb).filter(pk=pk).first()  # type: ignore[attr-defined]
    if found is None:
        raise Http404
    return found


def letter_in_scope(request: HttpRequest, pk: int, verb: str = "warn.see") -> Letter:
    letter = Letter.objects.select_related("warning__handler").filter(pk=pk).first()
    if letter is None:
        raise Http404
    warning_in_scope(request, letter.warning_id, verb)
    return letter


def run(request: HttpRequest, deed: Deed, done: Any, undo: str = "") -> bool:
    """Do the deed; say what was done and who is next, or what is wrong and what to do. True when it was done."""
    try:
        deed.do()
    except Refused as refused:
        messages.error(request, str(refused))
        return False
    messages.success(request, done() if callable(done) else done, extra_tags=f"undo:{undo}" if undo else "")
    return True


def back(warning: Warning) -> HttpResponse:
    return redirect("warn:warning", pk=warning.pk)
