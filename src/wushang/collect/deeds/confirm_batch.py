"""确认入库: the checked table is handed on to be landed. Before this nothing is counted and nothing is sent."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from wushang.collect.deeds.check_batch import refresh_difference
from wushang.collect.models import Batch
from wushang.collect.place import place_of
from wushang.people.deed import Deed, Place, refuse

MANY_GONE = 0.2  # of what was known: more than a fifth gone asks for a word


@dataclass
class ConfirmBatch(Deed):
    batch: Batch
    reason: str = ""

    verb = "collect.confirm"
    title = _("确认入库")

    def where(self) -> tuple[Place, ...]:
        return place_of(self.batch)

    def check(self) -> None:
        if self.batch.state != Batch.CHECKED:
            why = _g("这一批现在是“%(state)s”，不能确认入库。") % {"state": self.batch.get_state_display()}
            raise refuse("state", why, _("请刷新页面，看它到了哪一步。"))
        refresh_difference(self.batch)
        doubts = asks_why(self.batch)
        if doubts and len(self.reason.strip()) < 2:
            raise refuse("reason", "；".join(doubts), _("请写明原因后再确认入库，或撤回本批。"))

    def act(self) -> Batch:
        batch = self.batch
        moved = Batch.objects.filter(pk=batch.pk, state=Batch.CHECKED).update(
            state=Batch.CONFIRMED, confirmed=self.at, confirmed_by=self.actor.name, reason=self.reason.strip()[:500],
            difference=batch.difference, known=batch.known,
        )  # fmt: skip
        if not moved:
            raise refuse("state", _("这一批刚被别人处理了。"), _("请刷新页面。"))
        batch.refresh_from_db()
        return batch

    def subject(self) -> str:
        return f"batch:{self.batch.pk}"

    def said(self) -> dict:
        return {"accepted": self.batch.taken, "difference": self.batch.difference, "reason": self.reason}


def asks_why(batch: Batch) -> list[str]:
    """What a person must explain before this delivery counts."""
    doubts = _footers(batch)
    gone = batch.difference.get("gone", 0)
    known = gone + batch.difference.get("same", 0) + batch.difference.get("changed", 0)
    if gone and gone > MANY_GONE * known:
        doubts.append(_g("上次有的 %(known)s 行，这次少了 %(gone)s 行") % {"known": known, "gone": gone})
    if later := _later(batch):
        said = {"number": later.number, "title": later.title}
        doubts.append(_g("比它晚的报送（%(title)s，批次号 %(number)s）已经入库，再入库会用旧的盖过新的") % said)
    return doubts


def _footers(batch: Batch) -> list[str]:
    """One sentence for each footer line that its rows do not add up to."""
    wrong = [footer for footer in batch.footers if footer["equal"] is False]
    by_row = {footer["row"]: [f for f in wrong if f["row"] == footer["row"]] for footer in wrong}
    one = _g("第 %(row)s 行“%(label)s”的%(column)s是 %(said)s，各行相加是 %(ours)s")
    more = _g("等 %(n)s 列不符")
    return [one % some[0] + (more % {"n": len(some)} if len(some) > 1 else "") for some in by_row.values()]


def _later(batch: Batch) -> Batch | None:
    """A delivery of the same table and sender that has landed and is newer than this one."""
    others = Batch.objects.filter(
        version__source=batch.source, sender=batch.sender, state=Batch.LANDED, difference__isnull=False
    ).exclude(pk=batch.pk)
    if batch.end is None:
        return others.filter(received__gt=batch.received).first()
    same_period = others.filter(received__gt=batch.received, start__lte=batch.end, end__gte=batch.start)
    if batch.version.loaded().delivers == "whole_period":
        return same_period.first()
    return others.filter(start__gt=batch.end).first() or same_period.first()
