"""研判: policies in force as rows, the runs, and the findings where a unit's outcome changed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Max, Q
from django.utils.translation import gettext_lazy as _

from wushang.judge.assessments.models import Assessment, ReportedInputs
from wushang.judge.file.reader import pack_of
from wushang.judge.pack import Pack
from wushang.judge.risk.models import Forecast, RiskVersion
from wushang.judge.signals.models import Signal, SignalRun
from wushang.people.models import User
from wushang.pool.models import Enterprise

__all__ = [
    "MODES", "STATES", "Approval", "Assessment", "Cursor", "Finding", "Forecast", "FrozenList", "LeftOff", "PolicyVersion", "ReportedInputs",
    "RiskVersion", "Run", "Signal", "SignalRun",
]  # fmt: skip

STATES = {
    "draft": _("草稿"),
    "offered": _("可采用"),
    "approved": _("已批准，未施行"),
    "in_force": _("现行"),  # on file: its days are laid down; what it is on a day is read from them
    "scheduled": _("已定日期，未施行"),
    "ended": _("已停止"),
    "cancelled": _("已取消，未施行过"),
}
MODES = {"full": _("正式施行"), "compute_only": _("试运行（只算不发）")}


class PolicyVersions(models.QuerySet["PolicyVersion"]):
    def in_force_on(self, day: date) -> PolicyVersions:
        """The versions that hold on a day; an ended one still holds for its own time."""
        lasting = Q(effective_to=None) | Q(effective_to__gte=day)
        return self.filter(lasting, state="in_force", effective_from__lte=day)

    def of(self, version: PolicyVersion) -> PolicyVersions:
        """All versions of the same policy in the same region."""
        return self.filter(policy=version.policy, region=version.region)

    def holding_from(self, day: date) -> PolicyVersions:
        """The versions that hold on this day or will hold later."""
        lasting = Q(effective_to=None) | Q(effective_to__gte=day) & Q(effective_to__gte=F("effective_from"))
        return self.filter(lasting, state="in_force")


class PolicyVersion(models.Model):
    """One text of a policy in one region. A row that was approved is never edited; only its last day is written, once a
    later version or a person ends it."""

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

    def state_on(self, day: date) -> str:
        """What the version is on a day: of one whose days are laid down, by these days."""
        if self.state != "in_force" or self.effective_from is None:
            return self.state
        if self.effective_to and self.effective_to < self.effective_from:
            return "cancelled"
        if day < self.effective_from:
            return "scheduled"
        return "ended" if self.effective_to and self.effective_to < day else "in_force"

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
    def standing(self, policy: str, region: str, on: date | None = None) -> dict[int, Finding]:
        """The newest finding of each unit: what is known of it now, or was on a day."""
        then = {"as_of__lte": on} if on else {}
        rows = self.filter(policy=policy, region=region, **then)
        newest = rows.values("enterprise").annotate(newest=Max("pk")).values("newest")
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


class FrozenList(models.Model):
    """定名单: who stood on a list on a day, signed; the cohort that letters and evaluation go by. Never changed."""

    version = models.ForeignKey(PolicyVersion, on_delete=models.PROTECT, related_name="frozen_lists")
    outcome = models.CharField(max_length=40)
    title = models.CharField(max_length=80)  # 重点企业
    on = models.DateField()
    commit = models.BigIntegerField()
    at = models.DateTimeField()
    signer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    basis = models.CharField(max_length=200)  # 会议、签报
    members = models.JSONField()  # [{enterprise, name, region, industry, since, finding, values}], as they were
    left_off = models.JSONField(default=list)  # 剔除: the same of who was taken off before the signature, with reason and by

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.title} {self.on} {len(self.members)}"


class LeftOff(models.Model):
    """剔除: a unit that shall not stand on the list that is signed next, with the reason. Taken back, or taken over by the
    signing, it holds no more; the row stays."""

    policy = models.CharField(max_length=80)
    region = models.CharField(max_length=12)
    outcome = models.CharField(max_length=40)
    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)
    by = models.CharField(max_length=60)
    at = models.DateTimeField()
    undone = models.DateTimeField(null=True)
    frozen = models.ForeignKey(FrozenList, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["policy", "region", "outcome", "enterprise"], condition=Q(undone=None, frozen=None), name="left_off_once"
            )
        ]


class Cursor(models.Model):
    """Up to which commit the facts were judged as they came in."""

    name = models.CharField(max_length=40, primary_key=True)
    commit = models.BigIntegerField(default=0)
