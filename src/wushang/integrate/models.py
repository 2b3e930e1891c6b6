"""Look-up names of an enterprise, pairs that a person must decide, and which reported rows tell of which injury."""

from django.db import models

from wushang.people.models import User
from wushang.pool.models import Commit, Enterprise, Injury


class Alias(models.Model):
    """Another name or number under which an enterprise has been seen: 曾用名, a name in a file, an old code."""

    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="aliases")
    kind = models.CharField(max_length=20)  # name | insurance_number | old_code
    value = models.CharField(max_length=200)
    commit = models.ForeignKey(Commit, on_delete=models.CASCADE, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["kind", "value"], name="alias_value")]
        constraints = [models.UniqueConstraint(fields=["enterprise", "kind", "value"], name="alias_once")]


class Candidate(models.Model):
    """Two identities that may be one enterprise: shown side by side, decided by a person, never by likeness alone."""

    left = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="+")  # the provisional one
    right = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=200)
    likeness = models.FloatField()
    commit = models.ForeignKey(Commit, on_delete=models.CASCADE, related_name="+")  # invisible until it is numbered
    state = models.CharField(max_length=12, default="open")  # open | same | different
    decided = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT)
    remark = models.CharField(max_length=300, blank=True)
    worth = models.IntegerField(default=0)  # what hangs on the decision: injuries, insured heads, open warnings
    merge = models.ForeignKey(Commit, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["left", "right"], name="candidate_once")]
        indexes = [models.Index(fields=["state", "-worth", "-likeness"], name="candidate_queue")]
        ordering = ["-worth", "-likeness", "pk"]


class PairRun(models.Model):
    """One look for units that may be one: up to which commit, how many pairs. The newest says where the next begins."""

    at = models.DateTimeField()
    commit = models.BigIntegerField()
    units = models.IntegerField()  # that were new, or had a new name
    pairs = models.IntegerField()

    class Meta:
        ordering = ["-pk"]


class LinkModel(models.Model):
    """A learnt linkage: figures only, never a value of a person. The newest one is in use; older links keep theirs."""

    made = models.DateTimeField()
    commit = models.BigIntegerField()  # number of the newest commit it was learnt on
    how = models.CharField(max_length=10)  # learnt | judged: estimated from the lists, or the shipped figures
    parameters = models.JSONField()

    class Meta:
        ordering = ["-pk"]


class LinkRun(models.Model):
    """One run of the linkage: up to which commit, how, what it did. The newest says where the next begins."""

    at = models.DateTimeField()
    commit = models.BigIntegerField()
    road = models.CharField(max_length=10, default="weights")  # weights | hashes (on a cluster)
    model = models.ForeignKey(LinkModel, null=True, on_delete=models.PROTECT)
    accept = models.FloatField(null=True)  # from this probability on a pair was linked without a person
    review = models.FloatField(null=True)  # from this one on a person decided; below it the pair was dropped
    counts = models.JSONField(default=dict)  # {told, injuries, pairs, linked, proposed}

    class Meta:
        ordering = ["-pk"]


class Link(models.Model):
    """A reported row (医院首诊, 职业病报告, 事故) tells of this injury, or may. It hangs on the row's natural key, so it
    outlives new versions of the row. What a person decided stays."""

    OPEN, LINKED, REFUSED, RELEASED = "open", "linked", "refused", "released"

    what = models.CharField(max_length=10)  # visit | disease | accident | report (entered before there was a claim)
    source = models.CharField(max_length=40)
    sender = models.CharField(max_length=40)
    key = models.CharField(max_length=120)
    injury = models.ForeignKey(Injury, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10)  # open | linked | refused | released: 待核对/已关联/不是同一起/已解除
    how = models.CharField(max_length=10)  # exact | model | rule | person
    probability = models.FloatField()
    weight = models.FloatField(default=0)  # bits
    levels = models.JSONField(default=dict)  # comparison → level; never the values
    model = models.ForeignKey(LinkModel, null=True, on_delete=models.PROTECT)
    commit = models.BigIntegerField()  # number of the newest commit when it was found
    found = models.DateTimeField()
    told = models.BooleanField(default=False)  # the injury has taken what the row says; false also when the row has changed since
    released = models.BigIntegerField(null=True)  # number of the newest commit when it was taken back
    decided = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    remark = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["injury"], name="link_injury"),
            models.Index(fields=["state", "-probability"], name="link_queue"),
            models.Index(fields=["state"], name="link_untold", condition=models.Q(told=False)),
        ]
        constraints = [
            models.UniqueConstraint(fields=["source", "sender", "key", "injury"], name="link_once"),
            models.UniqueConstraint(
                fields=["source", "sender", "key"], name="link_one_injury",
                condition=models.Q(state="linked") & ~models.Q(what="accident"),
            ),
        ]  # fmt: skip


class LeadCheck(models.Model):
    """What a person found out about a reported row without a claim (疑似未申报)."""

    what = models.CharField(max_length=10)
    source = models.CharField(max_length=40)
    sender = models.CharField(max_length=40)
    key = models.CharField(max_length=120)
    finding = models.CharField(max_length=12)  # claimed | not_work | unknown: 已核实并补报/非工伤/无法核实
    reason = models.CharField(max_length=300)
    decided = models.DateTimeField()
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    undone = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["source", "sender", "key"], name="lead_key")]
        constraints = [
            models.UniqueConstraint(fields=["source", "sender", "key"], name="lead_once", condition=models.Q(undone=None))
        ]
