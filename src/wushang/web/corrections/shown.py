"""Corrections as pages show them: rows in scope, who was told what, what changed in the facts, what may be done."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, OuterRef, Prefetch, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.people.actor import Actor
from wushang.people.scope import Scope
from wushang.pool.models import Commit, EnterpriseVersion, InjuryVersion
from wushang.rectify.models import CorrectionRequest
from wushang.terms import codes
from wushang.warn import issuing, noting, numbers, signing, units
from wushang.warn.corrected import changed_injuries, versions
from wushang.warn.models import CorrectedUse, Correction
from wushang.warn.views.papers import pages_of
from wushang.web import days
from wushang.web.ledgers.injuries import STATUS

TABS: dict[str, Any] = {
    "pending": gettext_lazy("待处理"), "explained": gettext_lazy("已说明"), "not_needed": gettext_lazy("无需说明"), "all": gettext_lazy("全部"),
}  # fmt: skip
SHOWN = 3  # names before the rest is folded
STEPS: dict[str, Any] = {
    "draft": gettext_lazy("起草更正说明"), **signing.TITLES, "sign_offline": gettext_lazy("线下签批"), "issue": gettext_lazy("发出"),
    "": gettext_lazy("已发出"),
}  # fmt: skip


def visible(scope: Scope, verb: str = "warn.see") -> QuerySet[Any]:
    """The corrections in a scope, each with the `name` of its unit as it is now."""
    now = EnterpriseVersion.objects.current().filter(enterprise=OuterRef("enterprise")).order_by("-pk")
    uses = Prefetch("uses", CorrectedUse.objects.order_by("pk"))
    rows = Correction.objects.filter(enterprise__in=units.visible(scope, verb)).select_related("note__warning")
    return rows.prefetch_related(uses, "steps").annotate(name=Subquery(now.values("name")[:1]))


def filtered(rows: QuerySet[Any], state: str, text: str) -> QuerySet[Any]:
    rows = rows.filter(state=state) if state else rows
    return rows.filter(name__icontains=text) if text else rows


def tabs(every: QuerySet[Any], state: str) -> list[dict[str, Any]]:
    counts = dict(every.order_by().values_list("state").annotate(n=Count("pk")))
    counts["all"] = sum(counts.values())
    return [{"code": code, "title": title, "n": counts.get(code, 0), "now": code == state} for code, title in TABS.items()]


def table(rows: list[Any]) -> dict[str, Any]:
    head = [_("发现日期"), _("单位"), _("原因"), _("原数 → 更正后"), _("按旧数知道的"), _("状态")]
    return {"head": [{"title": title} for title in head], "long": True, "rows": [
        [
            days.day(timezone.localdate(row.found)), {"text": row.name or "—", "url": reverse("correction", args=[row.pk])},
            row.cause_title, moved(row), carriers(row), state_said(row),
        ]
        for row in rows
    ]}  # fmt: skip


def moved(row: Correction) -> str:
    """工伤事故起数 3 起 → 2 起: of the use that left the platform and no longer holds, else of what left, else of the first."""
    uses = sorted(row.uses.all(), key=lambda use: (not (use.outside and use.differs), not use.outside, use.pk))
    if not uses:
        return "—"
    first = uses[0]
    if not first.differs:
        return _("%(figure)s %(old)s，没有变") % {"figure": first.figure, "old": first.old}
    return f"{first.figure} {first.old} → {first.new}"


def carriers(row: Correction) -> str:
    """《整改建议书》云人社预〔2026〕37号 等 3 处."""
    places = list(dict.fromkeys(f"{use.what}{use.number}" for use in row.uses.all() if use.outside))
    if not places:
        return _("没有对外")
    return places[0] if len(places) == 1 else _("%(first)s 等 %(n)d 处") % {"first": places[0], "n": len(places)}


def state_said(row: Correction) -> str:
    waits = noting.waits_for(row)
    if row.state == "pending" and waits != "draft":
        return _("说明%(step)s") % {"step": {"review": _("待审核"), "countersign": _("待复审"), "issue": _("待发出")}.get(waits, _("待签发"))}
    return str(row.state_title)


# ---- one correction ----


def one(held: Any, scope: Scope, actor: Actor) -> dict[str, Any]:
    waits = noting.waits_for(held)
    place = units.place_of(held.enterprise_id)
    may = {verb: scope.covers(f"warn.{verb}", *place) for verb in ("draft", "review", "sign", "number", "issue")}
    bureau = noting.bureau(held)
    if actor.user is not None and not issuing.of_house(actor.user, bureau):  # reviewed and signed in the department that issues
        may |= {"review": False, "sign": False}
    return {
        "held": held, "title": moved(held), "uses": list(uses_shown(held, scope)), "facts": list(facts(held)),
        "commit": Commit.objects.filter(number=held.commit).first(), "waits": waits, "waits_title": STEPS.get(waits, waits), "may": may,
        "fields": noting.suggested(held), "figures": noting.figures(held), "word": numbers.last_word(bureau.code if bureau else "", ""),
        "to_unit": noting.to_unit(held), "note_pages": range(1, len(pages_of(held.note)) + 1) if held.note else (),
        "step_titles": STEPS, "asked": asked_by_unit(held), "warning": noting.warning_of(held),
        "unit_url": reverse("enterprise", args=[held.enterprise_id]) if scope.may("pool.see") else "",
        "steps": [(STEPS.get(step.step, _("退回修改")), step) for step in held.steps.all()],
    }  # fmt: skip


def uses_shown(held: Any, scope: Scope) -> Iterator[dict[str, Any]]:
    """Lines of the table 谁按旧数知道了; one use with several figures is one line each."""
    for use in held.uses.all():
        yield {"use": use, "url": _page(use, scope), "first": "、".join(use.told[:SHOWN]) or _("没有发出"), "more": use.told[SHOWN:]}


def _page(use: CorrectedUse, scope: Scope) -> str:
    """Where it may be read; none for who may not."""
    names = {"finding": ("judge:why", "judge.see"), "warning": ("warn:warning", "warn.see")}
    if use.kind in names:
        name, verb = names[use.kind]
        return reverse(name, args=[use.ref]) if scope.may(verb) else ""
    return reverse("warn:paper", args=[use.ref, "pdf"]) if use.kind == "letter" else ""


def facts(held: Any) -> Iterator[dict[str, Any]]:
    """What the commit changed in this unit's injuries: before, after; no person."""
    commit = Commit.objects.filter(number=held.commit).first()
    if commit is None:
        return
    ids = sorted(changed_injuries(commit))[:500]
    before, now = versions(ids, held.commit - 1), versions(ids, held.commit)
    for injury in ids:
        was, is_now = before.get(injury), now.get(injury)
        if held.enterprise_id in {unit for row in (was, is_now) if row for unit in (row.host_id, row.employer_id)}:
            yield {"injury": injury, "before": _said(was, held.enterprise_id), "after": _said(is_now, held.enterprise_id)}


def _said(row: InjuryVersion | None, unit: int) -> str:
    if row is None:
        return _("没有这起事故")
    kind = codes.name("accident_kind", row.kind, row.occurred) if row.kind else ""
    elsewhere = "" if (row.host_id or row.employer_id) == unit else _("计入另一家单位")
    scope = "" if row.at_work else _("不属生产经营性")
    parts = (days.day(row.occurred), kind, row.post, str(STATUS.get(row.status, row.status)), scope, elsewhere)
    return " ".join(part for part in parts if part)


def asked_by_unit(held: Any) -> Any:
    """The unit's 数据核对申请 that this commit answered, where there was one."""
    return CorrectionRequest.objects.filter(enterprise=held.enterprise_id, commit=held.commit).order_by("-pk").first()


