"""用于公开: what the tables would look like, making them public, and what was made public."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlencode

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from wushang.analyse.cube import reckon
from wushang.analyse.cube.said import asked_of, pairs_of
from wushang.analyse.data_day import data_day
from wushang.analyse.deeds.publish import Publish
from wushang.analyse.models import Publication
from wushang.analyse.publishing import Table, prepare, shown
from wushang.analyse.publishing.least import least_on
from wushang.analyse.publishing.sheet import workbook
from wushang.collect.views.asked import download
from wushang.people import audit
from wushang.people.page import allowed
from wushang.people.scope import Scope
from wushang.pool import reading
from wushang.pool.known import known_of
from wushang.terms.problem import Refused

VERB = "analyse.publish"
MOST_TABLES = 6


class Words(forms.Form):
    heading = forms.CharField(max_length=100, label=gettext_lazy("标题"))
    where = forms.CharField(max_length=200, label=gettext_lazy("在哪里公开"), help_text=gettext_lazy("网站和栏目，或文号"))


@allowed("analyse.see")
@require_safe
def page(request: Any) -> HttpResponse:
    """What was made public, the newest first."""
    return render(request, "analyse/publications.html", {"rows": Publication.objects.all()[:200]})


@allowed(VERB)
def new(request: Any) -> HttpResponse:
    """The tables of the address (`table`, each a question of the cube) as they would be public; a post makes them so."""
    form, least = Words(request.POST or None), least_on(request.today)
    context = {"least": least, "known": known_of(request.GET, request.today)}
    try:
        tables = _tables(request)
        if request.method == "POST" and form.is_valid():
            made = Publish(request.actor, request.now, form.cleaned_data["heading"], form.cleaned_data["where"], tables).do()
            messages.success(request, _("已记为公开，请以导出的表为准对外发布；以后公开的数都要与它对照。"))
            return redirect("analyse:publication", made.pk)
        found = prepare(tables, least, Publication.objects.all())
    except Refused as refused:
        return render(request, "analyse/publish.html", context | {"problem": refused.problem, "form": form}, status=422)
    drawn = [one for table in tables for one in shown.drawn(table.kept(), table.asked)]
    note = _note(found.least, tables[0].cube.commit)
    return render(request, "analyse/publish.html", context | {"found": found, "drawn": drawn, "note": note, "form": form, "hidden": shown.HIDDEN})


def _tables(request: Any) -> list[Table]:
    """Each question by the actor's own scope of this right, all of one version of the data."""
    known = known_of(request.GET, request.today).commit
    pool = reading.open(request.scope, known, verb=VERB)
    area = tuple(sorted({prefix for grant in request.scope.for_verb(VERB) for prefix in grant.regions}))
    asked = [asked_of(parse_qs(text), request.today) for text in request.GET.getlist("table")[:MOST_TABLES]]
    return [Table(reckon(pool, one), area) for one in asked or [asked_of({"down": ["town"]}, request.today)]]


def _note(least: int, commit: int) -> str:
    return shown.note(least, commit, data_day(reading.open(Scope.system(), commit)))


def address(*questions: Any) -> str:
    """The end of an address that asks to publish these questions."""
    return urlencode([("table", urlencode(list(pairs_of(one)))) for one in questions])


@allowed("analyse.see")
@require_safe
def one(request: Any, pk: int) -> HttpResponse:
    """As it was published."""
    made = get_object_or_404(Publication, pk=pk)
    context = {"made": made, "drawn": shown.of_publication(made), "note": _note(made.least, made.commit), "hidden": shown.HIDDEN}
    return render(request, "analyse/publication.html", context)


@allowed("analyse.see")
@require_safe
def sheet(request: Any, pk: int) -> HttpResponse:
    """The same as a workbook: the file to be put on the web site."""
    made = get_object_or_404(Publication, pk=pk)
    under = f"{_('用于公开')}　{made.by.department.name if made.by and made.by.department else ''}　{made.on}"
    content = workbook(made.title, under, shown.of_publication(made), _note(made.least, made.commit))
    audit.write(request.actor, request.now, "analyse.export", f"publication:{made.pk}", {"title": made.title})
    return download(content, f"{made.title} {made.on}.xlsx")
