"""机器接口 of 研判: the policies in force, the findings, and why an enterprise was warned."""

from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from ninja import Query, Router, Schema

from wushang.judge.assessments.api import router as assessments
from wushang.judge.explain import Reasons
from wushang.judge.explain import why as why_of
from wushang.judge.models import Finding, PolicyVersion
from wushang.judge.risk.api import router as risk
from wushang.judge.signals.listed import told as signal_told
from wushang.judge.signals.models import Signal
from wushang.people.machine import Code, Day, Id, Listing, Paging, Request, listed
from wushang.people.page import allowed
from wushang.people.scope import Scope
from wushang.pool.asking import AsKnown
from wushang.pool.models import EnterpriseVersion

VERB = "judge.see"
router = Router(tags=["研判"])
router.add_router("", assessments)
router.add_router("", risk)


class Policy(Schema):
    version: int
    policy: str
    number: int
    title: str
    issuer: str
    region: str
    state: str
    mode: str
    effective_from: date | None
    effective_to: date | None
    digest: str


class PolicyText(Policy):
    text: str


class PoliciesAsked(Schema):
    on: Day | None = None


def told(version: PolicyVersion, day: date) -> dict[str, Any]:
    """A version as it is on a day."""
    names = ("policy", "number", "title", "region", "mode", "effective_from", "effective_to", "digest", "text")
    return {name: getattr(version, name) for name in names} | {
        "version": version.pk, "issuer": version.pack.issuer, "state": version.state_on(day),
    }  # fmt: skip


@router.get("/policies", response=Listing[Policy], summary=_("施行中的预警规则"), operation_id="judge.policies")
@allowed(VERB)
def policies(request: Request, asked: Query[PoliciesAsked], paging: Query[Paging]):
    """The versions in force on a day (today, if none is told) in the places of the scope."""
    day = asked.on or request.today
    rows = PolicyVersion.objects.in_force_on(day).order_by("policy", "region", "-number")
    page = listed([row for row in rows if request.scope.covers(VERB, row.region)], paging)
    return page | {"items": [told(row, day) for row in page["items"]]}


@router.get("/policies/{version}", response=PolicyText, summary=_("一版规则的原文"), operation_id="judge.policy")
@allowed(VERB)
def policy(request: Request, version: Id):
    """One version with its text, byte for byte."""
    found = PolicyVersion.objects.filter(pk=version).first()
    if found is None or not request.scope.covers(VERB, found.region):
        raise Http404
    return told(found, request.today)


class Found(Schema):
    finding: int
    enterprise: int
    policy: str
    region: str
    version: int
    as_of: date
    at: datetime
    commit: int
    before: str
    outcome: str
    cause: str
    historical: bool
    may_warn: bool
    values: dict[str, float | None]
    clause: str


class FindingsAsked(AsKnown):
    enterprise: Id | None = None
    policy: Code = ""


def seen(scope: Scope) -> QuerySet[Finding]:
    units = EnterpriseVersion.objects.current().filter(scope.q(VERB)).values("enterprise")
    return Finding.objects.filter(enterprise__in=units)


@router.get("/findings", response=Listing[Found], summary=_("研判结果"), operation_id="judge.findings")
@allowed(VERB)
def findings(request: Request, asked: Query[FindingsAsked], paging: Query[Paging]):
    """Where an enterprise's outcome changed, newest first."""
    rows = seen(request.scope).order_by("-pk")
    known = asked.commit(request.today)
    rows = rows if known is None else rows.filter(commit__lte=known)
    rows = rows.filter(enterprise=asked.enterprise) if asked.enterprise else rows
    page = listed(rows.filter(policy=asked.policy) if asked.policy else rows, paging)
    return page | {"items": [_found(row) for row in page["items"]]}


def _found(row: Finding) -> dict[str, Any]:
    plain = {name: getattr(row, name) for name in Found.model_fields if name not in ("finding", "enterprise", "version")}
    return plain | {"finding": row.pk, "enterprise": row.enterprise_id, "version": row.version_id}


@router.get("/findings/{finding}/why", response=Reasons, summary=_("为什么预警"), operation_id="judge.why")
@allowed(VERB)
def why(request: Request, finding: Id):
    """Counts, dates, headcount, threshold, clause, version and commit that decided a finding."""
    found = seen(request.scope).select_related("version", "run").filter(pk=finding).first()
    if found is None:
        raise Http404
    return why_of(found)


class SignalTold(Schema):
    """An 异常提示: a series or a cluster of townships that stood out in a week. It has no legal effect."""

    signal: int
    region: str
    towns: list[str]
    industry: str
    kind: str
    week: date
    span: int
    age: int
    observed: int
    expected: float
    usual_low: int
    usual_high: int
    p: float
    q: float
    forecast: int | None
    detector: str
    state: str
    note: str
    answer: str
    place: str
    what: str
    seen: str
    due: date | None
    overdue: bool
    commit: int


class SignalsAsked(Schema):
    state: Code = ""


@router.get("/signals", response=Listing[SignalTold], summary=_("异常提示"), operation_id="judge.signals")
@allowed("judge.see_signals")
def signals(request: Request, asked: Query[SignalsAsked], paging: Query[Paging]):
    """What people may see of the weekly looks, the newest week first; those that wait their turn are left out."""
    rows = Signal.objects.visible(request.scope).exclude(state="waiting").select_related("run")
    page = listed(rows.filter(state=asked.state) if asked.state else rows, paging)
    return page | {"items": [signal_told(row, request.today) for row in page["items"]]}
