"""What the list and the page of warnings show: rows in scope with the enterprise's present name, stages, next steps."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from datetime import date
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.db.models import Case, DateField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wushang.people.models import Region
from wushang.people.page import number_of
from wushang.people.scope import Scope
from wushang.pool.models import EnterpriseVersion
from wushang.warn import signing, states, units, wording
from wushang.warn.models import Letter, Warning
from wushang.warn.piece import day as day_said

MANY = 6  # 站内 rows told one by one; a circular goes to the whole county
TABS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "draft": (_("待起草"), ("drafted",)),
    "sign": (_("审核签发"), ("submitted", "reviewed")),
    "send": (_("送达"), ("signed", "issued")),
    "follow": (_("整改复核"), ("delivered", "acknowledged")),
    "ended": (_("办结"), states.ENDED),
}


def warnings(scope: Scope, verb: str = "warn.see") -> QuerySet:
    """The warnings in a scope, each with `name`, `region` and `uscc` of its enterprise as it is now."""
    now = EnterpriseVersion.objects.current().filter(enterprise=OuterRef("enterprise")).order_by("-pk")
    return (
        Warning.objects.filter(enterprise__in=units.visible(scope, verb))
        .select_related("handler")
        .annotate(
            name=Subquery(now.values("name")[:1]),
            region=Subquery(now.values("region")[:1]),
            uscc=Subquery(now.values("uscc")[:1]),
        )
    )


def filtered(rows: QuerySet, asked: Any) -> QuerySet:
    """The filters of the address: stage, level, town, handler, q, proposed."""
    if asked.get("stage") in TABS:
        rows = rows.filter(state__in=TABS[asked["stage"]][1])
    if asked.get("level") in ("yellow", "orange", "red"):
        rows = rows.filter(level=asked["level"])
    if asked.get("town"):
        rows = rows.filter(region__startswith=asked["town"])
    if handler := number_of(asked, "handler"):
        rows = rows.filter(handler=handler)
    if asked.get("proposed"):
        rows = rows.exclude(withdrawal_proposed=None)
    if text := asked.get("q", "").strip():
        rows = rows.filter(Q(name__icontains=text) | Q(uscc=text.upper()))
    return rows


def towns(rows: QuerySet) -> list[Region]:
    """The townships that occur in the rows."""
    return list(Region.objects.filter(code__in=set(rows.values_list("region", flat=True))).order_by("code"))


STRIP = (
    ("found", _("研判")),
    ("draft", _("起草")),
    ("review", _("审核")),
    ("sign", _("签发")),
    ("deliver", _("送达")),
    ("rectify", _("整改")),
    ("check", _("复核")),
    ("evaluate", _("评估")),
    ("close", _("办结")),
)
REACHED = {"drafted": 1, "submitted": 2, "reviewed": 3, "signed": 4, "issued": 4, "delivered": 4, "acknowledged": 5}


@functools.cache
def _later() -> tuple[Any, ...]:
    """The file warning_stages.py of every later room that has one, found by being there."""
    rooms = [app.name for app in apps.get_app_configs() if app.name.startswith("wushang.")]
    return tuple(import_module(f"{room}.warning_stages") for room in rooms if find_spec(f"{room}.warning_stages"))


def taken_over(rows: QuerySet) -> QuerySet:
    """The rows with `later_state` and `later_due`, where a later room has taken the piece over (整改 · 复核 · 评估)."""
    for room in _later():
        if hasattr(room, "taken_over"):
            return room.taken_over(rows)
    return rows.annotate(later_state=Value(""), later_due=Value(None, DateField()))


def by_due(rows: QuerySet) -> QuerySet:
    """What is still to be done by its day, then what has no day, then what is ended."""
    ended = Case(When(state__in=states.ENDED, then=1), default=0)
    return taken_over(rows).annotate(ended_last=ended).order_by(
        "ended_last", Coalesce("later_due", "due").asc(nulls_last=True), "pk"
    )  # fmt: skip


def step_of_list(row: Any) -> tuple[Any, Any]:
    """下一步 and its day as the list says them; `row` comes from `by_due`."""
    if not row.later_state:
        return next_step(row), row.due
    title = next(room.later_title(row.later_state) for room in _later() if hasattr(room, "later_title"))
    return title, row.later_due


def is_taken_over(warning: Warning) -> bool:
    """Whether a later room has taken the piece over, so that its own day no longer counts."""
    return bool(taken_over(Warning.objects.filter(pk=warning.pk)).values_list("later_state", flat=True).get())


def stages(warning: Warning, today: date) -> list[dict[str, Any]]:
    """环节条: what is done (when, by whom), what is now (until when), what comes.

    A later room tells of its own stages: {code: {"state": …, "when": …, "who": …}}.
    """
    strip = _own_stages(warning)
    told = {code: more for room in _later() for code, more in room.reached(warning).items()}
    return [row | told.get(row["code"], {}) for row in strip]


def _own_stages(warning: Warning) -> list[dict[str, Any]]:
    reached = len(STRIP) if warning.state == "closed" else REACHED.get(warning.state, -1)
    done = _done(warning)
    row = []
    for place, (code, title) in enumerate(STRIP):
        state = (
            "done" if place < reached or code in done and place != reached else "now" if place == reached else "next"
        )
        when, who = done.get(code, ("", ""))
        if state == "now" and warning.due:
            when, who = _("%(day)s前") % {"day": _short(warning.due)}, who
        row.append({"code": code, "title": title, "state": state, "when": when, "who": who})
    return row


def _done(warning: Warning) -> dict[str, tuple[str, str]]:
    """Stage → when and who, for the stages that left a trace."""
    found = {"found": (_short(warning.opened), str(_("自动")))}
    names = {"submit": "draft", "review": "review", "countersign": "review", "sign": "sign", "sign_offline": "sign"}
    for step in warning.steps.filter(live=True):
        if step.step in names:
            found[names[step.step]] = (_short(step.at), step.name)
    if warning.delivered:
        found["deliver"] = (_short(warning.delivered), "")
    return found


def _short(value: Any) -> str:
    if hasattr(value, "hour"):
        value = timezone.localdate(value)
    return day_said(value).split("年", 1)[1]


NEXT = {
    "drafted": _("提交审核"),
    "submitted": _("审核"),
    "signed": _("发出"),
    "issued": _("登记送达"),
    "delivered": _("单位签收"),
    "acknowledged": _("单位整改"),
}


def next_step(warning: Warning, further: Letter | None = None) -> Any:
    """The words of the next step, as the foot of the page and the list say them; with `further`, of that 另发文书."""
    if further is not None and not further.is_open:
        return further.state_title
    piece, letter = further or warning, further or warning.letter
    if piece.state in states.ENDED:
        return states.TITLES[piece.state]
    if piece.state == "reviewed":
        return signing.TITLES.get(signing.waits_for(piece), _("签发"))
    if piece.state == "signed" and (letter is None or not letter.number):
        return _("编文号")
    return NEXT[piece.state]


def edits(letter: Any) -> list[Any]:
    """看修改: each saving with (label, before, after) of its fields."""
    fields = wording.letter(letter.kind).fields
    rows = list(letter.edits.all())
    for row in rows:
        row.said = [
            (fields[k].label if k in fields else k, *map(_as_text, change)) for k, change in row.changes.items()
        ]
    return rows


def _as_text(value: Any) -> Any:
    if isinstance(value, list):
        return "；".join("｜".join(map(str, v.values())) if isinstance(v, dict) else str(v) for v in value) or None
    return value if value != "" else None


def town_name(region: str) -> str:
    """A township's name; a region without one is shown as its code."""
    found = Region.objects.filter(code=region[:9]).first() if region else None
    return found.name if found else region


def town_names(regions: Iterable[str]) -> dict[str, str]:
    """Region code → the township's name, in one query."""
    wanted = {region: region[:9] for region in regions if region}
    names = dict(Region.objects.filter(code__in=set(wanted.values())).values_list("code", "name"))
    return {region: names.get(town, region) for region, town in wanted.items()}


def neighbours(scope: Scope, warning: Warning) -> tuple[int | None, int | None]:
    """上一件, 下一件 of the same stage, in the list's order."""
    within = next((s for _title, s in TABS.values() if warning.state in s), ())
    rows = list(by_due(warnings(scope).filter(state__in=within)).values_list("pk", flat=True)[:2000])
    if warning.pk not in rows:
        return None, None
    place = rows.index(warning.pk)
    return (rows[place - 1] if place else None), (rows[place + 1] if place + 1 < len(rows) else None)


def last_run() -> Any:
    """The latest judging, for the empty page: when, and how many units."""
    from wushang.judge.models import Run

    return Run.objects.filter(road="snapshot").first() or Run.objects.first()


def told(held: Warning) -> dict[str, Any]:
    """送达: its rows; where many departments have it in their inbox, those rows folded, and how many have read it."""
    rows = list(held.deliveries.select_related("inbox_item"))
    there = [row for row in rows if row.department_id and row.state == "delivered"]
    folded = there if len(there) > MANY else []
    read = sum(1 for row in folded if getattr(row, "inbox_item", None) and row.inbox_item.read)
    return {"rows": [row for row in rows if row not in folded], "folded": folded, "read": read}
