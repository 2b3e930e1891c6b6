"""A warning of one enterprise under one policy, the findings behind it, the signatures, what was done to it."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from wushang.people.models import User
from wushang.pool.models import Enterprise
from wushang.terms.level import Level
from wushang.warn.states import ENDED, OPEN, TITLES, UNSIGNED


class Warning(models.Model):
    """One open warning per enterprise and policy; it pins the version that judged. `state` is written by deeds only."""

    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="+")
    policy = models.CharField(max_length=80)  # the pack's id
    version = models.ForeignKey("judge.PolicyVersion", on_delete=models.PROTECT, related_name="+")
    finding = models.ForeignKey("judge.Finding", on_delete=models.PROTECT, related_name="+")  # the one that decided
    level = models.CharField(max_length=10)
    state = models.CharField(max_length=14, default="drafted", db_index=True)
    opened = models.DateTimeField()
    mode = models.CharField(max_length=6)  # demo | trial | live, as the deployment was then
    handler = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    due = models.DateField(null=True)  # of the present step
    issued = models.DateTimeField(null=True)
    delivered = models.DateField(null=True)
    acknowledged = models.DateTimeField(null=True)
    ended = models.DateTimeField(null=True)
    end_reason = models.TextField(blank=True)
    end_cause = models.CharField(max_length=20, blank=True)  # withdrawn and revoked ones: why they were wrong
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="merged_from")
    withdrawal_proposed = models.DateTimeField(null=True)
    withdrawal_why = models.TextField(blank=True)

    class Meta:
        ordering = ["due", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise", "policy"], condition=Q(state__in=OPEN), name="warning_one_open"
            )
        ]

    def __str__(self) -> str:
        return f"{self.rank_level.zh} {self.pk}"

    @property
    def rank_level(self) -> Level:
        return Level(self.level)

    @property
    def state_title(self) -> Any:
        return TITLES[self.state]

    @property
    def is_open(self) -> bool:
        return self.state not in ENDED

    @property
    def nobody_signs(self) -> bool:
        """Left or announced (留置、公告): what the rule counts from the signature is counted from the delivery."""
        return self.acknowledged is None and self.receipts.filter(undone=None, method__in=UNSIGNED).exists()

    @property
    def letter(self) -> Any:
        """The letter to the enterprise that counts now."""
        main = [letter for letter in self.letters.all() if letter.purpose == "main" and not letter.dropped]
        return max(main, key=lambda letter: letter.pk, default=None)


class WarningFinding(models.Model):
    """Why a finding belongs to a warning: opened it, raised it, joined it, or spoke against it."""

    warning = models.ForeignKey(Warning, on_delete=models.CASCADE, related_name="findings")
    finding = models.ForeignKey("judge.Finding", on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=12)  # opened | raised | joined | fell_away
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["warning", "finding"], name="warning_finding_once")]


class SignStep(models.Model):
    """签批: one signature or sending-back."""

    warning = models.ForeignKey(Warning, null=True, on_delete=models.CASCADE, related_name="steps")
    letter = models.ForeignKey("warn.Letter", null=True, on_delete=models.CASCADE, related_name="steps")  # of a 另发文书, instead
    step = models.CharField(max_length=16)  # submit | review | countersign | sign | sign_offline | send_back
    who = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    at = models.DateTimeField()
    agreed = models.BooleanField(default=True)
    remark = models.TextField(blank=True)
    live = models.BooleanField(default=True)  # False once the draft was sent back: signatures count anew

    class Meta:
        ordering = ["pk"]


class Entry(models.Model):
    """办理记录: what was done, in words; no personal data."""

    warning = models.ForeignKey(Warning, on_delete=models.CASCADE, related_name="entries")
    at = models.DateTimeField()
    name = models.CharField(max_length=60)
    text = models.TextField()

    class Meta:
        ordering = ["-at", "-pk"]
