"""机器接口 of 评定: what the rules about cases, townships, trades, departments and the whole area say, and why. Read only."""

from datetime import date, datetime
from typing import Any

from django.http import Http404
from django.utils.translation import gettext_lazy as _
from ninja import Query, Router, Schema

from wushang.judge.assessments.explain import Because, because
from wushang.judge.assessments.models import VERB, Assessment
from wushang.people.machine import Code, Id, Listing, Paging, Request, listed
from wushang.people.page import allowed

router = Router(tags=["研判"])


class Assessed(Schema):
    assessment: int
    policy: str
    region: str
    version: int
    subject: str
    key: str
    name: str
    enterprise: int | None
    as_of: date
    at: datetime
    commit: int
    before: str
    outcome: str
    values: dict[str, float | None]
    figures: dict[str, float | None]
    clause: str


class AssessedAsked(Schema):
    policy: Code = ""
    key: Code = ""


@router.get("/assessments", response=Listing[Assessed], summary=_("评定结果"), operation_id="judge.assessments")
@allowed(VERB)
def assessments(request: Request, asked: Query[AssessedAsked], paging: Query[Paging]):
    """Where the outcome of a case, township, trade, department or of the whole area changed, newest first. Nothing is sent because of it."""
    rows = Assessment.objects.visible(request.scope).order_by("-pk")
    rows = rows.filter(policy=asked.policy) if asked.policy else rows
    page = listed(rows.filter(key=asked.key) if asked.key else rows, paging)
    return page | {"items": [_told(row) for row in page["items"]]}


def _told(row: Assessment) -> dict[str, Any]:
    plain = {name: getattr(row, name) for name in Assessed.model_fields if name not in ("assessment", "enterprise", "version")}
    return plain | {"assessment": row.pk, "enterprise": row.enterprise_id, "version": row.version_id}


@router.get("/assessments/{assessment}/why", response=Because, summary=_("为什么是这个评定结果"), operation_id="judge.assessment_why")
@allowed(VERB)
def why(request: Request, assessment: Id):
    """The figures, comparisons, thresholds and clause that decided it, as they were kept."""
    found = Assessment.objects.visible(request.scope).select_related("version").filter(pk=assessment).first()
    if found is None:
        raise Http404
    return because(found)
