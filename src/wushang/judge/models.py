"""研判: policies in force as rows, the runs, and the findings where a unit's outcome changed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Max, Q
from django.utils.translation import gettext_lazy as _

from wushang.judge.file.reader import pack_of
from wushang.judge.pack import Pack
from wushang.people.models import User
from wushang.pool.models import Enterprise

STATES = {
    "draft": _("草稿"),
    "offered": _("可采用"),
    "approved": _("已批准，未施行"),
    "in_force": _("现行"),
    "ended": _("已停止"),
}
MODES = {"full": _("正式施行"), "compute_only": _("试运行（只算不发）")}


class PolicyVersions(models.QuerySet["PolicyVersion"]):
    def in_force_on(self, day: date) -> PolicyVersions:
        """The versions that hold on a day; an ended one still holds for its own time."""
        lasting = Q(effective_to=None) | Q(effective_to__gte=day)
        return self.filter(lasting, state__in=("in_force", "ended"), effective_from__lte=day)


class PolicyVersion(models.Model):
    """One text of a policy in one region. A row that was approved is never edited."""

    policy = models.CharField(max_length=80, db_index=True)
    number = models.IntegerField()  # 第几版, within policy and region
    title = models.CharField(max_length=200)
    text = models.TextField()
    digest = models.CharField(max_length=64)
    region = models.CharField(max_length=12)  # who adopted it: the scope in which it judges
    state = models.CharField(max_length=10, default="draft")
    mode = models.CharField(max_length=15, default="full")
    effective_from = models.DateField(null=True)  # 启用日期
    effective_to = models.DateField(null=True)
    origin = models.CharField(max_length=120, blank=True)  # "shipped gaotai/graded_warning", "version 3"
    created = models.DateTimeField()
    creator = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=300, blank=True)

    objects = PolicyVersions.as_manager()

    class Meta:
        ordering = ["policy", "region", "-number"]
        constraints = [models.UniqueConstraint(fields=["policy", "region", "number"], name="policy_version_once")]

    def __str__(self) -> str:
        return f"{self.title} 第{self.number}版"

    @property
    def pack(self) -> Pack:
        """The policy as read from its text, which was checked when it was written."""
        return pack_of(self.text)

    @property
    def state_title(self) -> Any:
        return STATES[self.state]

    @property
    def mode_title(self) -> Any:
        return MODES[self.mode]


class Approval(models.Model):
    """One person's yes to one version."""

    version = models.ForeignKey(PolicyVersion, on_delete=models.PROTECT, related_name="approvals")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["version", "user"], name="approval_once")]


class Run(models.Model):
    """One judging: which version, as of which day, on which commit, what came out."""

    version = models.ForeignKey(PolicyVersion, on_delete=models.PROTECT, related_name="runs")
    as_of = models.DateField()
    at = models.DateTimeField()
    commit = models.BigIntegerField()
    road = models.CharField(max_length=10)  # snapshot (all units) | ledger (those of new commits)
    units = models.IntegerField()
    outcomes = models.JSONField(default=dict)  # outcome → units
    changes = models.IntegerField(default=0)
    digest = models.CharField(max_length=64)
    seconds = models.FloatField(default=0)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["version", "road", "as_of"], name="run_version")]


class Findings(models.QuerySet["Finding"]):
    def standing(self, policy: str, region: str) -> dict[int, Finding]:
        """The newest finding of each unit: what is known of it now."""
        newest = (
            self.filter(policy=policy, region=region).values("enterprise").annotate(newest=Max("pk")).values("newest")
        )
        return {finding.enterprise_id: finding for finding in self.filter(pk__in=newest)}


class Finding(models.Model):
    """研判结果: a unit's outcome changed. Keeps what decided, so that it can be explained for ever."""

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="findings")
    version = models.ForeignKey(PolicyVersion, on_delete=models.PROTECT, related_name="+")
    policy = models.CharField(max_length=80)
    region = models.CharField(max_length=12)
    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="+")
    as_of = models.DateField()
    commit = models.BigIntegerField()
    at = models.DateTimeField()
    outcome = models.CharField(max_length=40, blank=True)  # red, key, serious; '' = nothing any more
    before = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=10, blank=True)  # level | list | referral
    values = models.JSONField(default=dict)  # measure → number, null for missing
    settings = models.JSONField(default=dict)  # parameter → value of the day
    clause = models.TextField(blank=True)
    actions = models.JSONField(default=list)
    cause = models.CharField(max_length=10)  # facts | window | rule
    historical = models.BooleanField(default=False)  # by imported history
    may_warn = models.BooleanField(default=False)  # a warning may be drafted from it

    objects = Findings.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["policy", "region", "enterprise", "id"], name="finding_standing"),
            models.Index(fields=["enterprise", "at"], name="finding_enterprise"),
        ]

    def __str__(self) -> str:
        return f"{self.policy} {self.enterprise_id} {self.before or '—'} → {self.outcome or '—'}"


class Cursor(models.Model):
    """Up to which commit the facts were judged as they came in."""

    name = models.CharField(max_length=40, primary_key=True)
    commit = models.BigIntegerField(default=0)
