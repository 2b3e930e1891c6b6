"""How a delivery came in (报送方式) when no person uploaded it: machine door, folder, pull, hand entry."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from wushang.collect.models.batch import Batch
from wushang.people.models import Machine


class Arrival(models.Model):
    """By which way a delivery came; `confirms`: what raises no doubt is taken in without a person."""

    API, FOLDER, PULL, HAND = "api", "folder", "pull", "hand"
    WAYS = ((API, _("接口")), (FOLDER, _("收件文件夹")), (PULL, _("定时拉取")), (HAND, _("手工录入")))

    batch = models.OneToOneField(Batch, on_delete=models.CASCADE, related_name="arrival")
    way = models.CharField(max_length=8, choices=WAYS)
    name = models.CharField(max_length=80)  # of the machine, the folder, the pull, the person
    confirms = models.BooleanField(default=False)
    told = models.BooleanField(default=False)  # rows told one by one: row n stands in line n + 1 of the kept file
    machine = models.ForeignKey(Machine, null=True, on_delete=models.PROTECT, related_name="+")


class Request(models.Model):
    """A request of the machine door that may come again (Idempotency-Key): one key, one body, one delivery."""

    owner = models.CharField(max_length=40)  # machine:3 | user:5
    key = models.CharField(max_length=200)
    body = models.CharField(max_length=64)  # SHA-256 of what was asked
    batch = models.ForeignKey(Batch, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "key"], name="request_once")]


class Drop(models.Model):
    """A file seen in the inbox folder: how it looked last, the delivery it became, or why it was refused."""

    SEEN, TAKEN, REFUSED = "seen", "taken", "refused"

    place = models.CharField(max_length=500)  # below WUSHANG_INBOX
    size = models.BigIntegerField()
    changed = models.BigIntegerField()  # its mtime in nanoseconds
    since = models.DateTimeField()  # it has looked so since then
    state = models.CharField(max_length=8, default=SEEN)
    over = models.BooleanField(default=False)  # moved away: a file of this name is another one
    batches = models.JSONField(default=list)  # the deliveries it became: a zip or a workbook holds several
    problem: Any = models.JSONField(default=dict)  # why it was refused
    left = models.JSONField(default=list)  # what in it could not be used
    at = models.DateTimeField(null=True)  # of the outcome

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["place"], condition=models.Q(over=False), name="drop_one_at_a_place")
        ]


class Series(models.Model):
    """A running number of our own by year: 手工录入 numbers."""

    name = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "year"], name="series_once")]
