"""The worker's part: new reports are linked to injuries, new injuries to reports that wait. What was linked stays linked.

Under-linking is preferred: a pair is linked without a person only where it is very likely, near in time, and no other injury
comes close. What is likely but not so clear waits for a person. One audit entry a run; names and numbers stay in memory.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime
from itertools import chain, islice

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from wushang.integrate import worth
from wushang.integrate.joining import join_all
from wushang.integrate.linkage import accidents, exact, weighed
from wushang.integrate.linkage.deciding import Found, decide, is_clear
from wushang.integrate.linkage.waiting import Work, refused, waiting
from wushang.integrate.models import Link, LinkRun
from wushang.people import audit
from wushang.people.actor import Actor
from wushang.people.lease import held
from wushang.pool.models.clock import latest

LEASE = "integrate.linkage"
CHUNK = 5000


def link_waiting(at: datetime) -> int:
    """Link what came with new commits; returns how many links and proposals were written."""
    if latest() <= handled():
        return 0
    with held(LEASE, at) as mine:
        if not mine or latest() <= handled():
            return 0
        done = run(at)
        worth.reckon(timezone.localdate(at))  # what a decision on units is worth changes with the same commits
        return done


def handled() -> int:
    last = LinkRun.objects.first()
    return last.commit if last else 0


def run(at: datetime) -> int:
    work = waiting(handled(), latest())
    found = _compared(work, at)
    return _write(at, work, found, decide(found.pairs, work.rows, refused(work.rows.values()), found.clear))


def in_process() -> bool:
    """Whether the engine computes in this process's memory: only there names and numbers may be opened."""
    return settings.WUSHANG_ENGINE.startswith("duckdb")


def _compared(work: Work, at: datetime) -> Found:
    """The road by the engine: weights in memory, or keyed hashes alone."""
    if not work.rows or not work.injuries:
        return Found((), is_clear)
    return weighed.compared(work, at) if in_process() else exact.compared(work)


def _write(at: datetime, work: Work, found: Found, links: Iterator[Link]) -> int:
    """Links, the run and its one audit entry in one transaction."""
    counts = Counter({"told": len(work.rows), "injuries": work.injuries, "released": len(work.released)})
    with transaction.atomic():
        Link.objects.filter(pk__in=work.released).update(state=Link.RELEASED, released=work.until)
        stream = chain(links, accidents.found(work.since))
        while some := list(islice(stream, CHUNK)):
            for link in some:
                link.commit, link.found, link.model = work.until, at, None if link.what == "accident" else found.model
                counts["linked" if link.state == Link.LINKED else "proposed"] += 1
            _make_room(some, work.until)
            Link.objects.bulk_create(some, ignore_conflicts=True)
            join_all([link for link in some if link.what == "report" and link.state == Link.LINKED], at)
        keep_run(at, work.until, found, counts)
        audit.write(Actor.system(), at, "integrate.link", f"commit:{work.until}", dict(counts))
    return counts["linked"] + counts["proposed"]


def keep_run(at: datetime, until: int, found: Found, counts: Counter[str]) -> None:
    """The run with the road it took and the thresholds of its moment."""
    LinkRun.objects.create(
        at=at, commit=until, model=found.model, counts=dict(counts), road="weights" if in_process() else "hashes",
        accept=settings.WUSHANG_LINK_ACCEPT, review=settings.WUSHANG_LINK_REVIEW,
    )  # fmt: skip


def _make_room(links: list[Link], until: int) -> None:
    """Earlier proposals of these reports that nobody decided give way; a link once released may be made anew."""
    by_sender: dict[tuple[str, str], list[Link]] = defaultdict(list)
    for link in links:
        if link.what != "accident":
            by_sender[link.source, link.sender].append(link)
    for (source, sender), mine in by_sender.items():
        for start in range(0, len(mine), 250):
            some = {(link.key, link.injury_id): link for link in mine[start : start + 250]}
            old = Link.objects.filter(source=source, sender=sender, key__in={key for key, _injury in some}, decided_by=None)
            _give_way(list(old.filter(state__in=(Link.OPEN, Link.RELEASED))), some, until)


def _give_way(old: list[Link], new: dict[tuple[str, int], Link], until: int) -> None:
    """An injury that still believes a proposal (it was a link) must hear of it: by the new row, else by the old one, released."""
    gone = []
    for link in old:
        same = new.get((link.key, link.injury_id))
        if same:
            same.told = link.told and same.state != Link.LINKED  # a link is heard anew: its row may have changed
        elif link.state == Link.OPEN and link.told:
            Link.objects.filter(pk=link.pk).update(state=Link.RELEASED, released=until)
        if same or (link.state == Link.OPEN and not link.told):
            gone.append(link.pk)
    Link.objects.filter(pk__in=gone).delete()
