"""手工录入一起工伤 on the telephone: a few fields, what it would do shown in place, one tap to submit."""

from __future__ import annotations

import hashlib
import secrets
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from wushang.collect.deeds.check_batch import check
from wushang.collect.deeds.enter_injury import EnterInjury
from wushang.collect.models import Batch
from wushang.collect.ways import hand
from wushang.collect.ways.arriving import confirm_one
from wushang.people.models import Region
from wushang.people.page import allowed
from wushang.pool.models import EnterpriseVersion
from wushang.terms.problem import Refused

PARTS = [(one, one) for one in ("手指", "手", "臂", "头面", "眼", "躯干", "腿", "脚", "多处")]
SEVERITIES = [("轻伤", _("轻伤")), ("重伤", _("重伤")), ("死亡", _("死亡"))]
HOURS = [("", _("几点")), *((str(n), f"{n}点") for n in range(24))]
FIELDS = {"employer_name": "unit_name", "uscc": "unit_name", "occurred": "day", "reported": "day", "hour": "day"}


class EntryForm(forms.Form):
    """Field names are those of the entry; `key` makes two taps one."""

    unit_name = forms.CharField(label=_("单位"), max_length=100)
    unit = forms.IntegerField(required=False)
    worker = forms.CharField(label=_("姓名"), max_length=40)
    id_number = forms.CharField(label=_("证件号码"), max_length=30, required=False)
    day = forms.DateField(label=_("事故时间"))
    hour = forms.TypedChoiceField(choices=HOURS, required=False, coerce=int, empty_value=None)
    part = forms.ChoiceField(label=_("伤害部位"), choices=PARTS)
    severity = forms.ChoiceField(label=_("伤害程度"), choices=SEVERITIES)
    story = forms.CharField(label=_("经过"), max_length=100, required=False)
    key = forms.CharField(max_length=40)


@never_cache
@allowed("collect.enter")
def entry(request: Any) -> HttpResponse:
    """The form; 核对 shows what would happen, 提交 does it."""
    form = EntryForm(request.POST or None, initial={"day": request.today, "key": secrets.token_urlsafe(16)})
    context: dict[str, Any] = {"form": form, "today": request.today, "home": _home(request)}
    if request.method == "POST" and form.is_valid():
        unit, offered = _unit(request, form.cleaned_data)
        said = _entry(form.cleaned_data, unit)
        for field, problem in hand.problems(said, request.now):
            name = FIELDS.get(field, field)
            form.add_error(
                name if name in form.fields else None, f"{problem.why}。{problem.remedy}".replace("。。", "。")
            )
        if form.is_valid():
            seen = _seen(form.cleaned_data, unit)
            if request.POST.get("seen") == seen:
                return _submit(request, form, said, unit)
            context |= {
                "unit": unit,
                "seen": seen,
                "known": hand.known(unit.enterprise_id, said.occurred) if unit else None,
            }
        context["offered"] = [] if unit else offered
    elif request.method == "POST":
        context["offered"] = _named(hand.units(request.scope, request.POST.get("unit_name", "")))
    return render(request, "collect/ways/hand.html", context)


def _unit(request: Any, said: dict[str, Any]) -> tuple[EnterpriseVersion | None, list[EnterpriseVersion]]:
    """The unit chosen, else the only one of exactly this name or code; and those it may be."""
    found = hand.units(request.scope, said["unit_name"])
    chosen = [unit for unit in found if unit.enterprise_id == said.get("unit")]
    if chosen:
        return chosen[0], found
    exact = [unit for unit in found if said["unit_name"].strip().upper() in (unit.name.upper(), unit.uscc)]
    return (exact[0] if len(exact) == 1 else None), _named(found)


def _named(found: list[EnterpriseVersion]) -> list[EnterpriseVersion]:
    """Units with the name of their township."""
    towns = dict(Region.objects.filter(code__in={unit.region for unit in found}).values_list("code", "name"))
    for unit in found:
        unit.town = towns.get(unit.region, "")  # type: ignore[attr-defined]
    return found


def _entry(said: dict[str, Any], unit: EnterpriseVersion | None) -> hand.Entry:
    town = Region.objects.filter(code=unit.region).values_list("name", flat=True).first() if unit else ""
    return hand.Entry(
        employer_name=unit.name if unit else said["unit_name"], uscc=unit.uscc if unit else "",
        insurance_number=unit.insurance_number if unit else "", town=town or "",
        worker=said["worker"], id_number=said["id_number"], occurred=said["day"], hour=said["hour"], part=said["part"],
        severity=said["severity"], story=said["story"],
    )  # fmt: skip


def _seen(said: dict[str, Any], unit: EnterpriseVersion | None) -> str:
    """What the person has looked at: changed afterwards, it is looked at again."""
    whole = (
        f"{sorted((name, str(value)) for name, value in said.items() if name != 'unit')}{unit and unit.enterprise_id}"
    )
    return hashlib.sha256(whole.encode()).hexdigest()[:16]


def _submit(request: Any, form: EntryForm, said: hand.Entry, unit: EnterpriseVersion | None) -> HttpResponse:
    department = request.user.department
    try:
        if department is None:
            raise Refused(_g("您的账号没有所属部门，不能录入。"), _g("请系统管理员补上部门。"))
        batch = EnterInjury(request.actor, request.now, said, department, unit, form.cleaned_data["key"]).do()
    except Refused as refused:
        form.add_error(None, f"{refused.problem.why}{refused.problem.remedy}")
        return render(request, "collect/ways/hand.html", {"form": form, "today": request.today, "home": _home(request)})
    check(batch, request.now)
    confirm_one(batch, request.now)
    return redirect("collect:hand_done", pk=batch.pk)


@allowed("collect.enter")
@require_safe
def units(request: Any) -> HttpResponse:
    """The units that fit what is being typed."""
    offered = _named(hand.units(request.scope, request.GET.get("unit_name", "")))
    return render(request, "collect/ways/_units.html", {"offered": offered, "typed": request.GET.get("unit_name", "")})


@allowed("collect.enter")
@require_safe
def done(request: Any, pk: int) -> HttpResponse:
    """What became of it; while it is landed the page asks again."""
    found = get_object_or_404(
        Batch.objects.select_related("version", "commit"), pk=pk, arrival__way="hand", sender=request.user.department_id
    )  # fmt: skip
    if request.user.department_id is None:
        raise Http404
    context = {"batch": found, "number": found.file_name.split(" ")[-1].rsplit(".", 1)[0], "home": _home(request)}
    landed = found.state == Batch.LANDED
    busy = not landed and found.state in (Batch.RECEIVED, Batch.READ, Batch.CHECKED, Batch.CONFIRMED)
    if request.htmx:
        if busy:
            return render(request, "collect/ways/_landing.html", context)
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "collect/ways/hand_done.html", context | {"landed": landed, "busy": busy})


def _home(request: Any) -> str:
    """Where the person came from: a township officer's round, else the desk."""
    try:
        return reverse("rectify:visits") if request.scope.may("rectify.visit") else reverse("desk")
    except NoReverseMatch:
        return "/"
