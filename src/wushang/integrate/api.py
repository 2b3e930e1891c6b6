"""机器接口 of 整合: 数从哪来, from a figure to the rows of the files. Personal cells are masked, always."""

from datetime import date, datetime
from typing import Any, Literal

from django.http import Http404
from django.utils.translation import gettext_lazy as _
from ninja import Field, Query, Router, Schema

from wushang.integrate.lineage import facts, rows
from wushang.integrate.lineage.facts import INJURIES, Figure
from wushang.integrate.lineage.kinds import KINDS
from wushang.people import audit
from wushang.people.machine import Day, Id, Listing, Paging, Request, actor_of, listed
from wushang.people.page import allowed
from wushang.pool.asking import AsKnown
from wushang.pool.known import NOW, Known
from wushang.pool.models import InjuryVersion

VERB = "pool.see"
What = Literal[
    "injuries", "headcounts", "hazards", "payments", "projects", "visits", "diseases", "accidents", "declarations", "tests", "checks",
    "standings", "penalties", "certificates", "register",
]  # fmt: skip
VALUES = {"headcounts": "insured", "payments": "amount", "penalties": "amount"}
router = Router(tags=["数从哪来"])


class Cell(Schema):
    title: str
    text: str = Field(description="个人信息已遮蔽")
    personal: bool


class SourceRow(Schema):
    """One version of one row of a department's file."""

    table: str
    source: str
    title: str
    sender: str
    key: str
    batch: int | None
    batch_number: str
    file_name: str
    sheet: str
    row: int | None
    received: datetime | None
    recorded: int
    superseded: int | None
    raw: bool = Field(description="true：文件里的原样；false：按列读出的值")
    cells: list[Cell]


class Version(Schema):
    recorded: int
    published: datetime | None
    superseded: int | None
    title: str
    employer: int | None
    host: int | None
    event: str
    occurred: date
    status: str


class InjuryTold(Schema):
    injury: int
    known: int
    sources: list[SourceRow]
    versions: list[Version]


def row_told(row: rows.SourceRow) -> dict[str, Any]:
    batch = row.batch
    return {
        "table": row.table, "source": row.fact.source, "title": row.title, "sender": row.sender, "key": row.fact.key,
        "batch": batch.pk if batch else None, "batch_number": batch.number if batch else "", "file_name": batch.file_name if batch else "",
        "sheet": batch.sheet if batch else "", "row": row.fact.row, "received": batch.received if batch else None,
        "recorded": row.recorded.number, "superseded": row.superseded.number if row.superseded else None, "raw": row.raw,
        "cells": [vars(cell) for cell in row.cells],
    }  # fmt: skip


def _known(asked: AsKnown, today: date) -> Known:
    commit = asked.commit(today)
    return NOW if commit is None else Known(commit)


@router.get("/pool/lineage/injuries/{injury}", response=InjuryTold, summary=_("一起工伤的来源行和各版本"), operation_id="pool.lineage_injury")
@allowed(VERB)
def injury(request: Request, injury: Id, asked: Query[AsKnown]):
    """The rows that tell of an injury, as known then or now, and its versions through time. Asking is in the audit log."""
    if not facts.may_see_injury(request.scope, injury):
        raise Http404
    known = _known(asked, request.today)
    told = rows.shown(rows.of_injury(injury, known, request.scope.may("integrate.see")))
    audit.write(actor_of(request), request.now, "pool.lineage", f"injury:{injury}", {"rows": [row.fact.pk for row in told]})
    versions = InjuryVersion.objects.filter(injury=injury, recorded__number__isnull=False, recorded__number__lte=known.number)
    return {
        "injury": injury, "known": known.number, "sources": [row_told(row) for row in told],
        "versions": [_version(one) for one in versions.select_related("recorded", "superseded").order_by("recorded__number", "pk")],
    }  # fmt: skip


def _version(one: InjuryVersion) -> dict[str, Any]:
    return {
        "recorded": one.recorded.number, "published": one.recorded.published, "title": one.recorded.title,
        "superseded": one.superseded.number if one.superseded else None, "employer": one.employer_id, "host": one.host_id,
        "event": one.event, "occurred": one.occurred, "status": one.status,
    }  # fmt: skip


class Counted(Schema):
    """One fact that a figure counts: an injury, a month's headcount, a payment, a penalty …"""

    fact: int
    injury: int | None = Field(description="再取 /pool/lineage/injuries/{injury} 看来源行")
    day: date | None = Field(description="没有日期的表（单位名册）为空")
    event: str
    value: int | None = Field(description="参保为人数，待遇支付、行政处罚为金额（分），其他为 1")
    recorded: int
    sources: list[SourceRow] = Field(description="工伤以外的来源行；工伤的从 injury 取")


class FigureAsked(AsKnown):
    what: What = "injuries"
    start: Day | None = Field(None, alias="from")
    end: Day | None = Field(None, alias="to")
    basis: Literal["occurred", "reported", "recognised"] = "occurred"
    scope: Literal["all", "at_work"] = "all"
    severity: Literal["", "serious", "fatal"] = Field("", description="工伤：只要重伤或死亡")
    state: Literal["", "open"] = Field("", description="职业病危害隐患：到 to 那天还没有销号的")


@router.get("/pool/lineage/enterprises/{enterprise}", response=Listing[Counted], summary=_("一家单位一个数的名单"), operation_id="pool.lineage_enterprise")
@allowed(VERB)
def enterprise(request: Request, enterprise: Id, asked: Query[FigureAsked], paging: Query[Paging]):
    """The facts that add up to a figure of one unit, and the file's row of each; accidents are counted by distinct `event`. Health
    (visits, diseases) needs the right to link reports, and tells linked rows alone. Rows that are told are in the audit log."""
    now, figure = facts.unit_of(request.scope, enterprise), _figure(enterprise, asked, request.today)
    if now is None or not request.scope.covers(figure.verb, now.region, now.industry, enterprise):
        raise Http404
    page = listed(figure.rows().select_related("recorded", "superseded"), paging)
    if figure.kind != INJURIES:
        audit.write(actor_of(request), request.now, "pool.lineage", f"enterprise:{enterprise}", {"what": figure.kind, "rows": [row.pk for row in page["items"]]})
    return page | {"items": [_counted(figure, row) for row in page["items"]]}


def _figure(enterprise: int, asked: FigureAsked, today: date) -> Figure:
    still_open, severity = asked.what == "hazards" and asked.state == "open", asked.severity if asked.what == INJURIES else ""
    return Figure(enterprise, asked.what, asked.start, asked.end, asked.basis, asked.scope == "at_work", _known(asked, today), still_open, severity)


def _counted(figure: Figure, row: Any) -> dict[str, Any]:
    if figure.kind == INJURIES:
        day, event = getattr(row, figure.basis), row.event
        return {"fact": row.pk, "injury": row.injury_id, "day": day, "event": event, "value": 1, "recorded": row.recorded.number, "sources": []}
    kind = KINDS[figure.kind]
    day, value = getattr(row, kind.day) if kind.day else None, getattr(row, VALUES[figure.kind]) if figure.kind in VALUES else 1
    sources = [row_told(one) for one in rows.shown([row])]
    return {"fact": row.pk, "injury": None, "day": day, "event": "", "value": value, "recorded": row.recorded.number, "sources": sources}
