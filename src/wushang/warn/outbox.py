"""The outbox worker: claims waiting deliveries by compare-and-set with a lease, sends, retries with back-off.

Killed at any instant it loses nothing: a claimed row whose lease ran out waits again, with the same key.
"""

from __future__ import annotations

import logging
import uuid
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Case, DateTimeField, F, Q, QuerySet, Value, When
from django.utils.translation import gettext as _

from wushang.people.lease import by_now
from wushang.warn import hours
from wushang.warn.channels import Parcel, Unsent, channel, outside
from wushang.warn.models import Delivery, Entry, PracticeMessage

log = logging.getLogger(__name__)
LEASE = timedelta(minutes=3)
BACK_OFF = tuple(timedelta(minutes=m) for m in (1, 5, 15, 60, 240))  # then given up, shown as 未送到
BY_HAND = "by_hand"


def deliver_some(at: datetime, limit: int = 50) -> int:
    """Send up to `limit` deliveries that are due; returns how many were tried."""
    release_dead(at)
    return sum(deliver_one(pk, at) for pk in due(at).values_list("pk", flat=True)[:limit])


def due(at: datetime) -> QuerySet[Delivery]:
    """What the worker has to send now. Messages to people outside leave only in 发送时段; those of practice reach nobody there.
    `since`: from when it could be sent."""
    rows = Delivery.objects.filter(state="waiting", next_attempt__lte=at).exclude(channel=BY_HAND)
    held = Q(channel__in=outside(), any_hour=False) & ~Q(mode="demo")
    rows = rows if hours.are_open(at) else rows.exclude(held)
    night = Q(next_attempt__gte=hours.closed(at), next_attempt__lt=hours.opened(at))
    opened = When(held & night, then=Value(hours.opened(at)))
    return rows.annotate(since=Case(opened, default=F("next_attempt"), output_field=DateTimeField()))


def release_dead(at: datetime) -> int:
    """Rows whose worker died wait again."""
    dead = Delivery.objects.filter(state="claimed").filter(Q(lease_until__lt=by_now(at)) | Q(lease_until=None))
    return dead.update(state="waiting", holder="", lease_until=None)


def deliver_one(pk: int, at: datetime) -> bool:
    """Claim and send one row; False when somebody else has it or it is not waiting any more."""
    holder = claim(pk, at)
    if not holder:
        return False
    delivery = Delivery.objects.select_related("warning", "department", "enterprise").get(pk=pk)
    try:
        receipt = send(delivery)
    except Unsent as unsent:
        fail(delivery, holder, unsent, at)
    except Exception as broken:  # our mistake or the channel's: told, tried less and less often, nobody else waits for it
        log.exception("delivery %s could not be sent", pk)
        fail(delivery, holder, Unsent(_("发送时出错：%(what)s") % {"what": type(broken).__name__}, again=True), at)
    else:
        succeed(delivery, holder, receipt, at)
    return True


def claim(pk: int, at: datetime) -> str:
    """Compare and set; returns the holder's token, '' when the row is no longer to be had."""
    holder = uuid.uuid4().hex
    free = Delivery.objects.filter(pk=pk, state="waiting", next_attempt__lte=at)
    taken = free.update(state="claimed", holder=holder, lease_until=by_now(at) + LEASE)
    return holder if taken else ""


def send(delivery: Delivery) -> str:
    """Through its channel, or into the practice box where the deployment sends nothing outside."""
    parcel = Parcel(
        key=str(delivery.key),
        to=delivery.address,
        recipient=delivery.recipient,
        title=delivery.title,
        text=delivery.text,
        link=delivery.link,
        delivery=delivery.pk,
    )
    carrier = channel(delivery.channel)
    if carrier.outside and delivery.mode != "live":
        return _practise(delivery, parcel)
    return carrier.send(parcel)


def _practise(delivery: Delivery, parcel: Parcel) -> str:
    message, _new = PracticeMessage.objects.get_or_create(
        delivery=delivery,
        defaults={
            "channel": delivery.channel,
            "recipient": delivery.recipient,
            "masked": delivery.masked,
            "title": parcel.title,
            "text": parcel.whole,
            "at": delivery.created,
        },
    )
    return f"practice:{message.pk}"


def succeed(delivery: Delivery, holder: str, receipt: str, at: datetime) -> None:
    state = "delivered" if delivery.channel == "inbox" else "sent"
    _held(delivery, holder).update(
        state=state, receipt=receipt, finished=at, error="", attempts=delivery.attempts + 1, lease_until=None, holder=""
    )


def fail(delivery: Delivery, holder: str, unsent: Unsent, at: datetime) -> None:
    """Wait longer each time; give up when trying again cannot help or the patience is used up."""
    tried = delivery.attempts + 1
    changed = {"attempts": tried, "error": str(unsent)[:500], "lease_until": None, "holder": ""}
    if unsent.again and tried <= len(BACK_OFF):
        _held(delivery, holder).update(state="waiting", next_attempt=at + BACK_OFF[tried - 1], **changed)
        return
    with transaction.atomic():
        given_up = _held(delivery, holder).update(state="failed", finished=at, **changed)
        if given_up:
            _to_a_hand(delivery, at)
        if given_up and delivery.warning:
            said = f"{channel(delivery.channel).title}没有送到 {delivery.recipient} {delivery.masked}：{unsent}"
            Entry.objects.create(warning=delivery.warning, at=at, name="发送", text=said)


def _to_a_hand(delivery: Delivery, at: datetime) -> None:
    """A push or a notice that reached the unit by no channel is told by a person; a letter waits for its delivery anyway."""
    if delivery.recipient_kind != "enterprise" or delivery.purpose not in ("push", "notice"):
        return
    same = {
        "enterprise": delivery.enterprise, "warning": delivery.warning, "push": delivery.push, "purpose": delivery.purpose,
        "recipient_kind": "enterprise", "title": delivery.title, "created": delivery.created,
    }  # fmt: skip
    beside = Delivery.objects.filter(**same).exclude(channel="inbox").exclude(state="failed")
    if not beside.exists():
        Delivery.objects.create(
            channel=BY_HAND, recipient=delivery.recipient, text=delivery.text, link=delivery.link, letter=delivery.letter,
            mode=delivery.mode, next_attempt=at, **same,
        )  # fmt: skip


def _held(delivery: Delivery, holder: str):
    return Delivery.objects.filter(pk=delivery.pk, state="claimed", holder=holder)
