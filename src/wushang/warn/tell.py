"""Put messages into the outbox: inside the deed's own transaction, to a unit or to a telephone; never personal data in it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone

from wushang.people.crypto import mask_phone
from wushang.people.models import Department
from wushang.pool import contacts
from wushang.pool.models import Contact, Enterprise
from wushang.warn import judged
from wushang.warn.models import Delivery, StartDay, Warning
from wushang.warn.outbox import BY_HAND, deliver_one


def put(at: datetime, *, not_before: datetime | None = None, **what: Any) -> Delivery:
    """One row of the outbox. `what` names the recipient, the channel and the words."""
    what.setdefault("any_hour", _urgent(what.get("warning")))
    return Delivery.objects.create(mode=settings.WUSHANG_MODE, created=at, next_attempt=not_before or at, **what)


def _urgent(warning: Warning | None) -> bool:
    """Whether the rule behind it says that its messages wait for no hour."""
    rules = judged.rules_of(warning.finding) if warning else None
    return bool(rules and rules.urgent)


def department(at: datetime, unit: Department, **what: Any) -> Delivery:
    """To a department's or a township's in-app inbox."""
    kind = "township" if unit.kind == "township" else "department"
    return put(at, recipient_kind=kind, recipient=unit.name, department=unit, channel="inbox", **what)


def enterprise(at: datetime, to: Enterprise, name: str, **what: Any) -> list[Delivery]:
    """To an enterprise: telephone and mail of its `readers`, and 我的函件 on its telephone's pages where it can open them. Where
    nothing of this reaches anybody, a row for a person to do by hand."""
    common = {"recipient_kind": "enterprise", "recipient": name, "enterprise": to, **what}
    rows = [put(at, **way, **common) for way in _ways(readers(to, what["purpose"]), at)]
    if not rows:
        rows.append(by_hand(at, **common))
    if may_come_in(to):
        rows.append(put(at, channel="inbox", **common))
    return rows


def readers(to: Enterprise, purpose: str) -> list[Contact]:
    """Who is told: an injury (三推送) the head (主要负责人), else the handler (经办人); a letter and what follows it both, for one
    answers for it and the other does it. Of each role the one verified last."""
    held = contacts.usable(contacts.of([to.pk])[to.pk])
    first = list({one.role: one for one in reversed(held)}.values())
    first.sort(key=held.index)
    return first[:1] if purpose == "push" else first


def _ways(to: list[Contact], at: datetime) -> list[dict[str, Any]]:
    """Channel and address of each telephone and mail box, each once; a landline takes no short message."""
    numbers = dict.fromkeys(one.phone for one in to if contacts.is_mobile(one.phone) and in_force("sms_http", at))
    boxes = dict.fromkeys(one.email for one in to if one.email and in_force("smtp", at))
    return [
        *({"channel": "sms_http", "address": number, "masked": mask_phone(number)} for number in numbers),
        *({"channel": "smtp", "address": box, "masked": mask_mail(box)} for box in boxes),
    ]


def by_hand(at: datetime, **what: Any) -> Delivery:
    """A person calls, goes or hands it over; what was to be told before by the same words need not be any more."""
    if what["purpose"] == "notice":
        earlier = Delivery.objects.filter(channel=BY_HAND, state="waiting", purpose="notice", title=what["title"])
        earlier.filter(enterprise=what["enterprise"], warning=what.get("warning")).update(state="withheld", finished=at)
    return put(at, channel=BY_HAND, **what)


def may_come_in(to: Enterprise) -> bool:
    """Whether the unit can read what lies in its inbox: a letter that leads in was issued, and a telephone proves it."""
    held = contacts.usable(contacts.of([to.pk])[to.pk])
    return any(one.phone for one in held) and Warning.objects.filter(enterprise=to).exclude(issued=None).exists()


def again(rows: Any, at: datetime, **words: Any) -> list[Delivery]:
    """The same recipients by the same channels, with other words: a message that must overtake an earlier one."""
    return [
        put(
            at, warning=row.warning, letter=row.letter, push=row.push, purpose="notice", recipient_kind=row.recipient_kind,
            recipient=row.recipient, department=row.department, enterprise=row.enterprise, channel=row.channel,
            address=row.address, masked=row.masked, **words,
        )
        for row in rows.filter(state__in=("sent", "delivered")).exclude(channel=BY_HAND).exclude(purpose="notice")
    ]  # fmt: skip


def reachable(to: Enterprise) -> Contact | None:
    """The contact to use, of the unit or of one merged into it: valid numbers only, the head before the handler, the
    freshest verified first."""
    return next(iter(contacts.usable(contacts.of([to.pk])[to.pk])), None)


def phone(
    number: str, text: str, at: datetime, *, of: int, recipient: str, title: str, purpose: str = "code"
) -> Delivery:
    """A short message to one telephone of an enterprise, tried at once (a code cannot wait); the worker goes on trying
    if it fails. Call it outside a transaction: what was sent cannot be rolled back."""
    row = put(
        at, purpose=purpose, recipient_kind="person", recipient=recipient, channel="sms_http", address=number,
        masked=mask_phone(number), title=title, text=text, enterprise_id=of, any_hour=True,
    )  # fmt: skip
    deliver_one(row.pk, at)
    row.refresh_from_db()
    return row


def in_force(channel: str, at: datetime) -> bool:
    """Whether the channel has a 启用日期 that is not later than today; practice needs none."""
    if settings.WUSHANG_MODE == "demo":
        return True
    held = StartDay.objects.filter(name=f"channel:{channel}").first()
    return held is not None and held.day <= timezone.localdate(at)


def mask_mail(address: str) -> str:
    name, _, host = address.partition("@")
    return f"{name[:1]}***@{host}"
