"""How often the linkage errs, from the model's own probabilities and from what people decided. Shown beside what depends on it."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, Q, Sum

from wushang.integrate.models import Link
from wushang.terms.interval import Interval


@dataclass(frozen=True)
class Rates:
    """precision: of the links, how many are right; recall: of the reports that tell of a known injury, how many are linked."""

    links: int  # that a model weighed
    unweighed: int  # linked by the number alone (on a cluster): nobody knows their share of errors
    precision: float | None
    precision_interval: Interval | None
    recall: float | None
    recall_interval: Interval | None
    decided: int
    confirmed: int

    @property
    def sure(self) -> float | None:
        """The precision as a page says it: nothing is 100 % sure."""
        return None if self.precision is None else min(self.precision, 0.999)

    @property
    def sampled(self) -> bool:
        return self.decided >= settings.WUSHANG_LINK_SAMPLE


def estimated() -> Rates:
    """Over the standing links of persons' reports that a model weighed; accidents go by a rule and have no probability."""
    told, weighed = Link.objects.exclude(what="accident"), Q(model__isnull=False)
    sums = told.aggregate(
        links=Count("pk", filter=weighed & Q(state=Link.LINKED)), right=Sum("probability", filter=weighed & Q(state=Link.LINKED)),
        unweighed=Count("pk", filter=Q(state=Link.LINKED, model=None)), waiting=Sum("probability", filter=weighed & Q(state=Link.OPEN)),
        confirmed=Count("pk", filter=Q(state=Link.LINKED, how="person")), refused=Count("pk", filter=Q(state=Link.REFUSED)),
    )  # fmt: skip
    links, right = sums["links"], float(sums["right"] or 0)
    there = right + float(sums["waiting"] or 0)
    return Rates(
        links, sums["unweighed"], right / links if links else None, _share(right, links), right / there if there else None, _share(right, there),
        sums["confirmed"] + sums["refused"], sums["confirmed"],
    )  # fmt: skip


def _share(part: float, whole: float, confidence: float = 0.95) -> Interval | None:
    """Jeffreys' interval of a share; the parts are sums of probabilities."""
    from scipy.stats import beta

    if whole <= 0:
        return None
    a, b, tail = part + 0.5, max(whole - part, 0) + 0.5, (1 - confidence) / 2
    return Interval(float(beta.ppf(tail, a, b)), float(beta.ppf(1 - tail, a, b)), confidence)
