"""On 数据报送: what came by folder or pull and could not be taken (`ways_notice`), and the link to hand entry."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import template

from wushang.collect.models import Drop, PullRun
from wushang.collect.place import departments_in

register = template.Library()
SHOWN_FOR = timedelta(days=7)
MOST = 10


@register.inclusion_tag("collect/ways/_notice.html", takes_context=True)
def ways_notice(context: dict[str, Any]) -> dict[str, Any]:
    """Files refused within a week, and pulls whose last reading failed, of the departments in reach."""
    request = context["request"]
    since, reach = request.now - SHOWN_FOR, departments_in(request.scope, "collect.see")
    codes = {name for row in reach.values_list("code", "short_name", "name") for name in row}
    dropped = Drop.objects.filter(state=Drop.REFUSED, over=True, at__gte=since)[: MOST * 5]
    everywhere = request.scope.may("collect.confirm")  # a file in a wrong folder is nobody's: the collecting office sees it
    mine = [one for one in dropped if one.place.split("/")[0] in codes or (everywhere and not _named(one, codes))]
    failed = {run.pull_id: run for run in PullRun.objects.filter(at__gte=since, pull__sender__in=reach).order_by("pk")}
    return {
        "refused": mine[:MOST],
        "failed": [run for run in failed.values() if run.problem],
    }


@register.filter
def sentences(problem: dict[str, str]) -> str:
    """Why, and what to do, each with its full stop."""
    said = [problem.get(name, "").rstrip("。；") for name in ("why", "remedy")]
    return "".join(f"{one}。" for one in said if one)


@register.inclusion_tag("collect/ways/_hand_link.html", takes_context=True)
def hand_link(context: dict[str, Any]) -> dict[str, Any]:
    """手工录入 for who may."""
    return {"may_enter": context["request"].scope.may("collect.enter")}


def _named(drop: Drop, codes: set[str]) -> bool:
    """Whether the folder names a department at all (one out of reach is not shown)."""
    return drop.problem.get("code") not in ("which_sender", "folder")
