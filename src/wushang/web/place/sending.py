"""设置・发送额度: what is set for each channel, what went by it today and this month, and what was held back, with why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from wushang.people.scope import Scope
from wushang.terms.period import Period
from wushang.warn import channels, hours, units
from wushang.warn.models import Delivery, StartDay
from wushang.warn.outbox import BACK_OFF, BY_HAND

ONE, EACH = 70, 67  # characters of a short message in Chinese; of each part of a longer one, as carriers bill it
TAKES = {"sms_http": lambda: settings.WUSHANG_SMS_URL, "smtp": lambda: settings.EMAIL_HOST}  # without this a channel is not connected


def set_up() -> list[dict[str, Any]]:
    """Each channel: whether it leaves the house, is connected, and from which day on it sends."""
    days = {row.name: row.day for row in StartDay.objects.all()}
    return [
        {"name": name, "title": channels.channel(name).title, "outside": channels.channel(name).outside,
         "connected": bool(TAKES[name]()) if name in TAKES else None, "day": days.get(f"channel:{name}")}
        for name in channels.names()
    ]  # fmt: skip


def messages(scope: Scope) -> QuerySet[Delivery]:
    """What was, or is to be, told about units in the scope; codes for their telephones are among them, for they cost as much."""
    seen = units.visible(scope, "warn.outbox")
    return Delivery.objects.filter(Q(enterprise__in=seen) | Q(warning__enterprise__in=seen) | Q(push__enterprise__in=seen))


def used(rows: QuerySet[Delivery], days: Period) -> list[dict[str, Any]]:
    """By channel, of the messages made in these days: how each ended; and what a short-message gateway bills."""
    rows = _made(rows, days)
    titles = {name: channels.channel(name).title for name in channels.names()}
    gone = Q(state__in=("sent", "delivered"))
    counts = rows.order_by().values("channel").annotate(
        made=Count("pk"), sent=Count("pk", filter=gone & (Q(mode="live") | ~Q(channel__in=channels.outside()))),
        practice=Count("pk", filter=gone & ~Q(mode="live") & Q(channel__in=channels.outside())), waiting=Count("pk", filter=Q(state__in=("waiting", "claimed"))),
        failed=Count("pk", filter=Q(state="failed")), withheld=Count("pk", filter=Q(state="withheld")),
    )  # fmt: skip
    told = {row["channel"]: row for row in counts}
    return [{"title": title, **told[name], "parts": _parts(rows, name)} for name, title in titles.items() if name in told]


def _made(rows: QuerySet[Delivery], days: Period) -> QuerySet[Delivery]:
    begin, end = (timezone.make_aware(datetime.combine(day, time())) for day in (days.start, days.end + timedelta(days=1)))
    return rows.filter(created__gte=begin, created__lt=end)


def _parts(rows: QuerySet[Delivery], channel: str) -> int | None:
    """Billed parts of the short messages that went, in practice too; None of other channels."""
    if channel != "sms_http":
        return None
    went = rows.filter(channel=channel, state__in=("sent", "delivered"))
    return sum(parts(f"{row.text} {row.link}".strip()) for row in went.only("text", "link").iterator())


def parts(text: str) -> int:
    """How many parts a text is billed as: up to 70 characters one, longer ones 67 each."""
    return 1 if len(text) <= ONE else -(-len(text) // EACH)


def held_back(rows: QuerySet[Delivery], days: Period) -> list[tuple[str, int]]:
    """Why messages of these days did not go: reasons of people and of the platform, the most frequent first."""
    stopped = _made(rows, days).filter(state__in=("withheld", "failed")).exclude(channel=BY_HAND)
    return _reasons(stopped.values_list("state", "error", "push__reason"))


def _reasons(rows: Iterable[tuple[str, str, str | None]]) -> list[tuple[str, int]]:
    said = {"withheld": _("撤回"), "failed": _("没有送到")}
    found = Counter(_("%(how)s：%(why)s") % {"how": said[state], "why": error or push or _("没有写理由")} for state, error, push in rows)
    return found.most_common(20)


def rules(at: datetime) -> dict[str, Any]:
    """What holds for all channels alike."""
    return {
        "hold": settings.WUSHANG_PUSH_HOLD_MINUTES, "tries": len(BACK_OFF) + 1, "span": hours.said(at),
        "hours": round(sum(one.total_seconds() for one in BACK_OFF) / 3600),
    }  # fmt: skip


def by_hand(rows: QuerySet[Delivery]) -> int:
    """What waits for a person, because no channel reaches the unit."""
    return rows.filter(channel=BY_HAND, state="waiting").count()
