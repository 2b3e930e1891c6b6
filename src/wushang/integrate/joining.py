"""Two reports that made two injuries tell of one: the later is put under the other, as one more Commit; undone as one more."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from wushang.integrate import injuries
from wushang.integrate.models import Link
from wushang.integrate.undo import copy_of
from wushang.people.actor import Actor
from wushang.pool import landing
from wushang.pool.models import Commit, Report


def join_all(links: Iterable[Link], at: datetime) -> None:
    """The reports of these links under their injuries, by the platform itself."""
    for link in links:
        if Link.objects.filter(source=link.source, sender=link.sender, key=link.key, injury=link.injury_id, state=Link.LINKED).exists():
            move(link, link.injury_id, "并为一起工伤", Actor.system(), at)


def part(link: Link, actor: Actor, at: datetime) -> Commit | None:
    """The report under the injury that it had made by itself."""
    own = _reports(link).exclude(injury=link.injury_id).filter(recorded__number__isnull=False).order_by("-recorded__number").first()
    return move(link, own.injury_id, "分为两起工伤", actor, at) if own and own.injury_id else None


def move(link: Link, injury: int, title: str, actor: Actor, at: datetime) -> Commit | None:
    """The link's current report under another injury; what was linked to the injury that vanishes goes along."""
    now = _reports(link).current().exclude(injury=injury).first()
    if now is None:
        return None
    before = now.injury_id
    commit = landing.start("decision", f"{title}：{link.key}", actor, at)
    landing.claim(commit, Report, [now.pk])
    landing.load(commit, Report, [copy_of(now, injury_id=injury)])
    touched = injuries.derive(commit, {injury, before} - {None})
    landing.publish(commit, at, touched)
    if not Report.objects.current().filter(injury=before).exists():
        _take_along(before, injury)
    return commit


def _reports(link: Link):
    return Report.objects.filter(source=link.source, sender=link.sender, key=link.key)


def _take_along(before: int | None, injury: int) -> None:
    for link in Link.objects.filter(injury=before, state=Link.LINKED).exclude(what="report"):
        same = Link.objects.filter(source=link.source, sender=link.sender, key=link.key, injury=injury)
        if not same.exists():
            link.injury_id, link.told = injury, False
            link.save(update_fields=["injury", "told"])
