"""The same request twice is one delivery: Idempotency-Key, one key, one body."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from wushang.collect.models import Batch, Request
from wushang.collect.ways.arriving import Bringer, Brought, receive
from wushang.people.deed import refuse

LONGEST_KEY = 200


@dataclass(frozen=True)
class Asked:
    """Who asked, under which key ("" for none), for what."""

    owner: str
    key: str
    digest: str


def digest_of(what: Brought, body: bytes) -> str:
    """SHA-256 of everything that makes a request the same request."""
    said = f"{what.source}|{what.sender.code}|{what.period}|{what.historical}|".encode()
    return hashlib.sha256(said + body).hexdigest()


def receive_once(bringer: Bringer, at: datetime, what: Brought, asked: Asked) -> tuple[Batch, bool]:
    """The delivery of this request; true where it was there before. Another body under the same key is refused (409)."""
    if not asked.key:
        return receive(bringer, at, what)
    if len(asked.key) > LONGEST_KEY or not asked.key.isprintable():
        why = _("Idempotency-Key 应是不超过 200 个可见字符。")
        raise refuse("key", why, _("可以用随机 UUID。"), "Idempotency-Key", asked.key[:80])
    with transaction.atomic():
        row, new = Request.objects.get_or_create(
            owner=asked.owner, key=asked.key, defaults={"body": asked.digest, "at": at}
        )
        if row.body != asked.digest:
            why = _("这个 Idempotency-Key 已经用在内容不同的请求上。")
            raise refuse("key_used", why, _("内容变了就换一个键。"), "Idempotency-Key", asked.key[:80])
        if row.batch:
            return row.batch, True
        row.batch, again = receive(bringer, at, what)
        row.save(update_fields=["batch"])
    return row.batch, again
