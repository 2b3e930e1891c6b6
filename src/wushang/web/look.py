"""/look/ — every component on one page with long names and empty states, for the eye; only in demo mode."""

from pathlib import Path

import yaml
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from wushang.people.page import public

SAMPLE = Path(__file__).with_name("look.yaml")


@public  # sample words only, no data of anybody
def look(request: HttpRequest) -> HttpResponse:
    """The style page; a trial or live deployment has no such page."""
    if settings.WUSHANG_MODE != "demo":
        raise Http404
    pages = Paginator(range(1203), 50)
    page = pages.page(3)
    page.pages_near = pages.get_elided_page_range(3, on_each_side=1, on_ends=1)  # type: ignore[attr-defined]
    return render(request, "look/look.html", {**yaml.safe_load(SAMPLE.read_text(encoding="utf-8")), "page": page})
