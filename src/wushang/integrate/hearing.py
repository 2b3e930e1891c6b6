"""The worker's part: an injury takes what is linked to it to say for the fields that its reports leave to it, as one more
Commit; when a link is released, or its row has changed, the injury is reckoned anew."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from wushang.integrate import injuries
from wushang.integrate.models import Link
from wushang.integrate.telling import MODELS
from wushang.people.actor import Actor
from wushang.people.lease import held
from wushang.people.models import one_at_a_time
from wushang.pool import landing
from wushang.pool.models.clock import latest

MOST = 5_000  # links of one commit


def hear_waiting(at: datetime) -> int:
    """Reckon the injuries anew whose links are new, released or of a changed row; returns how many links were settled."""
    if not _untold()[:1]:
        return 0
    with held("integrate.hearing", at) as mine:
        return _hear(at) if mine else 0


def _untold() -> list[Link]:
    """Links that their injury has not heard of, and those that it still believes though they are none any more."""
    waiting = Q(state=Link.LINKED, told=False) | Q(state__in=(Link.RELEASED, Link.OPEN), told=True)
    return list(Link.objects.filter(waiting, what__in=MODELS).order_by("pk")[:MOST])


def _hear(at: datetime) -> int:
    links, seen = _untold(), latest()
    commit = landing.start("derive", _("采用关联报告的内容"), Actor.system(), at)
    try:
        touched = injuries.derive_changed(commit, {link.injury_id for link in links})
        with transaction.atomic():
            one_at_a_time("publish")
            quiet = latest() == seen  # else a row may have changed after it was read here: the next round hears it again
            if touched:
                landing.publish(commit, at, touched)
            if quiet:
                _settle(links)
    except landing.Overtaken:  # a landing that is under way has claimed one of these injuries: the next round, then
        landing.abandon(commit)
        return 0
    except BaseException:
        landing.abandon(commit)
        raise
    if not touched:
        landing.abandon(commit)
    return len(links) if quiet else 0


def _settle(links: list[Link]) -> None:
    """As they were when they were heard, whatever they have become meanwhile: what has changed since then waits again."""
    for told in (True, False):
        ids = [link.pk for link in links if (link.state == Link.LINKED) == told]
        Link.objects.filter(pk__in=ids).update(told=told)
