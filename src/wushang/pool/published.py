"""What the pool publishes to the snapshot: each table's query over ledger rows of numbered commits."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from wushang.pool.models import (
    Accident,
    Disease,
    DiseaseHazard,
    EnterpriseVersion,
    HazardTest,
    Headcount,
    InjuryVersion,
    Payment,
    Penalty,
    ProjectInsurance,
    Standing,
    Told,
)


@dataclass(frozen=True)
class Publication:
    """How a room fills one table: the fact rows, their columns by path, and how to find an enterprise's rows."""

    table: str
    rows: Callable[[], QuerySet]
    columns: dict[str, Any]
    of: Callable[[list[int]], Q]
    month: str = ""  # path of the date that parts the files

    def numbered(self) -> QuerySet:
        return self.rows().filter(recorded__number__isnull=False)

    def months(self) -> Iterator[date]:
        if self.month:
            yield from self.numbered().dates(self.month, "month")

    def select(self, rows: QuerySet) -> QuerySet:
        """Tuples in the order of the declared columns, then recorded and superseded numbers."""
        named = {f"c_{name}": value for name, value in self.columns.items()}
        return rows.values_list(
            *[F(v) if isinstance(v, str) else v for v in named.values()], "recorded__number", "superseded__number"
        )


def _plain(*names: str) -> dict[str, Any]:
    return {name: name for name in names}


def _told(table: str, model: type[Told], *names: str, month: str = "") -> Publication:
    """Rows of another department, of units that are known: a row without one stands in no unit's figures."""
    return Publication(
        table,
        model.objects.exclude(enterprise=None).all,
        {"enterprise": "enterprise_id", **_plain(*names)},
        of=lambda ids: Q(enterprise__in=ids),
        month=month,
    )


PUBLISHED = (
    Publication(
        "enterprises",
        EnterpriseVersion.objects.all,
        {
            "enterprise": "enterprise_id",
            **_plain("name", "uscc", "region", "industry", "size", "tag", "regulator", "state", "provisional"),
            "merged_into": "merged_into_id",
        },
        of=lambda ids: Q(enterprise__in=ids),
    ),
    Publication(
        "injuries",
        InjuryVersion.objects.all,
        {
            "injury": "injury_id",
            "event": "event",
            "enterprise": Coalesce("host_id", "employer_id"),
            "employer": "employer_id",
            "host": "host_id",
            "worker": "worker_id",
            **_plain(
                "occurred", "hour", "reported", "accepted", "recognised", "status", "situation", "at_work", "kind",
                "severity", "part", "nature", "grade", "tenure_days", "employment", "region", "industry",
                "sex", "age_band", "workshop_kind", "post_kind", "sender",
            ),
        },
        of=lambda ids: Q(employer__in=ids) | Q(host__in=ids),
        month="occurred",
    ),
    Publication(
        "headcounts",
        Headcount.objects.all,
        {
            "enterprise": "enterprise_id",
            **_plain("month", "insured", "rural", "wages", "due", "paid", "rate", "mode", "region", "industry"),
        },
        of=lambda ids: Q(enterprise__in=ids),
        month="month",
    ),
    Publication(
        "disease_hazards",
        DiseaseHazard.objects.all,
        {"enterprise": "enterprise_id", **_plain("kind", "factor", "opened", "closed", "due", "region", "industry")},
        of=lambda ids: Q(enterprise__in=ids),
    ),
    _told("payments", Payment, "month", "item", "amount", "paid_to", "fund_source", "advance", "region", "industry",
          month="month"),
    _told("projects", ProjectInsurance, "month", "heads", "contract", "levy", "region", "industry", month="month"),
    _told("accidents", Accident, "occurred", "hour", "kind", "grade", "dead", "serious", "minor", "missing", "loss",
          "productive", "closed", "region", "industry", month="occurred"),
    _told("diseases", Disease, "disease", "stage", "occurred", "reported", "status", "died", "region", "industry"),
    _told("hazard_tests", HazardTest, "tested", "factor", "measured", "limit", "exceeded", "region", "industry"),
    _told("standings", Standing, "kind", "grade", "year", "valid_from", "valid_to"),
    _told("penalties", Penalty, "decided", "amount", "region", "industry"),
)  # fmt: skip
