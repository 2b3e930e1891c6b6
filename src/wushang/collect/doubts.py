"""What a person must explain before a delivery counts: it may be an old file, a wrong one, or half of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl
from django.conf import settings
from django.utils.translation import gettext as _

from wushang.collect import shelf
from wushang.collect.models import Batch
from wushang.collect.shown.numbers import unequal
from wushang.pool.models import Report

LOOKED_AT = 2_000  # changed rows


def asks_why(batch: Batch, today: date) -> list[str]:
    """What a person must explain before this delivery counts."""
    doubts = _footers(batch)
    if batch.start and batch.start > today:
        doubts.append(_("所属期 %(period)s 还没有到") % {"period": batch.title})
    gone = batch.difference.get("gone", 0)
    known = gone + batch.difference.get("same", 0) + batch.difference.get("changed", 0)
    if gone and gone * 100 > settings.WUSHANG_DOUBT_GONE * known:
        doubts.append(_("上次有的 %(known)s 行，这次少了 %(gone)s 行") % {"known": known, "gone": gone})
    if lost := emptied(batch):
        doubts.append(_("有 %(n)s 行把已有的内容改成了空白（如第 %(row)s 行的“%(title)s”），像是较早的表") % vars(lost))
    if later := _later(batch):
        said = {"number": later.number, "title": later.title}
        doubts.append(_("比它晚的报送（%(title)s，批次号 %(number)s）已经入库，再入库会用旧的盖过新的") % said)
    return doubts


def _footers(batch: Batch) -> list[str]:
    """One sentence for each footer line that its rows do not add up to."""
    wrong = [footer for footer in batch.footers if footer["equal"] is False]
    by_row = {footer["row"]: [f for f in wrong if f["row"] == footer["row"]] for footer in wrong}
    more = _("等 %(n)s 列不符")
    return [unequal(some[0]) + (more % {"n": len(some)} if len(some) > 1 else "") for some in by_row.values()]


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


@dataclass(frozen=True)
class Emptied:
    """How many rows say nothing where something was known; one of them, and what it no longer says."""

    n: int
    row: int
    title: str


def emptied(batch: Batch) -> Emptied | None:
    """An older file brought again takes decisions back to nothing. Told of injury reports, where that does harm."""
    source, lines = batch.version.loaded(), shelf.kept_difference(batch.path)
    if source.lands != "Report" or lines is None:
        return None
    changed = lines.filter(pl.col("change") == "changed").select("key", "old").head(LOOKED_AT).collect()
    before = dict(Report.objects.filter(pk__in=changed["old"].to_list()).values_list("key", "values"))
    if not before:
        return None
    rows = shelf.table(batch.path).filter(pl.col("key").is_in(list(before))).collect()
    lost = [(row["row"], name) for row in rows.rows(named=True) if (name := _lost(before[row["key"]], row))]
    if len(lost) * 100 <= settings.WUSHANG_DOUBT_EMPTIED * changed.height:
        return None
    titles = batch.header["titles"]
    return Emptied(len(lost), lost[0][0], titles.get(lost[0][1], source.columns[lost[0][1]].titles[0]))


def _lost(before: dict, now: dict) -> str:
    """The first field that was known and is empty now."""
    return next((name for name, value in now.items() if value is None and before.get(name) not in (None, "")), "")
