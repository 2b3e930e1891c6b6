"""机器接口 of 数据池: enterprises, injuries (coded, no personal values), headcounts, the clock; each as of a commit."""

from datetime import date, datetime
from typing import Any

from django.db.models import F, Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from ninja import Field, Query, Router, Schema

from wushang.people.machine import Code, Day, Id, Listing, Number, Paging, Request, Text, listed
from wushang.people.page import allowed
from wushang.people.scope import Scope
from wushang.pool.asking import AsKnown
from wushang.pool.models import Commit, EnterpriseVersion, Headcount, InjuryVersion
from wushang.pool.models.clock import latest

VERB = "pool.see"
ANALYSE = "pool.case_analysis"
SCAN = 500  # commits looked at in one query
router = Router(tags=["数据池"])


class Unit(Schema):
    enterprise: int
    name: str
    former_names: list[str]
    uscc: str
    insurance_number: str
    region: str
    industry: str
    size: str
    tag: str
    regulator: str
    state: str
    provisional: bool
    merged_into: int | None
    recorded: int


class Version(Unit):
    superseded: int | None


class UnitTold(Unit):
    known: int
    versions: list[Version]


class UnitsAsked(AsKnown):
    q: Text = Field("", description="名称、统一社会信用代码或参保编号")
    region: Code = ""
    industry: Code = ""


UNIT = (
    "enterprise", "name", "former_names", "uscc", "insurance_number", "region", "industry", "size", "tag", "regulator",
    "state", "provisional", "merged_into",
)  # fmt: skip


def visible(scope: Scope) -> QuerySet:
    """Ids of the enterprises in a scope: access goes by the current place, whatever was known then."""
    return EnterpriseVersion.objects.current().filter(scope.q(VERB)).values("enterprise")


def facts(model: Any, known: int | None) -> QuerySet:
    return model.objects.current() if known is None else model.objects.as_of(known)


def unit_rows(rows: QuerySet) -> QuerySet:
    return rows.values(*UNIT).annotate(commit=F("recorded__number"), until=F("superseded__number"))


def told(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "recorded": row["commit"], "superseded": row["until"]}


@router.get("/enterprises", response=Listing[Unit], summary=_("单位列表"), operation_id="pool.enterprises")
@allowed(VERB)
def enterprises(request: Request, asked: Query[UnitsAsked], paging: Query[Paging]):
    """Enterprises in the scope by name, code, place and trade; merged ones live on in the one they were merged into."""
    rows = facts(EnterpriseVersion, asked.commit(request.today)).filter(enterprise__in=visible(request.scope), merged_into=None)
    if text := asked.q.strip():
        rows = rows.filter(Q(name__icontains=text) | Q(uscc__iexact=text) | Q(insurance_number=text))
    rows = rows.filter(region__startswith=asked.region, industry__startswith=asked.industry)
    page = listed(unit_rows(rows).order_by("plain_name", "enterprise"), paging)
    return page | {"items": [told(row) for row in page["items"]]}


@router.get("/enterprises/{enterprise}", response=UnitTold, summary=_("一家单位及其各版本"), operation_id="pool.enterprise")
@allowed(VERB)
def enterprise(request: Request, enterprise: Id, asked: Query[AsKnown]):
    """What was known of one enterprise at a commit, and every version of it until then."""
    known = asked.commit(request.today)
    commit = latest() if known is None else min(known, latest())
    rows = EnterpriseVersion.objects.filter(enterprise=enterprise, enterprise__in=visible(request.scope))
    rows = unit_rows(rows.filter(recorded__number__lte=commit)).order_by("recorded__number", "pk")
    versions = [told(row) for row in rows]
    for row in versions:  # a later commit was not known then
        row["superseded"] = row["until"] if row["until"] is not None and row["until"] <= commit else None
    now = next((row for row in reversed(versions) if row["superseded"] is None), None)
    if now is None:
        raise Http404
    return now | {"known": commit, "versions": versions}


class Between(AsKnown):
    """Rows of one enterprise or of all in the scope, from one day to another, as of a commit."""

    enterprise: Id | None = None
    start: Day | None = Field(None, alias="from")
    end: Day | None = Field(None, alias="to")

    def within(self, rows: QuerySet, path: str) -> QuerySet:
        if self.start:
            rows = rows.filter(**{f"{path}__gte": self.start})
        return rows.filter(**{f"{path}__lte": self.end}) if self.end else rows


class Hurt(Schema):
    """An injury by codes. `worker` (a meaningless number), part, nature, grade, sex, age band, workshop and post are given for the
    purpose of case analysis (案例分析) only."""

    injury: int
    event: str
    employer: int | None
    host: int | None
    occurred: date
    hour: int | None
    reported: date | None
    accepted: date | None
    recognised: date | None
    status: str
    situation: str
    at_work: bool
    kind: str
    severity: str
    region: str
    industry: str
    sender: str
    recorded: int
    worker: int | None = None
    part: str | None = None
    nature: str | None = None
    grade: int | None = None
    sex: str | None = None
    age_band: str | None = None
    workshop: str | None = None
    workshop_kind: str | None = None
    post: str | None = None
    post_kind: str | None = None


HURT = tuple(name for name in Hurt.model_fields if name != "recorded")
CLOSE = ("worker", "part", "nature", "grade", "sex", "age_band", "workshop", "workshop_kind", "post", "post_kind")


@router.get("/injuries", response=Listing[Hurt], summary=_("工伤（代码，不含个人信息）"), operation_id="pool.injuries")
@allowed(VERB)
def injuries(request: Request, asked: Query[Between], paging: Query[Paging]):
    """Injuries by the day they happened; one with employer and host is visible to both scopes."""
    mine = visible(request.scope)
    rows = facts(InjuryVersion, asked.commit(request.today)).filter(Q(employer__in=mine) | Q(host__in=mine))
    if asked.enterprise:
        rows = rows.filter(Q(employer=asked.enterprise) | Q(host=asked.enterprise))
    rows = asked.within(rows, "occurred").order_by("-occurred", "-injury", "pk")
    page = listed(rows.values(*HURT).annotate(commit=F("recorded__number")), paging)
    near = analysed(request.scope, page["items"])
    return page | {"items": [hurt(row, near) for row in page["items"]]}


def analysed(scope: Scope, rows: list[dict[str, Any]]) -> set[int]:
    """The employers and hosts of these rows whose cases the scope may analyse: right and purpose go by the place."""
    if "case_analysis" not in scope.purposes:
        return set()
    units = {unit for row in rows for unit in (row["employer"], row["host"])} - {None}
    versions = EnterpriseVersion.objects.current().filter(scope.q(ANALYSE), enterprise__in=units)
    return set(versions.values_list("enterprise", flat=True))


def hurt(row: dict[str, Any], near: set[int]) -> dict[str, Any]:
    """An injury as told to somebody who may analyse the cases of the units `near`."""
    told = row | {"recorded": row["commit"]}
    return told if near & {row["employer"], row["host"]} else told | dict.fromkeys(CLOSE)


class Insured(Schema):
    enterprise: int
    month: date
    insured: int
    rural: int | None
    wages: int | None = Field(description="分")
    due: int | None = Field(description="分")
    paid: int | None = Field(description="分")
    rate: int | None = Field(description="百万分之一")
    mode: str
    region: str
    industry: str
    recorded: int


INSURED = tuple(name for name in Insured.model_fields if name != "recorded")


@router.get("/headcounts", response=Listing[Insured], summary=_("参保人数和缴费"), operation_id="pool.headcounts")
@allowed(VERB)
def headcounts(request: Request, asked: Query[Between], paging: Query[Paging]):
    """Insured headcounts and contributions by month: money in fen, rates in millionths."""
    rows = facts(Headcount, asked.commit(request.today)).filter(enterprise__in=visible(request.scope))
    if asked.enterprise:
        rows = rows.filter(enterprise=asked.enterprise)
    rows = asked.within(rows, "month").order_by("-month", "enterprise", "pk")
    page = listed(rows.values(*INSURED).annotate(commit=F("recorded__number")), paging)
    return page | {"items": [row | {"recorded": row["commit"]} for row in page["items"]]}


class Tick(Schema):
    number: int
    kind: str
    title: str
    published: datetime
    historical: bool
    enterprises: int = Field(description="其中您管辖的单位数")


class Clock(Schema):
    latest: int
    next: int = Field(description="下次从这一号之后取")
    items: list[Tick]


class ClockAsked(Schema):
    after: Number = 0
    size: int = Field(100, ge=1, le=500)


@router.get("/commits", response=Clock, summary=_("数据版本（时钟）"), operation_id="pool.commits")
@allowed(VERB)
def commits(request: Request, asked: Query[ClockAsked]):
    """What changed after a commit, oldest first: only changes that touched an enterprise in the scope."""
    mine = set(visible(request.scope).values_list("enterprise", flat=True))
    found: list[dict[str, Any]] = []
    newest, at = latest(), asked.after
    while mine and at < newest and len(found) < asked.size:
        some = list(Commit.objects.filter(number__gt=at, number__lte=newest).order_by("number")[:SCAN])
        for commit in some:
            at = commit.number or at
            if touched := len(mine.intersection(commit.enterprises)):
                found.append({name: getattr(commit, name) for name in Tick.model_fields} | {"enterprises": touched})
                if len(found) == asked.size:
                    break
    return {"latest": newest, "next": at if mine else newest, "items": found}
