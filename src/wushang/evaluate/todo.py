"""待办 of evaluation: cases whose day of re-check has come, and re-checks that wait for a signature."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wushang.evaluate.models import PREVIEW, Recheck
from wushang.people.actor import Actor
from wushang.people.models import Region
from wushang.people.todo import Todo
from wushang.rectify import in_scope
from wushang.rectify.models import Case
from wushang.warn import clocks
from wushang.warn.units import visible


def items(actor: Actor, today: date) -> list[Todo]:
    towns = dict(Region.objects.values_list("code", "name"))
    return [*_to_propose(actor, today, towns), *_to_sign(actor, towns)]


def _to_propose(actor: Actor, today: date, towns: dict[str, str]) -> Iterator[Todo]:
    """The window and its lag are over: the figures can be counted."""
    if not actor.scope.may("evaluate.propose"):
        return
    mine = visible(actor.scope, "evaluate.propose")
    ripe = Case.objects.filter(state__in=("evaluating", "extended"), recheck_on__lte=today, enterprise__in=mine)
    proposed = Recheck.objects.filter(state="proposed").exclude(PREVIEW).values("case")
    for case in in_scope.named(ripe.exclude(pk__in=proposed)):
        yield _todo(case, case.recheck_on, _("效果评估"), _("评估"), reverse("rectify:case", args=[case.pk]), case.level, towns)


def _to_sign(actor: Actor, towns: dict[str, str]) -> Iterator[Todo]:
    """Computed: to be signed within the days that a letter has for it (WUSHANG_WARN_DAYS reviewed)."""
    if not actor.scope.may("evaluate.sign"):
        return
    mine = visible(actor.scope, "evaluate.sign")
    rows = Recheck.objects.filter(state="proposed", enterprise__in=mine).exclude(PREVIEW).select_related("case")
    for row in in_scope.named(rows):
        what = _("签发评估结论：%(verdict)s") % {"verdict": row.verdict_title}
        day = timezone.localdate(row.at)
        before = _("%(who)s %(m)d月%(d)d日") % {"who": row.by, "m": day.month, "d": day.day}
        yield _todo(row, clocks.due("reviewed", day), what, _("签发"), reverse("evaluate:recheck", args=[row.pk]), row.case.level, towns, before)


def _todo(row: Any, due: date | None, what: str, op: str, url: str, level: str, towns: dict[str, str], before: str = "") -> Todo:
    return Todo(
        due=due, what=what, name=row.name or "", url=url, stage=_("评估"), op=op, op_url=url, level=level,
        town=towns.get(row.region or "", ""), before=before,
    )  # fmt: skip
