"""一人一事: reports of other departments that may tell of a known injury, why, and what a person decides."""

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wushang.integrate import linked
from wushang.integrate.deeds.decide_link import ConfirmLink, RefuseLink, ReleaseLink
from wushang.integrate.linkage import explain, rates
from wushang.integrate.models import Link, LinkRun
from wushang.people.deed import Deed
from wushang.people.page import allowed
from wushang.terms.problem import Refused

STATES = {"open": (Link.OPEN,), "linked": (Link.LINKED,), "refused": (Link.REFUSED, Link.RELEASED)}


@allowed("integrate.see")
def links(request):
    """The queue, the likeliest first; what is linked and what was refused beside it."""
    state = request.GET.get("state") if request.GET.get("state") in STATES else "open"
    seen = linked.seen(request.scope)
    found = linked.waiting(request.scope) if state == "open" else seen.filter(state__in=STATES[state]).order_by("-found", "-pk")
    what = request.GET.get("what") if request.GET.get("what") in linked.KINDS else ""
    page = Paginator(found.filter(what=what) if what else found, 50).get_page(request.GET.get("page"))
    page.pages_near = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    context = {
        "page": page, "rows": linked.shown(page), "state": state, "what": what, "kinds": linked.KINDS.items(),
        "counts": {name: seen.filter(state__in=states).count() for name, states in STATES.items()},
        "rates": rates.estimated(), "may_leads": request.scope.may("integrate.see_leads"), "run": LinkRun.objects.select_related("model").first(),
        "learn_from": settings.WUSHANG_LINK_LEARN_FROM,
    }  # fmt: skip
    return render(request, "integrate/links.html", context)


@allowed("integrate.see")
def link(request, pk: int):
    """Both sides, the waterfall, the other proposals of the same report; the act at the foot."""
    one = get_object_or_404(linked.seen(request.scope).select_related("model", "decided_by"), pk=pk)
    same_row = linked.seen(request.scope).filter(source=one.source, sender=one.sender, key=one.key).exclude(pk=one.pk)
    later = linked.waiting(request.scope).exclude(pk=one.pk).first()
    context = {
        "shown": linked.shown([one])[0], "link": one, "steps": explain.waterfall(one), "rules": explain.rule_words(one),
        "others": linked.shown(same_row[:5]), "may": request.scope.may("integrate.decide"), "later": later,
    }  # fmt: skip
    return render(request, "integrate/link.html", context)


@allowed("integrate.decide")
@require_POST
def confirm(request, pk: int):
    """是同一起工伤."""
    return _decide(request, pk, ConfirmLink, _("已关联到这起工伤。"))


@allowed("integrate.decide")
@require_POST
def refuse_link(request, pk: int):
    """不是同一起工伤."""
    return _decide(request, pk, RefuseLink, _("已记为不是同一起，不再提示这一对。"))


@allowed("integrate.decide")
@require_POST
def release(request, pk: int):
    """解除关联, or a refusal taken back."""
    return _decide(request, pk, ReleaseLink, _("已撤回。"))


def _decide(request: HttpRequest, pk: int, deed: type[Deed], done: str) -> HttpResponse:
    one = get_object_or_404(linked.seen(request.scope, "integrate.decide"), pk=pk)  # type: ignore[attr-defined]
    try:
        deed(request.actor, request.now, one, request.POST.get("reason", "")).do()  # type: ignore[attr-defined, call-arg]
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("integrate:link", pk=pk)
    messages.success(request, done)
    later = linked.waiting(request.scope).first() if deed is not ReleaseLink else None  # type: ignore[attr-defined]
    return redirect("integrate:link", pk=later.pk) if later else redirect("integrate:links")
