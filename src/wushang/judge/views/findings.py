"""为什么预警: one finding with everything that decided it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from wushang.judge.explain import why
from wushang.judge.models import Finding
from wushang.judge.prose import title
from wushang.people.page import allowed
from wushang.pool.models import EnterpriseVersion


@allowed("judge.see")
@require_safe
def why_page(request: HttpRequest, pk: int) -> HttpResponse:
    finding = Finding.objects.select_related("version", "run").filter(pk=pk).first()
    unit = EnterpriseVersion.objects.current().filter(enterprise=finding.enterprise_id).first() if finding else None
    scope = request.scope  # type: ignore[attr-defined]
    if (
        finding is None
        or unit is None
        or not scope.covers("judge.see", unit.region, unit.industry, finding.enterprise_id)
    ):
        raise Http404
    earlier = Finding.objects.filter(policy=finding.policy, region=finding.region, enterprise=finding.enterprise_id)
    story = [(one, title(one.version.pack, one.outcome)) for one in earlier.select_related("version").order_by("-pk")[:50]]
    told = {"finding": finding, "unit": unit, "why": why(finding), "story": story, "may_unit": scope.may("pool.see")}
    return render(request, "judge/why.html", told)
