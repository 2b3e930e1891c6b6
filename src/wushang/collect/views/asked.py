"""What every page of 数据报送 asks first: the delivery in reach, the page of a list, a file to be taken away."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import NoReverseMatch, reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _

from wushang.collect import papers
from wushang.collect.models import Batch
from wushang.collect.place import batches_in, reaches

PER_PAGE = 50


def page_of(request: HttpRequest, items: Any, per_page: int = PER_PAGE) -> Page:
    """One page of a list, with the numbers of the pages near it."""
    paginator = Paginator(items, per_page)
    page = paginator.get_page(request.GET.get("page"))
    page.pages_near = paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)  # type: ignore[attr-defined]
    return page


def batch_of(request: HttpRequest, pk: int, *verbs: str) -> Batch:
    """The delivery, where it lies in the scope and one of the verbs holds there (plain personal cells need more than a look)."""
    found = get_object_or_404(batches_in(request.scope), pk=pk)
    if verbs and not any(may(request, verb, found) for verb in verbs):
        raise Http404
    return found


def may(request: HttpRequest, verb: str, batch: Batch) -> bool:
    """Whether the verb holds for this delivery."""
    return request.scope.covers(verb, batch.sender.region.code) and reaches(request.scope, verb, batch.sender)


def download(content: bytes, name: str, kind: str = papers.XLSX) -> HttpResponse:
    disposition = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    headers = {"Content-Disposition": disposition, "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type=kind, headers=headers)


PAGES = (
    ("collect:batches", _("报送情况"), ("collect.see",)),
    ("collect:waiting", _("待订正"), ("collect.see",)),
    ("collect:calendar", _("报送日历"), ("collect.see",)),
    ("analyse:quality", _("数据质量"), ("collect.see",)),
    ("collect:sources", _("报送表"), ("collect.see",)),
    ("integrate:pairs", _("单位归并"), ("integrate.see",)),
    ("integrate:links", _("工伤关联"), ("integrate.see",)),
    ("integrate:leads", _("疑似未申报"), ("integrate.see_leads",)),
    ("reconcile", _("对账"), ("analyse.reconcile",)),
)


def nav(request: HttpRequest, current: str) -> list[dict[str, Any]]:
    """The pages of 数据报送 that the person may open."""
    found = []
    for name, title, verbs in PAGES:
        if any(request.scope.may(verb) for verb in verbs):
            try:
                found.append({"title": title, "url": reverse(name), "active": name == current})
            except NoReverseMatch:  # a later room that is not there
                continue
    return found
