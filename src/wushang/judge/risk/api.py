"""机器接口 of 风险排序: what is expected of the units of one's scope. Read only; it orders work and is no ground for a sanction."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _
from ninja import Query, Router, Schema

from wushang.judge.risk import words
from wushang.judge.risk.models import Forecast, RiskVersion
from wushang.judge.risk.views import ORDERS, VERB, named, within
from wushang.people.machine import Code, Listing, Paging, Request, listed
from wushang.people.page import allowed

router = Router(tags=["研判"])


class Expected(Schema):
    enterprise: int
    name: str
    region: str
    start: date
    data_to: date
    commit: int
    heads: int
    quarter: float
    quarter_low: float
    quarter_high: float
    year: float
    low: float
    high: float
    usual: float
    excess: float
    chance: float
    parts: dict[str, float]
    reasons: list[str]


class ExpectedAsked(Schema):
    town: Code = ""
    order: Code = "excess"


@router.get("/risk", response=Listing[Expected], summary=_("风险排序"), operation_id="judge.risk")
@allowed(VERB)
def risk(request: Request, asked: Query[ExpectedAsked], paging: Query[Paging]):
    """The newest month's forecasts, those with most injuries beyond the usual of their kind first; 90 % intervals. For the order of visits, checks
    and training only."""
    version = RiskVersion.objects.first()
    rows = within(Forecast.objects.filter(version=version).visible(request.scope), asked.town).order_by(ORDERS.get(asked.order, "-excess"), "pk")
    page = listed(rows, paging)
    return page | {"items": [_told(row, version) for row in named(page["items"])]}


def _told(row: Any, version: Any) -> dict[str, Any]:
    names = ("name", "region", "heads", "quarter", "quarter_low", "quarter_high", "year", "low", "high", "usual", "excess", "chance", "parts")
    said = {name: getattr(row, name) for name in names}
    return said | {"enterprise": row.enterprise_id, "start": version.start, "data_to": version.data_to, "commit": version.commit, "reasons": words.reasons(row)}
