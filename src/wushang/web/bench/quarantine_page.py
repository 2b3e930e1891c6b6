"""The page 报送结果 of a delivery with a million rows in 待订正: its first page, one far behind, one of a kind, one settled."""

from __future__ import annotations

import json
from pathlib import Path
from time import process_time

import polars as pl
from django.db import connection
from django.test import Client
from django.utils import timezone

from wushang.collect import compared, counts, shelf
from wushang.collect.inforce import in_force
from wushang.collect.models import Batch, QuarantinedRow
from wushang.people import load
from wushang.people.crypto import encrypt
from wushang.people.models import Appointment, Department, Role, User
from wushang.pool.models.clock import latest
from wushang.web.bench import Measured, seconds

IDS = {"collect.quarantine_page.sqlite": "sqlite", "collect.quarantine_page.postgres": "postgres"}
ROWS = {"s": 100_000, "m": 1_000_000, "l": 1_000_000}
ALLOWED = 200.0  # milliseconds
KINDS = (("uscc", "uscc", "统一社会信用代码", "应为18位，现为8位"), ("code_unknown", "grade", "伤残等级", "代码表里没有“十一级”"))
COLUMNS = ("batch_id", "row", "unit", "key", "kind", "suggested", "raw", "text", "problems", "state", "mended", "reason",
           '"by"', "at", "result", "change", "landing_key", "landed")  # fmt: skip
TOGETHER = 50_000


def run(name: str, scale: str, folder: Path) -> Measured:
    number = ROWS[scale]
    client, few, many = _clerk(), _delivery(100), _delivery(number)
    _fill(few, 100)
    _fill(many, number)
    pages = {
        "first": f"/collect/{many.pk}/", "far": f"/collect/{many.pk}/?after=open-{number * 3 // 4}",
        "kind": f"/collect/{many.pk}/?kind=uscc.uscc&state=open", "settled": f"/collect/{many.pk}/?state=accepted",
        "list": "/collect/", "waiting": "/collect/waiting/", "desk": "/",
    }  # fmt: skip
    took = {page: _milliseconds(client, address) for page, address in pages.items()}
    small = _milliseconds(client, f"/collect/{few.pk}/")
    said = ", ".join(f"{page} {value:.0f}" for page, value in took.items())
    busy = _busy(client, pages["first"])
    note = (
        f"{number:,} rows, ms: {said}; the same page with 100 rows {small:.0f}; "
        f"of the first page {busy:.0f} ms are this process's own work; baseline: the 200 ms allowed"
    )
    return Measured(max(took[page] for page in ("first", "far", "kind", "settled")), "ms", ALLOWED, 1.0, note)


def _milliseconds(client: Client, address: str) -> float:
    def ask() -> None:
        answer = client.get(address)
        assert answer.status_code == 200, (address, answer.status_code)

    ask()  # templates and modules are loaded once in a server's life
    return seconds(ask, 5) * 1000


def _busy(client: Client, address: str) -> float:
    """Milliseconds of processor time, however busy the machine is."""
    began = process_time()
    for _ in range(5):
        client.get(address)
    return (process_time() - began) * 200


def _clerk() -> Client:
    load.roles()
    load.regions([{"code": "990100", "name": "云溪市", "kind": "county", "parent": ""}])
    load.departments([{"code": "990100-hrss", "name": "云溪市人社局", "short_name": "人社局", "kind": "hrss", "region": "990100"}])
    user = User.objects.create_user("wangli", "Bench-2026-page", name="王丽", department=Department.objects.get(),
                                    password_set=timezone.now())  # fmt: skip
    Appointment.objects.create(user=user, role=Role.objects.get(code="clerk"), regions=["990100"])
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def _delivery(number: int) -> Batch:
    at = timezone.now()
    batch = Batch.objects.create(
        version=in_force("injury_recognition", at), sender=Department.objects.get(), file_name=f"{number}.csv",
        digest=f"{number:064}", size=number * 100, received=at, received_by="王丽", checked=at, state=Batch.CHECKED,
        rows=number, taken=0, header={"titles": {}}, known=latest(), difference=dict.fromkeys(("new", "changed", "same", "gone"), 0),
    )  # fmt: skip
    shelf.keep_difference(batch.path, pl.DataFrame(schema=compared.SCHEMA))
    return batch


def _fill(batch: Batch, number: int) -> None:
    """Rows of two kinds, a tenth of them given back, a tenth accepted; by the database's own fast road."""
    made = [_kind(*kind) for kind in KINDS]
    lands = encrypt(json.dumps({"key": "1号", "digest": "", "period": "", "values": {"employer_name": "甲公司"}, "personal": {}}))
    for start in range(0, number, TOGETHER):
        _insert([_row(batch, n, lands, *made[n % 2]) for n in range(start, min(start + TOGETHER, number))])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    counts.recount(batch)


def _kind(code: str, field: str, column: str, why: str) -> tuple[str, str, str, str]:
    problem = {"code": code, "column": column, "value": "91440300", "why": why, "remedy": "请按原件核对后改正", "field": field,
               "severity": "reject", "suggestion": "", "key": "1号"}  # fmt: skip
    text = json.dumps({"number": "1号", "employer_name": "甲公司", "worker": "张三", field: "91440300"}, ensure_ascii=False)
    return f"{code}.{field}", encrypt(text), encrypt(text), json.dumps([problem], ensure_ascii=False)


def _row(batch: Batch, number: int, lands: str, kind: str, raw: str, text: str, problems: str) -> tuple:
    state = {8: QuarantinedRow.RETURNED, 9: QuarantinedRow.ACCEPTED}.get(number // 2 % 10, QuarantinedRow.OPEN)
    settled = state == QuarantinedRow.ACCEPTED
    return (batch.pk, number + 2, f"第{number}公司", f"{number}号", kind, False, raw, text, problems, state, "",
            "请核对" if state != QuarantinedRow.OPEN else "", "王丽" if state != QuarantinedRow.OPEN else "", None,
            lands if settled else "", "new" if settled else "", f"{number}号" if settled else "", False)  # fmt: skip


def _insert(rows: list[tuple]) -> None:
    names = ", ".join(COLUMNS)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY collect_quarantinedrow ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            cursor.executemany(f"INSERT INTO collect_quarantinedrow ({names}) VALUES ({', '.join(['%s'] * len(COLUMNS))})", rows)
