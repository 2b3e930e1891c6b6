"""部门与地区: what the platform knows, and how the administrator keeps it."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db.models import Q
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from wushang.people import maps
from wushang.people.deed import Deed
from wushang.people.deeds.change_region import ChangeRegion
from wushang.people.deeds.keep_department import KeepDepartment
from wushang.people.deeds.keep_map import KeepMap, parts_of
from wushang.people.deeds.keep_region import KeepRegion
from wushang.people.maps import map_of
from wushang.people.models import Department, Region, RegionChange
from wushang.people.page import allowed
from wushang.people.place_forms import VERB, ChangeForm, DepartmentForm, MapForm, RegionForm, within
from wushang.people.views.accounts import visible
from wushang.terms.problem import Refused


@allowed("people.see", "people.manage", VERB)
def places(request: Any) -> HttpResponse:
    """Departments, regions and changes of codes inside the viewer's region."""
    staff: dict[int, int] = defaultdict(int)
    for department in visible(request).filter(is_active=True).values_list("department", flat=True):
        staff[department] += 1
    departments = Department.objects.filter(_seen(request, "region__code")).select_related("region")
    regions = Region.objects.filter(_seen(request, "code")).select_related("parent")
    context = {
        "departments": [(one, staff[one.pk]) for one in departments], "regions": regions, "changes": _changes(regions),
        "may": request.scope.may("people.manage"), "keeps": request.scope.may(VERB), "map": _map(),
    }  # fmt: skip
    return render(request, "people/places.html", context)


def _seen(request: Any, region: str) -> Q:
    paths = {"region": region, "industry": "pk", "enterprise": "pk"}
    verbs = [request.scope.q(verb, **paths) for verb in ("people.see", "people.manage", VERB)]
    return verbs[0] | verbs[1] | verbs[2]


def _changes(regions: Any) -> list[dict[str, Any]]:
    """Changes that touch these regions, newest first, with the names of both sides where they are known."""
    codes = [region.code for region in regions]
    rows = RegionChange.objects.filter(Q(old__in=codes) | Q(new__in=codes)).order_by("-on", "old")
    names = {region.code: region.name for region in regions}
    return [{"row": row, "old": names.get(row.old, ""), "new": names.get(row.new, "")} for row in rows]


def _map() -> dict[str, Any] | None:
    """The place's map with the names of its townships; None where it has no townships."""
    place = Region.objects.filter(code=settings.WUSHANG_REGION).first()
    names = parts_of(place) if place else {}
    if not names:
        return None
    held = map_of(settings.WUSHANG_REGION, names)
    return {"held": held, "drawn": held.drawn, "cells": [maps.cell(part, names[part.code]) for part in held.drawn.parts]}


@allowed(VERB)
def area_map(request: Any) -> HttpResponse:
    """上传地图."""
    place = get_object_or_404(within(request.scope), code=settings.WUSHANG_REGION)
    form = MapForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            KeepMap(request.actor, request.now, place, file.name, file.read(), form.cleaned_data["approval"]).do()
            lacking = map_of(place.code, parts_of(place)).missing
            messages.success(request, _("地图已换上。"))
            if lacking:
                messages.warning(request, _("图上没有：%(names)s。") % {"names": "、".join(lacking)})
            return redirect("people:places")
        except Refused as refused:
            form.add_error(None, str(refused))
    return render(request, "people/place_form.html", {"form": form, "title": _("上传地图"), "upload": True})


@allowed(VERB)
def region(request: Any, code: str = "") -> HttpResponse:
    """A region to be added, or one that is there to be changed."""
    held = get_object_or_404(within(request.scope).select_related("parent"), code=code) if code else None
    if held and held.parent is None:
        raise Http404  # a province is the national list's
    start = {"code": held.code, "name": held.name, "kind": held.kind, "parent": held.parent.code, "since": held.valid_from} if held else {}  # type: ignore[union-attr]
    form = RegionForm(request.scope, code, request.POST or None, initial=start)
    return _kept(request, form, KeepRegion, _("改地区") if held else _("新增地区"), code)


@allowed(VERB)
def department(request: Any, code: str = "") -> HttpResponse:
    """A department to be added, or one that is there to be changed."""
    inside = Department.objects.filter(request.scope.q(VERB, region="region__code", industry="pk", enterprise="pk"))
    held = get_object_or_404(inside.select_related("region"), code=code) if code else None
    start = {"code": code, "name": held.name, "short_name": held.short_name, "kind": held.kind, "region": held.region.code} if held else {}
    form = DepartmentForm(request.scope, code, request.POST or None, initial=start)
    return _kept(request, form, KeepDepartment, _("改部门") if held else _("新增部门"), code)


@allowed(VERB)
def change(request: Any) -> HttpResponse:
    """区划变更 to be entered."""
    return _kept(request, ChangeForm(request.scope, request.POST or None), ChangeRegion, _("登记区划变更"))


def _kept(request: HttpRequest, form: Form, deed: type[Deed], title: str, code: str = "") -> HttpResponse:
    """The form, or what it asks for done and told. A code that is there is not changed by what a form says."""
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data | ({"code": code} if code else {})
        try:
            deed(request.actor, request.now, **said).do()  # type: ignore[attr-defined]
            messages.success(request, _("已登记。从现在起，页面、导入和统计都按新的来。"))
            return redirect("people:places")
        except Refused as refused:
            form.add_error(None, str(refused))
    return render(request, "people/place_form.html", {"form": form, "title": title})
