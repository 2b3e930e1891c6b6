"""机器接口 of 整合: 数从哪来, from a figure to the rows of the files. Personal cells are masked, always."""

from datetime import date, datetime
from typing import Any, Literal

from django.http import Http404
from django.utils.translation import gettext_lazy as _
from ninja import Field, Query, Router, Schema

from wushang.integrate.lineage import facts, rows
from wushang.integrate.lineage.facts import Figure
from wushang.people import audit
from wushang.people.machine import Day, Id, Listing, Paging, Request, actor_of, listed
from wushang.people.page import allowed
from wushang.pool.asking import AsKnown
from wushang.pool.known import NOW, Known
from wushang.pool.models import InjuryVersion

VERB = "pool.see"
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
    """One fact that a figure counts: an injury, a month's headcount, a hazard."""

    fact: int
    injury: int | None = Field(description="再取 /pool/lineage/injuries/{injury} 看来源行")
    day: date
    event: str
    value: int
    recorded: int
    sources: list[SourceRow] = Field(description="参保、隐患的来源行；工伤的从上一项取")


class FigureAsked(AsKnown):
    what: Literal["injuries", "headcounts", "hazards"] = "injuries"
    start: Day | None = Field(None, alias="from")
    end: Day | None = Field(None, alias="to")
    basis: Literal["occurred", "reported", "recognised"] = "occurred"
    scope: Literal["all", "at_work"] = "all"


@router.get("/pool/lineage/enterprises/{enterprise}", response=Listing[Counted], summary=_("一家单位一个数的名单"), operation_id="pool.lineage_enterprise")
@allowed(VERB)
def enterprise(request: Request, enterprise: Id, asked: Query[FigureAsked], paging: Query[Paging]):
    """The facts that add up to a figure of one unit: accidents are counted by distinct `event`."""
    if facts.unit_of(request.scope, enterprise) is None:
        raise Http404
    known = _known(asked, request.today)
    figure = Figure(enterprise, asked.what, asked.start, asked.end, asked.basis, asked.scope == "at_work", known)
    page = listed(figure.rows().select_related("recorded", "superseded"), paging)
    return page | {"items": [_counted(figure, row) for row in page["items"]]}


def _counted(figure: Figure, row: Any) -> dict[str, Any]:
    if figure.kind == "injuries":
        day, event, value = getattr(row, figure.basis), row.event, 1
        return {"fact": row.pk, "injury": row.injury_id, "day": day, "event": event, "value": value, "recorded": row.recorded.number, "sources": []}
    day = row.month if figure.kind == "headcounts" else row.opened
    value = row.insured if figure.kind == "headcounts" else 1
    sources = [row_told(one) for one in rows.shown([row])]
    return {"fact": row.pk, "injury": None, "day": day, "event": "", "value": value, "recorded": row.recorded.number, "sources": sources}
