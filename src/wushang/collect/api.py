"""机器接口 of 收集: deliveries with their numbers and what waits; upload, confirm and withdraw through the same deeds."""

from datetime import date, datetime
from pathlib import Path
from time import perf_counter
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from ninja import Field, File, Form, Query, Router, Schema, UploadedFile
from ninja.responses import Status

from wushang.collect import api_machine, shown
from wushang.collect.command import report
from wushang.collect.content import sent as content_of
from wushang.collect.deeds.check_batch import check_small
from wushang.collect.deeds.confirm_batch import ConfirmBatch
from wushang.collect.deeds.receive_file import ReceiveFile, refuse_large
from wushang.collect.deeds.withdraw_batch import WithdrawBatch
from wushang.collect.forms import placed
from wushang.collect.inforce import Taken, table_of_file
from wushang.collect.models import Batch
from wushang.collect.place import batches_in, sender_of
from wushang.people.machine import Code, Id, Listing, Paging, Refusal, Request, Text, Trouble, actor_of, listed
from wushang.people.page import allowed
from wushang.terms.problem import Refused

by_people = Router(tags=["收集"])
router = Router()  # each operation stands in one section of the reference
router.add_router("", by_people)
router.add_router("", api_machine.router)


class Numbers(Schema):
    """rows = taken + doubles + waiting, always; the others compare with what was known."""

    rows: int
    taken: int
    doubles: int
    waiting: int
    new: int
    changed: int
    same: int
    gone: int


class Delivery(Schema):
    batch: int
    number: str
    title: str
    source: str
    sender: str
    state: str
    historical: bool
    file_name: str
    received: datetime
    start: date | None
    end: date | None
    commit: int | None
    absent: list[str] = Field(description="整列缺失：文件没有的必需列，各行都因此待订正")
    numbers: Numbers
    problem: Trouble | None


class DeliveriesAsked(Schema):
    source: Code = ""
    state: Code = ""


def told(batch: Batch, numbers: shown.Numbers) -> dict[str, Any]:
    return {
        "batch": batch.pk, "number": batch.number, "title": batch.title, "source": batch.source, "sender": batch.sender.code,
        "state": batch.state, "historical": batch.historical, "file_name": batch.file_name, "received": batch.received,
        "start": batch.start, "end": batch.end, "absent": list(batch.absent.values()), "commit": batch.commit.number if batch.commit else None,
        "numbers": vars(numbers), "problem": batch.problem or None,
    }  # fmt: skip


def all_told(batches: list[Batch]) -> list[dict[str, Any]]:
    """Deliveries with their numbers, in one further query."""
    numbers = shown.tallies(batches)
    return [told(batch, numbers[batch.pk]) for batch in batches]


@by_people.get("/batches", response=Listing[Delivery], summary=_("报送"), operation_id="collect.batches")
@allowed("collect.see")
def batches(request: Request, asked: Query[DeliveriesAsked], paging: Query[Paging]):
    """Deliveries, newest first, each with its four numbers."""
    rows = batches_in(request.scope).select_related("version", "sender", "commit").order_by("-pk")
    rows = rows.filter(version__source=asked.source) if asked.source else rows
    page = listed(rows.filter(state=asked.state) if asked.state else rows, paging)
    return page | {"items": all_told(page["items"])}


@by_people.get("/batches/{batch}", response=Delivery, summary=_("一批报送"), operation_id="collect.batch")
@allowed("collect.see")
def batch(request: Request, batch: Id):
    """One delivery with its four numbers: poll it to see it checked, landed, withdrawn."""
    return all_told([_found(request, batch)])[0]


class Waiting(Schema):
    row: int
    unit: str
    state: str
    problems: list[Trouble]


@by_people.get("/batches/{batch}/problems", response=Listing[Waiting], summary=_("待订正的行"), operation_id="collect.problems")
@allowed("collect.see")
def problems(request: Request, batch: Id, paging: Query[Paging]):
    """The rows that wait to be mended or were settled, as numbered in the file; personal values are not told."""
    rows = _found(request, batch).quarantined.order_by("row")
    return listed(rows.values("row", "unit", "state", "problems"), paging)


class Upload(Schema):
    source: Code = Field("", description="报送表；不填按表头认定")
    sender: Code = Field("", description="报送部门代码；不填按报送表认定")
    historical: bool = False
    sheet: Text = Field("", description="工作表；文件里有几张都是这张报送表时要写明")


class Answer(Schema):
    """The same as `wushang collect --json`."""

    file: str
    batch: int
    number: str
    source: str
    sender: str
    state: str
    problem: Trouble | None
    rows: int
    accepted: int
    quarantined: dict[str, int]
    quarantined_rows: int
    duplicates: int
    new: int
    changed: int
    same: int
    same_file: bool = Field(description="这份文件以前报过，没有改动任何数据")
    withdrawn: int
    absent: list[str] = Field(description="整列缺失：文件没有的必需列，各行都因此待订正")
    footers_equal: bool | None
    commit: int | None
    seconds: float


@by_people.post(
    "/batches", response={201: Answer, 200: Answer, 422: Refusal}, summary=_("上传报送表"), operation_id="collect.upload"
)
@allowed("collect.upload")
def upload(request: Request, file: File[UploadedFile], asked: Form[Upload]):
    """Receive and check one file: 201 and what came of it; 200 where this very file came before and nothing changed."""
    refuse_large(file.size or 0, file.name or "file")
    began, content, name = perf_counter(), content_of(file), file.name or "file"
    named = sender_of(request.scope, asked.sender) if asked.sender else None
    table = Taken(asked.source) if asked.source else table_of_file(content, name, named or request.user.department)
    table, sender = placed(request, table, named)
    try:
        deed = ReceiveFile(
            actor_of(request), request.now, content, name, sender, table.source,
            historical=asked.historical, sheet=asked.sheet, table=table,
        )  # fmt: skip
        received = deed.do()
    except Refused as refused:
        if refused.problem.code != "same_file":
            raise
        earlier = _found(request, int(refused.problem.value))
        return Status(200, report(earlier, Path(name), began) | {"same_file": True})
    check_small(received, request.now)
    received.refresh_from_db()
    return Status(201, report(received, Path(name), began))


class Why(Schema):
    reason: Text = ""


@by_people.post("/batches/{batch}/confirm", response=Answer, summary=_("确认入库"), operation_id="collect.confirm")
@allowed("collect.confirm")
def confirm(request: Request, batch: Id, why: Why):
    """Let a checked delivery count; the worker lands it. Where something must be explained: 422 with code `reason`."""
    began = perf_counter()
    done = ConfirmBatch(actor_of(request), request.now, _found(request, batch), why.reason).do()
    return report(done, Path(done.file_name), began)


@by_people.post("/batches/{batch}/withdraw", response=Answer, summary=_("撤回本批"), operation_id="collect.withdraw")
@allowed("collect.withdraw")
def withdraw(request: Request, batch: Id, why: Why):
    """Take a delivery back; the worker undoes what has landed."""
    began = perf_counter()
    done = WithdrawBatch(actor_of(request), request.now, _found(request, batch), why.reason).do()
    return report(done, Path(done.file_name), began)


def _found(request: Request, pk: int) -> Batch:
    return get_object_or_404(batches_in(request.scope).select_related("version", "sender__region", "commit"), pk=pk)
