"""待发箱: what is to be told to whom by which channel; receipts; the three pushes; the in-app inbox; practice messages."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wushang.people.crypto import EncryptedTextField
from wushang.people.models import Department, User
from wushang.people.sealed_files import SealedStorage
from wushang.pool.models import Enterprise, Injury
from wushang.warn.models.letter import Letter
from wushang.warn.models.warning import Warning

DELIVERY_STATES = {
    "waiting": _("待发"),
    "claimed": _("发送中"),
    "sent": _("已发出"),
    "delivered": _("已到达"),
    "failed": _("未送到"),
    "withheld": _("已撤回"),
}


class Push(models.Model):
    """三推送 of one newly accepted injury: to the enterprise's head, its township, its regulator. Once per injury."""

    injury = models.OneToOneField(Injury, on_delete=models.PROTECT, related_name="+")
    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="+")
    commit = models.BigIntegerField()
    occurred = models.DateField()
    created = models.DateTimeField()
    withdrawn = models.DateTimeField(null=True)
    reason = models.CharField(max_length=500, blank=True)


class Delivery(models.Model):
    """One message to one recipient by one channel; the worker claims it by compare-and-set."""

    key = models.UUIDField(default=uuid.uuid4, unique=True)  # tells a channel that it is the same message again
    warning = models.ForeignKey(Warning, null=True, on_delete=models.CASCADE, related_name="deliveries")
    letter = models.ForeignKey(Letter, null=True, on_delete=models.CASCADE, related_name="deliveries")
    push = models.ForeignKey(Push, null=True, on_delete=models.CASCADE, related_name="deliveries")
    purpose = models.CharField(max_length=12)  # letter | push | code | notice
    recipient_kind = models.CharField(max_length=12)  # enterprise | township | department | person
    recipient = models.CharField(max_length=200)  # name of the unit; never of a person
    department = models.ForeignKey(Department, null=True, on_delete=models.PROTECT, related_name="+")
    enterprise = models.ForeignKey(Enterprise, null=True, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=20)
    address = EncryptedTextField(blank=True, default="")
    masked = models.CharField(max_length=80, blank=True)
    title = models.CharField(max_length=200)
    text = EncryptedTextField(blank=True, default="")
    link = models.CharField(max_length=300, blank=True)
    mode = models.CharField(max_length=6)
    state = models.CharField(max_length=10, default="waiting")
    created = models.DateTimeField()
    next_attempt = models.DateTimeField()  # not before
    any_hour = models.BooleanField(default=False)  # urgent by its rule, or a person waits for it: not held to 发送时段
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    holder = models.CharField(max_length=40, blank=True)
    finished = models.DateTimeField(null=True)
    receipt = models.CharField(max_length=200, blank=True)
    error = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["next_attempt", "pk"]
        indexes = [
            models.Index(fields=["next_attempt"], condition=Q(state="waiting"), name="delivery_waiting"),
            models.Index(fields=["lease_until"], condition=Q(state="claimed"), name="delivery_claimed"),
        ]

    @property
    def state_title(self) -> Any:
        return DELIVERY_STATES[self.state]


class DeliveryReceipt(models.Model):
    """签收回执: how a letter reached the enterprise, by whose hand, who signed for it."""

    warning = models.ForeignKey(Warning, on_delete=models.CASCADE, related_name="receipts")
    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="receipts")
    method = models.CharField(max_length=12)  # in_person | mobile | mail | left | announcement
    on = models.DateField()
    handed_by = models.CharField(max_length=60, blank=True)
    person = EncryptedTextField(blank=True, default="")  # who signed for it
    masked_person = models.CharField(max_length=40, blank=True)
    tracking = models.CharField(max_length=60, blank=True)  # 邮寄单号
    note = models.CharField(max_length=500, blank=True)
    photo = models.FileField(upload_to="receipts/%Y/%m", storage=SealedStorage, blank=True)
    photo_sha256 = models.CharField(max_length=64, blank=True)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]

    @property
    def is_signature(self) -> bool:
        """Whether the unit signed for it: 当面 and 手机 with the signer's name, 邮寄 once its slip came back."""
        return signs(self.method, bool(self.masked_person), bool(self.photo))


def signs(method: str, person: bool, slip: bool) -> bool:
    """Whether a delivery so registered is the unit's 签收."""
    return person and (method in ("in_person", "mobile") or method == "mail" and slip)


class InboxItem(models.Model):
    """站内消息 for a department or an enterprise."""

    delivery = models.OneToOneField(Delivery, on_delete=models.CASCADE, related_name="inbox_item")
    department = models.ForeignKey(Department, null=True, on_delete=models.PROTECT, related_name="+")
    enterprise = models.ForeignKey(Enterprise, null=True, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    text: Any = EncryptedTextField()
    link = models.CharField(max_length=300, blank=True)
    created = models.DateTimeField()
    read = models.DateTimeField(null=True)
    read_by = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["-created", "-pk"]


class PracticeMessage(models.Model):
    """练习短信箱: what would have gone outside, had this been a live deployment."""

    delivery = models.OneToOneField(Delivery, on_delete=models.CASCADE, related_name="practice")
    channel = models.CharField(max_length=20)
    recipient = models.CharField(max_length=200)
    masked = models.CharField(max_length=80, blank=True)
    title = models.CharField(max_length=200)
    text: Any = EncryptedTextField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]


class StartDay(models.Model):
    """启用日期 of a rule's push or of a channel: what is older never leaves."""

    name = models.CharField(max_length=60, unique=True)  # 'push' or 'channel:smtp'
    day = models.DateField()
    set_by = models.CharField(max_length=60)
    at = models.DateTimeField()


class Cursor(models.Model):
    """The last commit or finding a consumer has handled."""

    name = models.CharField(max_length=40, primary_key=True)
    number = models.BigIntegerField(default=0)
