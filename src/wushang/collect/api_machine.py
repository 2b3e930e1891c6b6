"""机器接口 for a department's own system: rows and files of one table, with a token (机器账号) or a person's session.

The same deeds, checks and Batch as an upload. Each row is answered: accepted, duplicate, quarantined with its problems.
"""

from typing import Any

from django.conf import settings
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _
from ninja import File, Form, Query, Router, UploadedFile
from ninja.responses import Status

from wushang.collect import shelf
from wushang.collect.api_shapes import BODY, KEY, SOURCE, Asked, RowsAsked, Sent, Table
from wushang.collect.checking import Checked, check_file
from wushang.collect.content import sent as content_of
from wushang.collect.deeds.check_batch import check_small, secret
from wushang.collect.deeds.receive_file import refuse_large
from wushang.collect.forms import likely_sender
from wushang.collect.inforce import in_force, sources
from wushang.collect.known import history_of, landed_by
from wushang.collect.models import Batch, SourceVersion
from wushang.collect.place import batches_in, sender_of
from wushang.collect.shown import numbers
from wushang.collect.ways import answers, arriving, once, told_rows, written
from wushang.people.deed import refuse
from wushang.people.machine import (
    AUTH,
    Id,
    Paging,
    Refusal,
    Request,
    actor_of,
    by_machine_or,
)
from wushang.people.models import Department
from wushang.terms.problem import Refused

LARGEST_BODY = 20_000_000  # bytes of one request with rows
router = Router(tags=["报送接口"], auth=AUTH)


@router.get("/collect/sources", response=list[Table], summary=_("可以报送的表"), operation_id="collect.sources")
@by_machine_or("collect.upload")
def tables(request: Request):
    """The tables that may be sent, with their columns."""
    return [_table(source) for source in sources() if _may_send(request, source.id)]


def _table(source: Any) -> dict[str, Any]:
    columns = [
        {"name": name, "titles": column.titles, "type": column.type, "required": column.required}
        for name, column in source.columns.items()
    ]
    return {
        "source": source.id,
        "title": source.title,
        "key": source.key,
        "delivers": source.delivers,
        "columns": columns,
    }


@router.post(
    "/collect/sources/{source}/rows", response={201: Sent, 200: Sent, 202: Sent, 422: Refusal}, summary=_("报送若干行"),
    operation_id="collect.rows", openapi_extra={"requestBody": BODY, "parameters": [KEY]},
)  # fmt: skip
@by_machine_or("collect.upload")
def rows(request: Request, source: SOURCE, asked: Query[RowsAsked]):
    """JSON `{"rows": [{列名: 值}]}` or NDJSON. With `check_only` nothing is kept."""
    version = _version(request, source)
    body, kind = _body(request), request.content_type or ""
    told = told_rows.rows_of(body, kind, settings.WUSHANG_API_ROWS)
    content, ending = written.write(*told_rows.table_of(told, version.loaded()))
    name = f"接口报送 {timezone.localtime(request.now):%Y-%m-%d %H%M%S}.{ending}"
    sender = _sender(request, asked, version)
    if asked.check_only:
        history, landed = history_of(sender.code), landed_by(sender.code)
        checked = check_file(
            content, name, version.loaded(), request.today, asked.period(), secret(), history=history, landed=landed
        )
        return Status(200, _tried(checked, len(told)))
    what = arriving.Brought(content, name, sender, source, asked.period(), asked.historical, told=True)
    return _brought(request, what, once.digest_of(what, body))


@router.post(
    "/collect/sources/{source}/file", response={201: Sent, 200: Sent, 202: Sent, 422: Refusal}, summary=_("报送整份文件"),
    operation_id="collect.file", openapi_extra={"parameters": [KEY]},
)  # fmt: skip
@by_machine_or("collect.upload")
def file(request: Request, source: SOURCE, file: File[UploadedFile], asked: Form[Asked]):
    """A whole file of one table, as the upload page takes it; its rows are answered by /collect/batches/{batch}/rows."""
    refuse_large(file.size or 0, file.name or "file")
    version, content = _version(request, source), content_of(file)
    sender = _sender(request, asked, version)
    what = arriving.Brought(content, file.name or "file", sender, source, asked.period(), asked.historical)
    return _brought(request, what, once.digest_of(what, shelf.digest_of(content).encode()), answer_rows=False)


@router.get(
    "/collect/batches/{batch}/rows", response=Sent, summary=_("一批报送各行的结果"), operation_id="collect.answers"
)
@by_machine_or("collect.upload")
def row_answers(request: Request, batch: Id, paging: Query[Paging]):
    """What became of the delivery, and of its rows page by page."""
    if machine := getattr(request, "machine", None):
        found = get_object_or_404(Batch.objects.select_related("version"), pk=batch, arrival__machine=machine)
    else:
        found = get_object_or_404(batches_in(request.scope, "collect.upload"), pk=batch)
    first = (paging.page - 1) * paging.size + 1
    return told(found, first=first, last=first + paging.size - 1)


def told(batch: Batch, again: bool = False, first: int = 1, last: int = 0) -> dict[str, Any]:
    """A delivery and its rows `first` to `last`."""
    done = batch.checked is not None and batch.state != Batch.FAILED
    tally = numbers(batch)
    lines = answers.lines_of(batch) if done and last else answers.Lines(0, 0, 0)
    said = answers.of_batch(batch, lines, first, last) if done and last else []
    return {
        "batch": batch.pk, "number": batch.number, "state": batch.state, "again": again, "rows": tally.rows + lines.others,
        "accepted": tally.taken, "duplicates": tally.doubles, "quarantined": tally.waiting, "not_rows": lines.others,
        "absent": list(batch.absent.values()), "problem": batch.problem or None, "notes": batch.notes, "answers": said,
    }  # fmt: skip


def _brought(request: Request, what: arriving.Brought, digest: str, answer_rows: bool = True) -> Status:
    bringer = _bringer(request)
    owner = f"machine:{bringer.machine.pk}" if bringer.machine else f"user:{request.user.pk}"
    key = request.headers.get("Idempotency-Key", "")
    batch, again = once.receive_once(bringer, request.now, what, once.Asked(owner, key, digest))
    if not again:
        check_small(batch, request.now)
    if batch.state in (Batch.RECEIVED, Batch.READ, Batch.CHECKED):
        arriving.confirm_one(batch, request.now)
    batch = Batch.objects.select_related("version", "commit").get(pk=batch.pk)
    waits = batch.state in (Batch.RECEIVED, Batch.READ)
    last = settings.WUSHANG_API_ROWS if answer_rows else 0
    return Status(202 if waits else 200 if again else 201, told(batch, again, last=last))


def _tried(checked: Checked, count: int) -> dict[str, Any]:
    """check_only: the same reading and checks, nothing kept."""
    said = answers.of_checked(checked, count)
    return {
        "batch": None, "number": "", "state": "check_only", "again": False, "rows": count,
        "accepted": checked.accepted.height, "duplicates": checked.duplicates.height,
        "quarantined": len(checked.quarantined), "not_rows": count - checked.rows, "absent": [], "problem": None,
        "notes": checked.notes, "answers": said,
    }  # fmt: skip


def _version(request: Request, source: str) -> SourceVersion:
    """The table as in force; 404 where there is none, refused where this machine may not send it."""
    if not _may_send(request, source):
        why = _g("这个机器账号不能报送“%(source)s”。") % {"source": source}
        raise refuse(
            "source", why, _("可以报送的表见 /api/collect/sources；要增加的请找系统管理员。"), "source", source
        )
    try:
        return in_force(source, request.now)
    except Refused as refused:
        raise Http404 from refused


def _may_send(request: Request, source: str) -> bool:
    machine = getattr(request, "machine", None)
    return machine is None or source in machine.sources


def _sender(request: Request, asked: Asked, version: SourceVersion) -> Department:
    """The machine's own department and no other; a person names one in reach, or it is plain which."""
    if machine := getattr(request, "machine", None):
        if asked.sender not in ("", machine.department.code):
            raise refuse("sender", _("机器账号只能代本部门报送。"), _("请去掉 sender。"), "sender", asked.sender)
        return machine.department
    if not asked.sender:
        return likely_sender(request, version.loaded())
    return sender_of(request.scope, asked.sender)


def _bringer(request: Request) -> arriving.Bringer:
    machine = getattr(request, "machine", None)
    return arriving.Bringer(actor_of(request), "api", bool(machine and machine.confirms), machine)


def _body(request: Request) -> bytes:
    """The body, read no further than it may be long."""
    body = request.read(LARGEST_BODY + 1)
    if len(body) > LARGEST_BODY:
        raise refuse("large_body", _("请求内容超过 20 MB。"), _("请分成几次发送，或改传整份文件。"))
    return body
