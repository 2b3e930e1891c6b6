"""名单预警: the lists that rules make, who stands on them on a day, and the lists that were signed."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from wushang.judge import members as known
from wushang.judge.deeds.freeze_list import FreezeList
from wushang.judge.deeds.leave_off_list import LeaveOff, PutBack
from wushang.judge.list_file import Sheet, workbook
from wushang.judge.load import region_name
from wushang.judge.members import VERBS, Member
from wushang.judge.models import FrozenList, PolicyVersion, Run
from wushang.judge.subject import SUBJECTS
from wushang.people import audit
from wushang.people.models import Region
from wushang.people.page import allowed, day_of, number_of
from wushang.people.scope import Scope
from wushang.terms import codes
from wushang.terms.problem import Refused

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@allowed(*VERBS)
@require_safe
def lists(request: HttpRequest) -> HttpResponse:
    """Every rule that makes a list, with how many stand on each today."""
    scope, today = request.scope, request.today  # type: ignore[attr-defined]
    rules = [_rule(version, scope, today) for version in known.listing()]
    shown = [rule for rule in rules if covers(scope, rule["version"].region) or rule["n"]]
    to_rules = [{"title": _("预警规则"), "url": reverse("judge:policies"), "primary": False}] if scope.may("judge.see") else []
    assessed = [(version, region_name(version.region), SUBJECTS[version.pack.subject]) for version in known.assessing() if scope.covers("judge.see", version.region)]
    told = {"rules": shown, "to_rules": to_rules, "may_warn": scope.may("warn.see"), "assessed": assessed}
    return render(request, "judge/lists.html", told)


def _rule(version: PolicyVersion, scope: Scope, today: date) -> dict[str, Any]:
    there = known.members(version, today, known.units(scope))
    counts = [(code, title, sum(one.outcome == code for one in there)) for code, title in known.lists(version.pack).items()]
    runs = Run.objects.filter(version__policy=version.policy, version__region=version.region)
    return {
        "version": known.holding(version, today) or version, "region": region_name(version.region), "counts": counts,
        "n": len(there), "last_run": runs.first(), "frozen": frozen_of(version, scope)[:1],
    }  # fmt: skip


def covers(scope: Scope, region: str) -> bool:
    return any(scope.covers(verb, region) for verb in VERBS)


def frozen_of(version: PolicyVersion, scope: Scope) -> list[FrozenList]:
    """The signed lists of a rule, for who may open them: those whose scope it lies in."""
    if not covers(scope, version.region):
        return []
    rows = FrozenList.objects.filter(version__policy=version.policy, version__region=version.region)
    return list(rows.select_related("signer", "version"))


def rule_for(request: HttpRequest, pk: int) -> PolicyVersion:
    """A version of a rule that makes a list, in the scope or with members in it; else it is not there."""
    version = PolicyVersion.objects.filter(pk=pk, state="in_force").first()
    if version is None or not known.lists(version.pack):
        raise Http404
    scope, today = request.scope, request.today  # type: ignore[attr-defined]
    if not covers(scope, version.region) and not known.members(version, today, known.units(scope)):
        raise Http404
    return version


@allowed(*VERBS)
@require_safe
def policy_list(request: HttpRequest, pk: int) -> HttpResponse:
    """The members on a day, 50 a page; the filters stay in the address."""
    version = rule_for(request, pk)
    asked = asked_of(request, version)
    page = Paginator(asked["rows"], 50).get_page(request.GET.get("page"))
    held, left = asked["held"] or version, asked["left"]
    runs = Run.objects.filter(version__policy=version.policy, version__region=version.region, as_of__lte=asked["on"])
    return render(request, "judge/list.html", {
        **asked, "version": version, "page": page, "lines": lines(held, list(page), left), "columns": known.columns(held.pack),
        "period": known.period(held.pack), "region": region_name(version.region), "frozen": frozen_of(version, request.scope), "last_run": runs.first(),
        "may_freeze": request.scope.covers("judge.freeze_list", version.region) and asked["on"] == request.today,  # type: ignore[attr-defined]
        **_may(request.scope), "may_warn": request.scope.may("warn.see"),  # type: ignore[attr-defined]
    })  # fmt: skip


def _may(scope: Scope) -> dict[str, bool]:
    """Where a line may lead: to why, and to the unit's file."""
    return {"may_why": scope.may("judge.see"), "may_unit": scope.may("pool.see")}


def asked_of(request: HttpRequest, version: PolicyVersion) -> dict[str, Any]:
    """The day, the list and the township of an address, and who is left by them."""
    on = day_of(request.GET, "on") or request.today  # type: ignore[attr-defined]
    there = known.members(version, on, known.units(request.scope))  # type: ignore[attr-defined]
    held = known.holding(version, on)
    titles = known.lists((held or version).pack)
    chosen = request.GET.get("list", "")
    chosen = chosen if chosen in titles else next(iter(titles))
    in_list = [one for one in there if one.outcome == chosen]
    town = request.GET.get("town", "")
    left = _left(version, chosen, in_list) if on == request.today else {}  # type: ignore[attr-defined]
    tabs = [(code, title, sum(one.outcome == code for one in there)) for code, title in titles.items()]
    return {
        "on": on, "held": held, "tabs": tabs, "chosen": chosen, "chosen_title": titles[chosen], "town": town,
        "towns": towns(one.region for one in in_list), "rows": [one for one in in_list if one.region.startswith(town)],
        "left": left, "to_sign": len(in_list) - len(left),
    }  # fmt: skip


def _left(version: PolicyVersion, chosen: str, in_list: list[Member]) -> dict[int, str]:
    """Unit → 剔除：理由, of those on the list today."""
    there = {one.enterprise for one in in_list}
    return {unit: _why(row.reason, row.by) for unit, row in known.left_off(version, chosen).items() if unit in there}


def _why(reason: str, by: str) -> str:
    return _("剔除：%(reason)s（%(by)s）") % {"reason": reason, "by": by}


def towns(regions) -> list[Region]:
    return list(Region.objects.filter(code__in={region[:9] for region in regions}).order_by("code"))


def lines(version: PolicyVersion, there: list[Member], left: dict[int, str] | None = None) -> list[dict[str, Any]]:
    """Members as the table writes them; `left` says why a unit was taken off."""
    names = {town.code: town.name for town in towns(one.region for one in there)}
    uses = version.pack.measures
    return [
        {
            "member": one, "town": names.get(one.region[:9], "—"),
            "industry": codes.name("industry", one.industry) if one.industry else "—",
            "values": [known.value(use, one.values.get(name)) for name, use in uses.items()],
            "left": (left or {}).get(one.enterprise, ""),
        }
        for one in there
    ]  # fmt: skip


@allowed(*VERBS)
@require_safe
def policy_list_file(request: HttpRequest, pk: int) -> HttpResponse:
    """What the page shows, all of it, as xlsx."""
    version = rule_for(request, pk)
    asked = asked_of(request, version)
    held = asked["held"] or version
    sheet = Sheet(_("%(title)s名单") % {"title": asked["chosen_title"]}, held, asked["on"], _("%(day)s在列") % {"day": asked["on"]})
    return _file(request, sheet, lines(held, asked["rows"], asked["left"]), f"policy:{pk}")


def _file(request: HttpRequest, sheet: Sheet, rows: list[dict[str, Any]], subject: str) -> HttpResponse:
    user: Any = request.user
    unit = user.department.name if user.department else settings.WUSHANG_CITY
    audit.write(request.actor, request.now, "judge.see", subject, {"list": sheet.title, "n": len(rows)})  # type: ignore[attr-defined]
    answer = HttpResponse(workbook(sheet, rows, unit, user.name, request.today), content_type=XLSX)  # type: ignore[attr-defined]
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(sheet.title)}%20{sheet.on}.xlsx"
    return answer


@allowed("judge.freeze_list")
@require_POST
def freeze(request: HttpRequest, pk: int) -> HttpResponse:
    version = rule_for(request, pk)
    outcome, basis = request.POST.get("list", ""), request.POST.get("basis", "")
    try:
        made = FreezeList(request.actor, request.now, version, outcome, basis).do()  # type: ignore[attr-defined]
    except Refused as refused:
        messages.error(request, f"{refused.problem.why}。{refused.problem.remedy}")
        return redirect("judge:policy_list", pk=pk)
    messages.success(request, _("名单已定：%(title)s %(n)d 家。以后的研判不改这份名单") % {"title": made.title, "n": len(made.members)})
    return redirect("judge:frozen", pk=made.pk)


@allowed("judge.freeze_list")
@require_POST
def leave_off(request: HttpRequest, pk: int) -> HttpResponse:
    """剔除 with its reason, or (back) 恢复."""
    version, said = rule_for(request, pk), request.POST
    unit, outcome = number_of(said, "enterprise") or 0, said.get("list", "")
    who = (request.actor, request.now, version, outcome, unit)  # type: ignore[attr-defined]
    deed = PutBack(*who) if said.get("back") else LeaveOff(*who, said.get("reason", ""))
    try:
        deed.do()
        messages.success(request, _("已恢复到名单") if said.get("back") else _("已剔除，理由印在名单上；定名单以前可以恢复"))
    except Refused as refused:
        messages.error(request, f"{refused.problem.why}。{refused.problem.remedy}")
    return redirect(f"{reverse('judge:policy_list', args=[pk])}?list={quote(outcome)}")


def frozen_for(request: HttpRequest, pk: int) -> FrozenList:
    """A signed list, for those whose scope it lies in; its members are of many townships."""
    held = get_object_or_404(FrozenList.objects.select_related("version", "signer"), pk=pk)
    if not covers(request.scope, held.version.region):  # type: ignore[attr-defined]
        raise Http404
    return held


def pinned(held: FrozenList, rows: list[dict[str, Any]] | None = None) -> list[Member]:
    """The members (or those left off) as they were when the list was signed."""
    names = {field.name for field in fields(Member)}
    kept = ({name: value for name, value in one.items() if name in names} for one in (held.members if rows is None else rows))
    return [Member(**one | {"since": date.fromisoformat(one["since"]), "outcome": held.outcome}) for one in kept]


def off(held: FrozenList) -> list[dict[str, Any]]:
    """Lines of those that were taken off before the signature, each with why."""
    why = {one["enterprise"]: _why(one["reason"], one["by"]) for one in held.left_off}
    return lines(held.version, pinned(held, held.left_off), why)


@allowed(*VERBS)
@require_safe
def frozen(request: HttpRequest, pk: int) -> HttpResponse:
    """A signed list beside today's: who left, who entered."""
    held = frozen_for(request, pk)
    scope, today = request.scope, request.today  # type: ignore[attr-defined]
    now = [one for one in known.members(held.version, today, known.units(scope)) if one.outcome == held.outcome]
    since, there = known.beside(held.members, now), pinned(held)
    page = Paginator(there, 50).get_page(request.GET.get("page"))
    entered = lines(known.holding(held.version, today) or held.version, since.entered[:50])
    return render(request, "judge/frozen.html", {
        "held": held, "page": page, "lines": lines(held.version, list(page)), "columns": known.columns(held.version.pack),
        "period": known.period(held.version.pack), "since": since, "entered": entered, "off": off(held), **_may(scope),
    })  # fmt: skip


@allowed(*VERBS)
@require_safe
def frozen_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The signed list as the attachment of a 签报."""
    held = frozen_for(request, pk)
    said = _("依据：%(basis)s；%(who)s签发") % {"basis": held.basis, "who": held.signer.name}
    sheet = Sheet(_("%(title)s名单") % {"title": held.title}, held.version, held.on, said, held.commit)
    return _file(request, sheet, [*lines(held.version, pinned(held)), *off(held)], f"list:{pk}")
