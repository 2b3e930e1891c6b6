"""What every page of this room does: find a thing in scope, run a deed, answer with what was done or why not."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from wushang.people.deed import Deed
from wushang.people.page import number_of
from wushang.terms.problem import Refused
from wushang.warn import inbox, shown, units
from wushang.warn.models import Correction, Letter, Warning


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
    if letter.warning_id is None:  # a 更正说明 of figures that stand in no warning: by the unit it is about
        held = Correction.objects.filter(note=letter).first()
        if held is None or not request.scope.covers(verb, *units.place_of(held.enterprise_id)):  # type: ignore[attr-defined]
            raise Http404
        return letter
    warning_in_scope(request, letter.warning_id, verb)
    return letter


def letter_to_read(request: Any, pk: int) -> Letter:
    """A letter in scope; or a circular that came to the reader's department, whatever unit it names."""
    if inbox.addressed(request.actor, pk):
        return get_object_or_404(Letter.objects.select_related("warning__handler"), pk=pk)
    return letter_in_scope(request, pk)


def further_of(request: Any, held: Warning) -> Letter | None:
    """The 另发文书 that an act is on (?letter=); None for the warning's own letter."""
    asked = number_of(request.GET, "letter")
    return get_object_or_404(held.letters.exclude(state=""), pk=asked) if asked else None


def run(request: HttpRequest, deed: Deed, done: Any, undo: str = "") -> bool:
    """Do the deed; say what was done and who is next, or what is wrong and what to do. True when it was done."""
    try:
        deed.do()
    except Refused as refused:
        messages.error(request, str(refused))
        return False
    messages.success(request, done() if callable(done) else done, extra_tags=f"undo:{undo}" if undo else "")
    return True


def back(warning: Warning, letter: Letter | None = None) -> HttpResponse:
    """To the page where the act was done: of the warning, or of its 另发文书."""
    if letter is not None and letter.state:
        return redirect("warn:further", pk=warning.pk, letter=letter.pk)
    return redirect("warn:warning", pk=warning.pk)
