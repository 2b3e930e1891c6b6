"""待办 of deliveries: a checked one waits to be confirmed, columns and rows wait for a person, tables are owed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wushang.collect import counts
from wushang.collect.models import Batch, said
from wushang.collect.owed import MISSING, NOT_DUE, Owed, owed
from wushang.collect.place import OWN, batches_in, departments_in
from wushang.collect.ways import due as kept_ways
from wushang.people.actor import Actor
from wushang.people.todo import Todo
from wushang.terms.deadline import Length
from wushang.terms.deadline import due as ends_on
from wushang.terms.period import Period, add_months, month_end, month_of

LOOK_BACK = 2  # months whose tables are asked for on the desk; older ones stand in the calendar
BEFORE = 5  # days before the due day on which the sender's people see it
AGAIN = timedelta(days=3)  # so long after 催报 the matter lies with the department


def items(actor: Actor, today: date) -> list[Todo]:
    """Deliveries that wait for the actor; those whose confirmation is somebody else's; tables that are owed."""
    rows = [*_to_confirm(actor), *_to_map(actor), *_to_mend(actor), *_sent_back(actor)]
    return [*rows, *_to_send(actor, today), *_to_urge(actor, today), *kept_ways.items(actor, today)]


def _to_confirm(actor: Actor) -> Iterator[Todo]:
    mine = set(batches_in(actor.scope, "collect.confirm").filter(state=Batch.CHECKED).values_list("pk", flat=True))
    for batch in batches_in(actor.scope).filter(state=Batch.CHECKED):
        if batch.absent and not _takes(batch):  # nothing to confirm: it lies with its sender, or waits to be sent back
            if not counts.of(batch).get("open"):
                yield _todo(batch, _("等%(s)s补上“%(t)s”") % {"s": batch.sender.short_name, "t": "、".join(batch.absent.values())}, _("查看"), _("已退回"), "passed")
        elif not batch.version.loaded().lands:
            continue  # such a table is only checked: nothing to confirm
        elif batch.pk in mine:
            yield _todo(batch, _("确认入库 %(n)d 行") % {"n": batch.rows}, _("确认"), _("待确认"))
        elif batch.received_by == actor.name:
            yield _todo(batch, _("等确认入库"), _("查看"), _("待确认"), "started")


def _takes(batch: Batch) -> int:
    """How many of its rows would be taken in now."""
    return batch.taken + sum(counts.of(batch).get(state, 0) for state in counts.SETTLED)


def _to_map(actor: Actor) -> Iterator[Todo]:
    for batch in batches_in(actor.scope, "collect.map").filter(state=Batch.UNMAPPED):
        yield _todo(batch, _("对应列：%(f)s") % {"f": batch.file_name}, _("对应"), _("待对应列"))


def _to_mend(actor: Actor) -> Iterator[Todo]:
    rows = batches_in(actor.scope, "collect.mend").filter(state__in=(Batch.CHECKED, Batch.LANDED))
    waiting = [one for one in rows.filter(counts.some("open")) if counts.of(one).get("open")]
    if old := [batch for batch in waiting if batch.historical]:
        yield _history(old)
    for batch in (one for one in waiting if not one.historical):
        words = {"title": batch.version.loaded().title, "n": batch.counts["open"]}
        yield _todo(batch, _("订正%(title)s %(n)d 行") % words, _("订正"), _("待订正"), within=settings.WUSHANG_MEND_DAYS)


def _sent_back(actor: Actor) -> Iterator[Todo]:
    """Rows that came back to a sender: hers to look at, by the form or by the 订正表."""
    if not any(OWN in grant.verbs for grant in actor.scope.for_verb("collect.mend")):
        return
    rows = batches_in(actor.scope, "collect.mend").filter(state__in=(Batch.CHECKED, Batch.LANDED), historical=False)
    for batch in rows.filter(counts__returned__gt=0):
        words = {"title": batch.version.loaded().title, "n": batch.counts["returned"]}
        yield _todo(batch, _("核对退回的%(title)s %(n)d 行") % words, _("改正"), _("已退回"), within=settings.WUSHANG_MEND_DAYS)


def _history(old: list[Batch]) -> Todo:
    """All imported history in one row without a clock: nothing is sent from it."""
    number = sum(batch.counts["open"] for batch in old)
    what = _("订正历史数据 %(n)d 行，%(files)d 份报送") % {"n": number, "files": len(old)}
    url = reverse("collect:waiting")
    return Todo(None, what, _("历史数据"), url, _("待订正"), _("订正"), url)


def _to_send(actor: Actor, today: date) -> Iterator[Todo]:
    """What the actor's own department owes now, urged or not."""
    department = actor.user.department_id if actor.user else None
    if department is None or not departments_in(actor.scope).filter(pk=department).exists():
        return
    for one in _owed(actor, today, "collect.upload", [department]):
        if one.state in (MISSING, NOT_DUE) and one.due and one.due <= today + timedelta(days=BEFORE):
            stage = _("催报 %(n)d 次") % {"n": len(one.urges)} if one.urges else _("应报")
            before = _("%(who)s 催报 %(d)s") % _urged(one) if one.urges else ""
            yield _table(one, _("报送%(t)s %(m)s"), stage, _("上传"), reverse("collect:batches"), before)


def _to_urge(actor: Actor, today: date) -> Iterator[Todo]:
    """Late tables of the others: to be urged, or urged lately and now in their hands."""
    own = actor.user.department_id if actor.user else None
    for one in _owed(actor, today, "collect.urge"):
        if one.state == MISSING and one.sender.pk != own:
            lately = bool(one.urges) and one.urges[0].at + AGAIN > timezone.now()
            url = reverse("collect:calendar") + f"?month={one.month:%Y-%m}#detail"
            words = (_("已催%(t)s %(m)s"), _("已催报"), _("查看")) if lately else (_("催报%(t)s %(m)s"), _("未报"), _("催报"))
            before = _("%(who)s 催报 %(d)s") % _urged(one) if one.urges else ""
            yield _table(one, *words, url, before, "passed" if lately else "mine")


def _owed(actor: Actor, today: date, verb: str, departments: list[int] | None = None) -> list[Owed]:
    if not actor.scope.may(verb) or not actor.scope.may("collect.see"):
        return []
    last = add_months(month_of(today), -1)
    return owed(actor.scope, Period(add_months(last, 1 - LOOK_BACK), month_end(last)), today, departments)


def _urged(one: Owed) -> dict[str, str]:
    day = timezone.localdate(one.urges[0].at)
    return {"who": one.urges[0].by, "d": _("%(m)d月%(d)d日") % {"m": day.month, "d": day.day}}


def _table(one: Owed, what: str, stage: str, op: str, url: str, before: str, tab: str = "mine") -> Todo:
    words = {"t": one.source.title, "m": said(Period(one.month, month_end(one.month)))}
    return Todo(
        due=one.due, what=what % words, name=one.sender.short_name, url=url, stage=stage, op=op, op_url=url,
        before=before, holder=one.sender.short_name if tab == "passed" else "", tab=tab,  # type: ignore[arg-type]
    )  # fmt: skip


def _todo(batch: Batch, what: str, op: str, stage: str, tab: str = "mine", within: int = 0) -> Todo:
    came: Any = timezone.localdate(batch.received)
    url = reverse("collect:batch", args=[batch.pk])
    before = _("%(who)s 上传 %(m)d月%(d)d日") % {"who": batch.received_by, "m": came.month, "d": came.day}
    return Todo(
        due=ends_on(came, Length(within or settings.WUSHANG_CONFIRM_DAYS, "working_days")), what=what, name=_("报送：%(title)s") % {"title": batch.title}, url=url, stage=stage,
        op=op, op_url=url, before=before, tab=tab,  # type: ignore[arg-type]
    )  # fmt: skip
