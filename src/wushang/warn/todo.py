"""待办 of warnings: each state waits for whoever has the verb of its next step; what a handler started waits for others."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.people.actor import Actor
from wushang.people.models import Region
from wushang.people.todo import Todo
from wushang.pool.models import EnterpriseVersion
from wushang.warn import issuing, noting, offered, shown, signing, states, units, unread
from wushang.warn.models import Correction, Letter, Warning

# state → the verb of the next step, what it is called, its stage
NEXT: dict[str, tuple[str, Any, Any]] = {
    "drafted": ("warn.draft", gettext_lazy("起草"), gettext_lazy("起草")),
    "submitted": ("warn.review", gettext_lazy("审核"), gettext_lazy("审核")),
    "signed": ("warn.issue", gettext_lazy("发出"), gettext_lazy("签发")),
    "issued": ("warn.deliver", gettext_lazy("登记送达"), gettext_lazy("送达")),
}
SIGNATURES = {"countersign": "warn.review", "sign": "warn.sign"}


def items(actor: Actor, today: date) -> list[Todo]:
    """Warnings that wait for the actor, and those of the actor that wait for somebody else."""
    towns = dict(Region.objects.values_list("code", "name"))
    mine = {row.pk: (row, op, stage) for row, op, stage in _waiting(actor)}
    found = [_todo(row, _what(row, op), op, stage, towns) for row, op, stage in mine.values()]
    found += [_proposed(row, towns) for row in _proposals(actor)]
    found += [*_further(actor, towns), *_corrections(actor, towns), *unread.rows(actor)]
    return found + [_started(row, towns) for row in _handled(actor) if row.pk not in mine]


def _rows(actor: Actor, verb: str = "warn.see") -> Any:
    """Warnings in the scope, with their letters and signatures read at once."""
    return shown.warnings(actor.scope, verb).prefetch_related("letters__bureau", "steps", "merged_from__letters")


def _waiting(actor: Actor) -> Iterator[tuple[Any, Any, Any]]:
    for state, (verb, op, stage) in NEXT.items():
        if actor.scope.may(verb):
            rows = _rows(actor, verb).filter(state=state)
            if state == "drafted":
                rows = rows.filter(Q(handler=None) | Q(handler=actor.user))
            if state == "submitted":
                rows = [row for row in rows if offered.may_put_name(actor, row, row.letter)]
            yield from ((row, op, stage) for row in rows if state != "signed" or row.letter.number)
    if actor.scope.may("warn.number"):
        unnumbered = (row for row in _rows(actor, "warn.number").filter(state="signed") if not row.letter.number)
        yield from ((row, gettext_lazy("编文号"), NEXT["signed"][2]) for row in unnumbered)
    if any(actor.scope.may(verb) for verb in SIGNATURES.values()):
        for row in _rows(actor).filter(state="reviewed"):
            step = signing.waits_for(row)
            covered = step in SIGNATURES and actor.scope.covers(SIGNATURES[step], row.region, "", row.enterprise_id)
            if covered and offered.may_put_name(actor, row, row.letter):
                yield row, signing.TITLES[step], signing.TITLES[step]


def _proposals(actor: Actor) -> Any:
    """A withdrawal was proposed because the facts changed; somebody decides."""
    if not actor.scope.may("warn.withdraw"):
        return []
    return _rows(actor, "warn.withdraw").exclude(withdrawal_proposed=None).filter(ended=None)


def _further(actor: Actor, towns: dict[str, str]) -> Iterator[Todo]:
    """另发文书 on their way (撤销通知, 挂牌督办通知书): for whoever takes the next step."""
    open_ = Letter.objects.filter(state__in=states.BEFORE_ISSUE, warning__enterprise__in=units.visible(actor.scope, "warn.see"))
    for letter in open_.select_related("warning__handler", "bureau").prefetch_related("steps").order_by("due", "pk"):
        held, now = letter.warning, units.version_of(letter.warning.enterprise_id)
        act = offered.offer(held, actor, letter).primary
        if act is not None and now is not None:
            url = reverse("warn:further", args=[held.pk, letter.pk])
            yield Todo(
                letter.due, f"{act.title}：{letter.title}", now.name, url, letter.state_title, act.title, url, level=held.level,
                town=towns.get(now.region, ""), before=_before(letter), holder=held.handler.name if held.handler else "",
            )  # fmt: skip


def _handled(actor: Actor) -> Any:
    """What the actor handles and that waits for another: for a signature, or for the unit."""
    if actor.user is None:
        return []
    mine = _rows(actor).filter(handler=actor.user, ended=None, state__in=("submitted", "reviewed", "delivered"))
    return shown.taken_over(mine).filter(Q(later_state=None) | Q(later_state=""))


NOTE_VERBS = {"draft": "warn.draft", "review": "warn.review", "countersign": "warn.review", "sign": "warn.sign", "issue": "warn.issue"}
NOTE_OPS = {"draft": gettext_lazy("起草"), **signing.TITLES, "issue": gettext_lazy("发出")}


def _corrections(actor: Actor, towns: dict[str, str]) -> Iterator[Todo]:
    """数据订正 that nobody has settled: for whoever takes the next step of its 更正说明."""
    if not any(actor.scope.may(verb) for verb in NOTE_VERBS.values()):
        return
    rows = Correction.objects.filter(state="pending", enterprise__in=units.visible(actor.scope, "warn.see"))
    held = list(rows.prefetch_related("steps").order_by("pk"))
    places = {version.enterprise_id: version for version in EnterpriseVersion.objects.current().filter(enterprise__in={r.enterprise_id for r in held})}
    for row in held:
        step, unit = noting.waits_for(row), places.get(row.enterprise_id)
        if step not in ("draft", "issue") and actor.user and not issuing.of_house(actor.user, noting.bureau(row)):
            continue
        if unit and step and actor.scope.covers(NOTE_VERBS[step], unit.region, unit.industry, row.enterprise_id):
            url, day = noting.page_of(row), timezone.localdate(row.found)
            yield Todo(
                None, _("更正说明：%(cause)s") % {"cause": row.cause_title}, unit.name, url, _("数据订正"), NOTE_OPS[step], url,
                town=towns.get(unit.region, ""), before=_("平台 %(m)d月%(d)d日") % {"m": day.month, "d": day.day},
            )  # fmt: skip


def _what(row: Any, op: Any) -> str:
    letter = row.letter
    said = f"{op}{letter.title}" if letter else _("%(op)s%(level)s文书") % {"op": op, "level": row.rank_level.zh}
    return said + _stands_open(row)


def _stands_open(row: Any) -> str:
    """What a clerk should know before going on: the piece took a signed one over; it may be withdrawn."""
    older = next(iter(row.merged_from.all()), None)
    marks = [_("由%(piece)s升级") % {"piece": _piece(older)}] if older else []
    marks += [_("已提出撤回，等科长决定")] if row.withdrawal_proposed else []
    return _("（%(marks)s）") % {"marks": "；".join(marks)} if marks else ""


def _piece(older: Any) -> str:
    """A piece as the office calls it: its letter's number, or its level where no number was given yet."""
    letter = older.letter
    return letter.number if letter and letter.number else older.rank_level.zh


def _before(row: Any) -> str:
    """上一手: the last signature, or the finding."""
    step = next((step for step in reversed(row.steps.all()) if step.live), None)
    name, at = (step.name, step.at) if step else _begun(row)
    day = timezone.localdate(at)
    return _("%(name)s %(m)d月%(d)d日") % {"name": name, "m": day.month, "d": day.day}


def _begun(row: Any) -> tuple[str, Any]:
    """A warning begins with the finding, a 另发文书 with whoever handles the warning."""
    if isinstance(row, Letter):
        return (row.warning.handler.name if row.warning.handler else _("平台")), row.created
    return _("研判"), row.opened


def _todo(row: Warning, what: str, op: Any, stage: Any, towns: dict[str, str], tab: Any = "mine") -> Todo:
    named: Any = row
    url = reverse("warn:warning", args=[row.pk])
    return Todo(
        due=row.due, what=what, name=named.name or "", url=url, stage=stage, op=op, op_url=url, level=row.level,
        town=towns.get(named.region or "", ""), before=_before(row), holder=row.handler.name if row.handler else "", tab=tab,
    )  # fmt: skip


def _proposed(row: Warning, towns: dict[str, str]) -> Todo:
    what = _("核对：建议撤销（数据有变）") if row.delivered else _("核对：建议撤回（数据有变）")
    return _todo(row, what, _("核对"), row.state_title, towns)


def _started(row: Warning, towns: dict[str, str]) -> Todo:
    waits = _("等单位签收") if row.state == "delivered" else _("等%(step)s") % {"step": shown.next_step(row)}
    return _todo(row, waits + _stands_open(row), _("查看"), row.state_title, towns, "started")
