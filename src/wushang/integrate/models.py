"""Look-up names of an enterprise, and pairs that a person must decide."""

from django.db import models

from wushang.people.models import User
from wushang.pool.models import Commit, Enterprise


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
    merge = models.ForeignKey(Commit, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["left", "right"], name="candidate_once")]
        ordering = ["-likeness", "pk"]
