"""The worker's duty: views that are due come to whoever asked for them, reckoned in the receiver's own scope."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from wushang.analyse.cube import Asked, reckon
from wushang.analyse.cube.shown import months_said, written
from wushang.analyse.data_day import data_day
from wushang.analyse.kept.asking import pairs, question
from wushang.analyse.measures import measures
from wushang.analyse.models import SavedView, SentView, Subscription
from wushang.people.access import scope_of
from wushang.people.lease import held, renew
from wushang.people.scope import Scope
from wushang.pool import reading, snapshot
from wushang.terms.period import month_of
from wushang.terms.problem import Refused

VERB = "analyse.see"


def send_views(at: datetime) -> int:
    """Once a week or month each; how many came. A first one comes at the next turn and not at once."""
    today = timezone.localdate(at)
    if not _due(today) or snapshot.current() is None:
        return 0
    with held("analyse.views", at) as mine:
        return sum(_send(one, today, at) for one in _due(today)) if mine else 0


def turn(every: str, day: date) -> date:
    """The Monday of the week, the first of the month."""
    return month_of(day) if every == "month" else day - timedelta(days=day.weekday())


def _due(today: date) -> list[Subscription]:
    found = []
    for every in ("week", "month"):
        came = SentView.objects.filter(view=OuterRef("view"), user=OuterRef("user"), on__gte=turn(every, today))
        rows = Subscription.objects.filter(~Exists(came), every=every, view__dropped=None, user__is_active=True)
        found += list(rows.select_related("view", "user"))
    return found


def _send(one: Subscription, today: date, at: datetime) -> int:
    """1 where it came: a receiver who may not open the view any more gets nothing."""
    renew()
    scope = scope_of(one.user, today)
    if not scope.may(VERB) or not SavedView.open_to(one.user).filter(pk=one.view_id).exists():
        return 0
    try:
        asked, commit, said = answer(one.view, scope, today)
    except Refused as refused:
        asked, commit, said = None, 0, f"{refused.problem.why}{refused.problem.remedy}"
    kept = {"question": pairs(asked) if asked else one.view.question, "commit": commit, "said": said[:300], "at": at}
    return int(SentView.objects.get_or_create(view=one.view, user=one.user, on=turn(one.every, today), defaults=kept)[1])


def answer(view: SavedView, scope: Scope, today: date) -> tuple[Asked, int, str]:
    """The question, the version of the data, and the totals in words, all in this scope."""
    pool = reading.open(scope, verb=VERB)
    asked = question(view, min(today, data_day(pool) or today))
    cube = reckon(pool, asked)
    told = (_("%(title)s %(value)s %(unit)s") % {"title": measures()[code].title, "value": written(cube.figure(code).value, measures()[code]),
                                                 "unit": measures()[code].unit} for code in asked.measures)  # fmt: skip
    return asked, cube.commit, f"{months_said(asked)}：{'；'.join(told)}。"
