"""疑似未申报: who looks says what for; each look is logged, and no name is shown before somebody asks for it."""

import json
from datetime import timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from wushang.integrate import leads as found
from wushang.integrate import recapture
from wushang.integrate.deeds.check_lead import FINDINGS, CheckLead, UndoCheck
from wushang.integrate.linkage import rates
from wushang.integrate.linked import codes_part
from wushang.integrate.models import LeadCheck
from wushang.integrate.then import Then, then, today
from wushang.people import audit
from wushang.people.page import allowed
from wushang.pool.known import known_of
from wushang.terms.problem import Refused

VERB = found.VERB
PURPOSES = {
    "verify": gettext_lazy("核实疑似未申报工伤"), "inspection": gettext_lazy("配合社会保险稽核"), "petition": gettext_lazy("处理职工投诉举报"),
}  # fmt: skip
KEPT = "leads_purpose"  # in the session: the purpose said today


def _purpose(request: HttpRequest) -> str:
    said = request.session.get(KEPT) or ["", ""]
    return said[0] if said[1] == str(request.today) and said[0] in PURPOSES else ""  # type: ignore[attr-defined]


def _log(request: HttpRequest, subject: str, **detail: object) -> None:
    audit.write(request.actor, request.now, "integrate.look", subject, {"purpose": str(PURPOSES[_purpose(request)]), **detail})  # type: ignore[attr-defined]


def _then(request: HttpRequest) -> Then:
    return then(known_of(request.GET, request.today), request.today)  # type: ignore[attr-defined]


@allowed(VERB)
@require_POST
def purpose(request):
    """What the leads are looked at for, kept for the day."""
    said = request.POST.get("purpose", "")
    if said in PURPOSES:
        request.session[KEPT] = [said, str(request.today)]
    else:
        messages.error(request, _("没有选用途。请从三种用途里选一种。"))
    return redirect("integrate:leads")


@allowed(VERB)
def leads(request):
    """By unit, the most first, with the estimate of the whole; asks for the purpose first."""
    if not _purpose(request):
        return render(request, "integrate/leads.html", {"purposes": PURPOSES.items(), "days": found.settings.WUSHANG_LEAD_DAYS})
    at = _then(request)
    units = found.by_unit(request.scope, at)
    page = Paginator(units, 50).get_page(request.GET.get("page"))
    page.pages_near = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    erring = rates.estimated()
    _log(request, "leads:list", units=len(units), **_known(at))
    context = {
        "purpose": PURPOSES[_purpose(request)], "page": page, "days": found.settings.WUSHANG_LEAD_DAYS, "kinds": found.KINDS.items(),
        "rows": [(unit, [unit.counts[what] for what in found.KINDS]) for unit in page],
        "total": sum(unit.total for unit in units), "named": sum(1 for unit in units if unit.enterprise),
        "unplaced": sum(unit.total for unit in units if not unit.enterprise), "rates": erring, "checked": len(_checks(request, at)),
        "maybe": sum(unit.maybe for unit in units), "expected": round(sum(unit.expected for unit in units)),
        "estimate": recapture.estimate(request.scope, at, erring.precision, erring.recall), "known": at.known,
        "not_known": _("关联的误差按现在的关联估计。"),
    }  # fmt: skip
    return render(request, "integrate/leads.html", context)


@allowed(VERB)
def leads_of(request, enterprise: int):
    """One unit's leads, names masked; 0: reports whose unit is not known."""
    if not _purpose(request):
        return redirect("integrate:leads")
    at = _then(request)
    rows = found.of_unit(request.scope, at, enterprise)
    checks = _checks_of(request, at, enterprise)
    if not rows and not checks:
        raise Http404
    version = next(found.versions([enterprise], at.known), None) if enterprise else None
    _log(request, f"enterprise:{enterprise}" if enterprise else "leads:unknown", rows=len(rows), **_known(at))
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    page.pages_near = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    context = {
        "version": version, "page": page, "rows": [_shown(what, row) for what, row in page], "findings": FINDINGS.items(),
        "checks": checks, "enterprise": enterprise, "purpose": PURPOSES[_purpose(request)], "known": at.known,
    }  # fmt: skip
    return render(request, "integrate/leads_of.html", context)


def _shown(what: str, row) -> dict:
    """One lead as the page shows it; the worker may claim himself for a year (第十七条)."""
    hurt = [(getattr(row, name, None), word) for name, word in (("dead", _("死亡")), ("serious", _("重伤")), ("minor", _("轻伤")))]
    persons = "，".join(_("%(word)s %(n)d 人") % {"word": word, "n": n} for n, word in hurt if n)
    return {
        "what": what, "row": row, "kind": found.KINDS[what][2], "day": row.day, "maybe": row.maybe,
        "who": getattr(row, "masked_name", "") or persons, "until": row.day + timedelta(days=365),
        "where": getattr(row, "facility", "") or getattr(row, "institution", "") or getattr(row, "place", ""),
        "presumed": found.presumed(row), "part": codes_part(getattr(row, "part", "")), "named": bool(getattr(row, "personal", "")), "linked": getattr(row, "claims", 0),
    }  # fmt: skip


def _known(at: Then) -> dict[str, int]:
    """Which version was looked at, for the log; nothing where it was the present one."""
    return {"known": at.known.number} if at.known.asked else {}


def _checks(request: HttpRequest, at: Then) -> list[tuple[LeadCheck, object]]:
    """What was looked into, of the reports in the scope, the newest first."""
    checks = list(LeadCheck.objects.filter(at.checked()).select_related("decided_by").order_by("-decided")[:500])
    rows = {}
    for what in found.KINDS:
        keys = [check.key for check in checks if check.what == what]
        rows.update({(r.source, r.sender, r.key): r for r in found.told(what, request.scope, at.known).filter(key__in=keys)})  # type: ignore[attr-defined]
    return [(check, rows[natural]) for check in checks if (natural := (check.source, check.sender, check.key)) in rows]


def _checks_of(request: HttpRequest, at: Then, enterprise: int) -> list[tuple[LeadCheck, object, object]]:
    mine = [(check, row) for check, row in _checks(request, at) if (row.enterprise_id or 0) == enterprise]  # type: ignore[attr-defined]
    return [(check, row, FINDINGS[check.finding]) for check, row in mine]


def _lead(request: HttpRequest, what: str, pk: int):
    if what not in found.KINDS or not _purpose(request):
        raise Http404
    return get_object_or_404(found.told(what, request.scope), pk=pk)  # type: ignore[attr-defined]


@allowed(VERB)
@require_POST
def plain_lead(request, what: str, pk: int):
    """The person's plain name and telephone, for verifying; one audit row each."""
    row = _lead(request, what, pk)
    said = json.loads(getattr(row, "personal", "") or "{}")
    _log(request, f"{what}:{row.pk}", read=sorted(name for name in ("worker", "id_number", "phone") if said.get(name)))
    context = {"worker": said.get("worker"), "id_number": said.get("id_number"), "phone": said.get("phone"), "row": row, "what": what,
               "enterprise": row.enterprise_id or 0, "kind": found.KINDS[what][2], "day": row.day}  # fmt: skip
    return render(request, "integrate/lead_plain.html", context)


@allowed(VERB)
@require_POST
def look_into(request, what: str, pk: int):
    """What was found out about one lead."""
    row = _lead(request, what, pk)
    try:
        CheckLead(request.actor, request.now, what, row, request.POST.get("finding", ""), request.POST.get("reason", "")).do()
        messages.success(request, _("已记下核实结论。"))
    except Refused as refused:
        messages.error(request, str(refused))
    return _back(request, row)


@allowed(VERB)
@require_POST
def undo_check(request, pk: int):
    """撤销核实结论."""
    check = get_object_or_404(LeadCheck, pk=pk, undone=None)
    row = get_object_or_404(found.told(check.what, request.scope), source=check.source, sender=check.sender, key=check.key)
    try:
        UndoCheck(request.actor, request.now, check, row, request.POST.get("reason", "")).do()
        messages.success(request, _("已撤销，重新列为疑似未申报。"))
    except Refused as refused:
        messages.error(request, str(refused))
    return _back(request, row)


def _back(request: HttpRequest, row) -> HttpResponse:
    now = today(request.today)  # type: ignore[attr-defined]
    there = found.of_unit(request.scope, now, row.enterprise_id or 0) or _checks_of(request, now, row.enterprise_id or 0)  # type: ignore[attr-defined]
    return redirect("integrate:leads_of", enterprise=row.enterprise_id or 0) if there else redirect("integrate:leads")
