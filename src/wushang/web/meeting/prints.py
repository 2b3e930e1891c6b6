"""What a print keeps beside its figures, and what has changed since: 比上次通报多 3 起：补报 2、订正 1."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from wushang.analyse.models import Print
from wushang.people.scope import Scope
from wushang.pool import reckoned
from wushang.pool.reading import Pool
from wushang.terms.period import Period
from wushang.web import days
from wushang.web import figures as written
from wushang.web.meeting import events
from wushang.web.meeting.content import VERB, Content
from wushang.web.meeting.pushing import Matter
from wushang.web.meeting.reading import pool_of

PAGE = "meeting"


def area_of(scope: Scope) -> list[str]:
    """The region prefixes that a scope's meeting page covers."""
    return sorted({prefix for grant in scope.for_verb(VERB) for prefix in grant.regions})


def last_print(content: Content) -> Print | None:
    """The newest print of the same period and area, other than of this very version."""
    same = Print.objects.filter(page=PAGE, start=content.asked.period.start, end=content.asked.period.end)
    same = same.filter(commit__lt=content.pool.commit).order_by("-pk")
    return next((found for found in same if found.area == area_of(content.scope)), None)


def kept(content: Content, push: list[Matter], last: dict[str, Any] | None) -> dict[str, Any]:
    """What a print stores: the headline numbers, and what was read from the ledger on the day, so that it says the same for ever.
    `last`: 上次会议交办 as the page told it."""
    return {
        "headline": content.headline(), "today": content.today.isoformat(), "span": content.asked.span,
        "unreported": content.unreported(), "push": [vars(matter) for matter in push],
        "beneath": content.beneath, "since": since_last(content), "last_meeting": last and last | {"date": last["date"].isoformat()},
    }  # fmt: skip


def last_kept(made: Print) -> dict[str, Any] | None:
    """上次会议交办 of a print; none where it kept none."""
    last = made.figures.get("last_meeting")
    return last and last | {"date": date.fromisoformat(last["date"])}


@dataclass(frozen=True)
class Changes:
    """Events of a period between two versions: how many came late, fell away as not recognised, were corrected."""

    late: int = 0  # 补报: not known before
    gone: int = 0  # 不予认定、撤回
    corrected: int = 0  # net: dates, merges, places

    @property
    def net(self) -> int:
        return self.late - self.gone + self.corrected


def changes(scope: Scope, period: Period, before: int, now: int) -> Changes:
    """The parts add up to the difference of the two totals; compared once for all processes."""
    pools = pool_of(scope, before), pool_of(scope, now)
    hangs_on = (*(pool.key for pool in pools), period)
    return Changes(**reckoned.once("meeting.changes", hangs_on, lambda: _compared(*pools, period)) if all(hangs_on) else _compared(*pools, period))


def _compared(old_pool: Pool, new_pool: Pool, period: Period) -> dict[str, int]:
    """Event by event."""
    old, new = _injuries(old_pool, period), _injuries(new_pool, period)
    known = set(_column(old_pool, old_pool.table("injuries").select("injury"), "injury"))
    states = dict(zip(*_columns(new_pool, new_pool.table("injuries").select("injury", "status")), strict=True))
    added = [first for first in new if first not in old]
    lost = [first for first in old if first not in new]
    late = sum(1 for first in added if first not in known)
    gone = sum(1 for first in lost if states.get(first) in ("refused", "withdrawn"))
    return {"late": late, "gone": gone, "corrected": len(new) - len(old) - late + gone}


def _injuries(pool: Pool, period: Period) -> set[int]:
    """The first injury of every event of the period: stands for the event."""
    return set(_column(pool, events.within(events.events(pool), period).select("injury"), "injury"))


def _column(pool: Pool, rows: Any, name: str) -> list[Any]:
    return pool.fetch(rows)[name].to_pylist()


def _columns(pool: Pool, rows: Any) -> list[list[Any]]:
    table = pool.fetch(rows)
    return [table[name].to_pylist() for name in table.column_names]


def since_last(content: Content) -> str:
    """比上次通报（第 1,251 号，3月10日，1,200 起）多 3 起：补报 2、订正 1. Empty where it is the first of its period."""
    last = last_print(content)
    if last is None:
        return ""
    found = changes(content.scope, content.asked.period, last.commit, content.pool.commit)
    was = last.figures.get("headline", {}).get("events", 0)
    told = _("比上次通报（第 %(commit)s 号，%(day)s，%(was)s 起）") % {
        "commit": written.count(last.commit), "day": days.day_short(last.at), "was": written.count(was),
    }  # fmt: skip
    return told + _net_said(found)


def _net_said(found: Changes) -> str:
    parts = [
        _("补报 %(n)d") % {"n": found.late} if found.late else "",
        _("不予认定或撤回 %(n)d") % {"n": found.gone} if found.gone else "",
        _("订正 %(n)+d") % {"n": found.corrected} if found.corrected else "",
    ]
    why = "、".join(part for part in parts if part)
    if not found.net:
        return _("起数相同") + (f"：{why}" if why else "") + "。"
    word = _("多 %(n)d 起") if found.net > 0 else _("少 %(n)d 起")
    return word % {"n": abs(found.net)} + f"：{why}。"
