"""常用表: the page of kept questions, what came by itself, and the acts on them."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from wushang.analyse.cube.said import asked_of, pairs_of
from wushang.analyse.data_day import data_day
from wushang.analyse.deeds.keep_view import DropView, KeepView, ReadSentView, SubscribeView
from wushang.analyse.kept.asking import question
from wushang.analyse.models import SavedView, SentView, Subscription
from wushang.analyse.models.view import EVERY
from wushang.people.deed import Deed
from wushang.people.page import allowed
from wushang.pool import reading
from wushang.terms.problem import Refused

VERB = "analyse.see"


@allowed(VERB)
@require_safe
def page(request: Any) -> HttpResponse:
    """What one may open, with how often it comes, and the newest of what came."""
    every = dict(Subscription.objects.filter(user=request.user).values_list("view", "every"))
    rows = [{"view": view, "every": every.get(view.pk, ""), "mine": view.owner_id == request.user.pk} for view in SavedView.open_to(request.user)]
    came = SentView.objects.filter(user=request.user).select_related("view")[:50]
    return render(request, "analyse/views.html", {"rows": rows, "came": came, "choices": EVERY})


@allowed(VERB)
@require_POST
def keep(request: Any) -> HttpResponse:
    said = request.POST
    asked = asked_of(parse_qs(said.get("question", ""), keep_blank_values=True), request.today)
    deed = KeepView(request.actor, request.now, said.get("name", ""), asked, said.get("against", ""), said.get("span", "year"), said.get("shared", ""))
    return _done(request, deed, _("已存为常用表，可以让它每周或每月自动送来。"))


@allowed(VERB)
@require_safe
def open_(request: Any, pk: int) -> HttpResponse:
    """The cube's page with the question; what it answers is of the reader's own scope."""
    view = get_object_or_404(SavedView.open_to(request.user), pk=pk)
    pool = reading.open(request.scope, verb=VERB)
    asked = question(view, min(request.today, data_day(pool) or request.today))
    return redirect(f"{reverse('analyse:cube')}?{urlencode([*pairs_of(asked), ('against', view.against)])}")


@allowed(VERB)
@require_POST
def subscribe(request: Any, pk: int) -> HttpResponse:
    view = get_object_or_404(SavedView.open_to(request.user), pk=pk)
    return _done(request, SubscribeView(request.actor, request.now, view, request.POST.get("every", "")), _("已记下；按您的管辖范围计算，送到您的待办。"))


@allowed(VERB)
@require_POST
def drop(request: Any, pk: int) -> HttpResponse:
    return _done(request, DropView(request.actor, request.now, get_object_or_404(SavedView.open_to(request.user), pk=pk)), _("已删除。"))


@allowed(VERB)
@require_POST
def read(request: Any, pk: int) -> HttpResponse:
    """Opens what came, at its own version of the data."""
    sent = get_object_or_404(SentView, pk=pk, user=request.user)
    ReadSentView(request.actor, request.now, sent).do()
    known = [("known", f"{sent.commit}")] if sent.commit else []
    return redirect(f"{reverse('analyse:cube')}?{urlencode([*map(tuple, sent.question), ('against', sent.view.against), *known])}")


def _done(request: Any, deed: Deed, said: str) -> HttpResponse:
    try:
        deed.do()
        messages.success(request, said)
    except Refused as refused:
        messages.error(request, f"{refused.problem.why}{refused.problem.remedy}")
    return redirect("analyse:views")
