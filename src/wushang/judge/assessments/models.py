"""What was assessed, and the figures that a place reports for it."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Max, Q

from wushang.people.models import User
from wushang.people.scope import Scope
from wushang.pool.models import Enterprise, EnterpriseVersion

VERB = "judge.see"


class Assessments(models.QuerySet["Assessment"]):
    def standing(self, policy: str, region: str, on: date | None = None) -> dict[str, Assessment]:
        """key → the newest of each case, township …: what is known of it now, or was on a day."""
        rows = self.filter(policy=policy, region=region, **({"as_of__lte": on} if on else {}))
        newest = rows.order_by().values("key").annotate(newest=Max("pk")).values("newest")
        return {one.key: one for one in self.filter(pk__in=newest)}

    def visible(self, scope: Scope) -> Assessments:
        """Of cases those of one's units; a township to whom it lies in, a trade to whom sees it everywhere, the rest to whom sees
        the whole region. A grant on named units reaches no sum."""
        units = EnterpriseVersion.objects.current().filter(scope.q(VERB)).values("enterprise")
        wide = Scope(tuple(grant for grant in scope.grants if grant.enterprises is None), scope.purposes)
        keys = self.filter(enterprise=None).order_by().values_list("subject", "region", "key").distinct()
        seen = Q(pk__in=[])
        for subject, region, key in keys:
            if covered(wide, subject, region, key):
                seen |= Q(enterprise=None, subject=subject, region=region, key=key)
        return self.filter(Q(enterprise__in=units) | seen)


def covered(scope: Scope, subject: str, region: str, key: str) -> bool:
    if subject == "region":
        return scope.covers(VERB, key if key.isdigit() else region)
    return scope.covers(VERB, region, key) if subject == "industry" else scope.covers(VERB, region)


class Assessment(models.Model):
    """评定结果: the outcome of one case, township, trade, department or of the whole area changed. Keeps what decided, so that it can be
    explained for ever. Nothing is sent because of it."""

    run = models.ForeignKey("judge.Run", on_delete=models.PROTECT, related_name="assessments")
    version = models.ForeignKey("judge.PolicyVersion", on_delete=models.PROTECT, related_name="+")
    policy = models.CharField(max_length=80)
    region = models.CharField(max_length=12)
    subject = models.CharField(max_length=12)
    key = models.CharField(max_length=80, blank=True)  # number of the case, code of the township …; '' the whole area
    name = models.CharField(max_length=200)
    enterprise = models.ForeignKey(Enterprise, null=True, on_delete=models.PROTECT, related_name="+")  # whose case
    as_of = models.DateField()
    commit = models.BigIntegerField()
    at = models.DateTimeField()
    outcome = models.CharField(max_length=40, blank=True)
    before = models.CharField(max_length=40, blank=True)
    values = models.JSONField(default=dict)  # measure or input → number, null for missing
    figures = models.JSONField(default=dict)  # what the rule reckons → number
    settings = models.JSONField(default=dict)  # parameter → value of the day; what `scaled` went by
    clause = models.TextField(blank=True)

    objects = Assessments.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["policy", "region", "key", "id"], name="assessment_standing")]

    def __str__(self) -> str:
        return f"{self.policy} {self.name} {self.before or '—'} → {self.outcome or '—'}"


class ReportedInputs(models.Model):
    """本地填报: the figures of each township … that the pool does not hold, from a day on until the next are reported."""

    policy = models.CharField(max_length=80)
    region = models.CharField(max_length=12)
    on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    told = models.JSONField()  # key → input → number, null for missing

    class Meta:
        ordering = ["-on", "-pk"]
        indexes = [models.Index(fields=["policy", "region", "on"], name="reported_inputs")]
