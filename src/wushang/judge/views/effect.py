"""本批将产生, 撤回后: what landing or taking back a delivery would cause, asked by the page 报送结果."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.views.decorators.http import require_safe

from wushang.collect import handing
from wushang.collect.models import Batch
from wushang.collect.place import batches_in
from wushang.integrate.expected import Foreseen, foresee
from wushang.integrate.undone import foresee_undo
from wushang.judge.preview import Expected, preview
from wushang.people.page import allowed
from wushang.people.scope import Scope
from wushang.pool.models import EnterpriseVersion
from wushang.terms.level import Level

VERBS = ("judge.see", "collect.see")
MOST = 20_000  # units that a page may have judged while somebody looks at it
PUSHES, PIECES = "warn/_batch_pushes.html", "warn/_batch_pieces.html"


@dataclass(frozen=True)
class Line:
    """A unit with what is expected of it."""

    expected: Expected
    name: str
    new: bool


@allowed(*VERBS)
@require_safe
def batch_effect(request: HttpRequest, pk: int) -> HttpResponse:
    """Of a checked delivery: what landing it would cause; of a landed one: what 撤回本批 would."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    batch = next((b for verb in VERBS for b in batches_in(scope, verb).filter(pk=pk)), None)
    if batch is None:
        raise Http404
    context: dict[str, Any] = {"batch": batch, "pushes": _there(PUSHES), "pieces": _there(PIECES)}
    if batch.state == Batch.CHECKED and not batch.historical:
        context |= _effect(scope, foresee(handing.ready(batch), request.now), request.today)  # type: ignore[attr-defined]
    if batch.state == Batch.LANDED:
        context |= _undone(scope, batch, request.today)  # type: ignore[attr-defined]
    return render(request, "judge/_batch_undone.html" if batch.state == Batch.LANDED else "judge/_batch_effect.html", context)


def _undone(scope: Scope, batch: Batch, today: Any) -> dict[str, Any]:
    """What taking a landed delivery back would change."""
    foreseen = foresee_undo(batch.commits)
    if len(foreseen.units) > MOST:
        return {"units": len(foreseen.units), "too_many": True}
    return {"lines": _visible(scope, preview(foreseen.units, foreseen.added, today, foreseen.without), foreseen)}


def _effect(scope: Scope, foreseen: Foreseen, today: Any) -> dict[str, Any]:
    context: dict[str, Any] = {"units": len(foreseen.units), "injuries": foreseen.added.get("injuries", [])}
    if len(foreseen.units) > MOST:
        return context | {"too_many": True}
    lines = _visible(scope, preview(foreseen.units, foreseen.added, today, foreseen.without), foreseen)
    warned = [one for one in lines if one.expected.warns and one.expected.kind == "level"]
    return context | {
        "lines": lines, "warned": len(warned),
        "opened": _counts([one for one in warned if not _stands(one)]), "raised": _counts([one for one in warned if _stands(one)]),
        "listed": sum(one.expected.kind == "list" and one.expected.rises for one in lines),
        "referred": sum(one.expected.kind == "referral" and one.expected.warns for one in lines),
        "looked": True,
    }  # fmt: skip


def _stands(line: Line) -> bool:
    """Whether the unit stands at a level already: its piece is raised (升级), not opened anew (新增)."""
    return line.expected.before in {level.value for level in Level}


def _counts(warned: list[Line]) -> list[tuple[Level, int]]:
    """(level, how many), the lowest first: 黄 2、橙 1."""
    found = {level: sum(one.expected.after == level.value for one in warned) for level in Level}
    return [(level, n) for level, n in found.items() if n]


def _visible(scope: Scope, expected: list[Expected], foreseen: Foreseen) -> list[Line]:
    """Those whose unit lies in the scope, by its place now; the gravest first."""
    wanted = {one.enterprise for one in expected}
    places = {row["enterprise"]: row for row in foreseen.added.get("enterprises", ()) if row["enterprise"] in wanted}
    known = EnterpriseVersion.objects.current().filter(enterprise__in=[unit for unit in wanted if unit > 0][:30_000])
    for now in known.order_by("pk"):
        places[now.enterprise_id] = {"name": now.name, "region": now.region, "industry": now.industry}
    lines = [
        Line(one, places[one.enterprise]["name"], one.enterprise < 0)
        for one in expected
        if one.enterprise in places and _covers(scope, one.enterprise, places[one.enterprise])
    ]
    return sorted(lines, key=lambda one: (not one.expected.warns, not one.expected.rises, one.expected.policy, one.name))


def _covers(scope: Scope, unit: int, place: dict[str, Any]) -> bool:
    return any(scope.covers(verb, place["region"], place["industry"], unit) for verb in VERBS)


def _there(template: str) -> str:
    """A later room's part, where that room is there."""
    try:
        get_template(template)
    except TemplateDoesNotExist:
        return ""
    return template
