"""Read a department's PostgreSQL view above a watermark: one read-only transaction, a cursor on the server, time limits."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from time import monotonic
from typing import Any

import psycopg
from django.conf import settings
from django.utils import timezone
from psycopg import sql

from wushang.collect.deeds.check_batch import secret
from wushang.collect.source import Source
from wushang.collect.ways.view import TIMES, View, columns_taken, identifier, kind_of, limits, reach
from wushang.people.lease import renew

STEP = 2000  # rows fetched at a time


@dataclass
class Read:
    """What came: titles and text cells, how far it was read, what lies within the overlap, what has no watermark."""

    titles: list[str]
    rows: list[list[str]] = field(default_factory=list)
    watermark: str = ""
    seen: list[str] = field(default_factory=list)
    without: int = 0
    more: bool = False


def read(view: View, source: Source) -> Read:
    """The rows that are new above the watermark; psycopg.Error and Refused tell why not."""
    ends = monotonic() + settings.WUSHANG_PULL_SECONDS
    with reach(view) as server, server.transaction():
        limits(server)
        kind = kind_of(server, view)
        chosen = columns_taken(server, view, source)
        found = Read([title for _column, title in chosen])
        found.without = _without(server, view)
        _rows(server, view, [column for column, _title in chosen], kind, found, ends)
    return found


def _without(server: psycopg.Connection[Any], view: View) -> int:
    asked = sql.SQL("SELECT count(*) FROM {} WHERE {} IS NULL").format(
        identifier(view), sql.Identifier(view.watermark_column)
    )
    row = server.execute(asked).fetchone()
    return int(row[0]) if row else 0


def _query(view: View, columns: Sequence[str], kind: str) -> tuple[sql.Composed, list[Any]]:
    """The watermark first, then the columns; from the overlap before the watermark on, in its order."""
    mark = sql.Identifier(view.watermark_column)
    wanted = sql.SQL(", ").join(
        [
            sql.SQL("{0} AS wushang_mark, {0}::text AS wushang_said").format(mark),
            *(sql.Identifier(name) for name in columns),
        ]
    )
    asked = sql.SQL("SELECT {} FROM {} WHERE {} IS NOT NULL").format(wanted, identifier(view), mark)
    if view.watermark:
        back = "make_interval(secs => %s)" if kind in TIMES else "%s::int" if kind == "date" else "%s"
        asked += sql.SQL(" AND {} >= CAST(%s AS {}) - " + back).format(mark, sql.SQL(kind))
    asked += sql.SQL(" ORDER BY wushang_mark")
    return asked, [view.watermark, view.overlap] if view.watermark else []


def _rows(
    server: psycopg.Connection[Any], view: View, columns: Sequence[str], kind: str, found: Read, ends: float
) -> None:
    marks: list[tuple[Any, str]] = []
    for value, said, cells in _fetched(server, _query(view, columns, kind), ends):
        digest = digest_of(cells)
        marks.append((value, digest))
        found.watermark = said
        if digest in view.seen:
            continue
        found.rows.append(cells)
        if len(found.rows) >= settings.WUSHANG_PULL_ROWS:
            found.more = True
            break
    if not marks:
        found.watermark, found.seen = view.watermark, sorted(view.seen)
        return
    floor = _back(marks[-1][0], view.overlap)
    found.seen = sorted({digest for value, digest in marks if value >= floor})


def _fetched(
    server: psycopg.Connection[Any], asked: tuple[sql.Composed, list[Any]], ends: float
) -> Iterator[tuple[Any, str, list[str]]]:
    with server.cursor(name="wushang_pull") as cursor:
        cursor.itersize = STEP
        cursor.execute(*asked)
        for number, (value, said, *cells) in enumerate(cursor):
            if number % STEP == 0:
                renew()
                if monotonic() > ends:
                    raise psycopg.errors.QueryCanceled("the whole pull took too long")
            yield value, said, [cell(one) for one in cells]


def _back(value: Any, overlap: int) -> Any:
    if isinstance(value, datetime):
        return value - timedelta(seconds=overlap)
    return value - (timedelta(days=overlap) if isinstance(value, date) else overlap)


def cell(value: Any) -> str:
    """A value of the server as a clerk would have typed it; times in the deployment's zone."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        local = timezone.localtime(value) if value.tzinfo else value
        return f"{local:%Y-%m-%d %H:%M:%S}"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, (list, dict)):
        return json.dumps(value, ensure_ascii=False)
    return str(value).replace("\x00", "")


def digest_of(cells: list[str]) -> str:
    """A row known again without its contents being kept."""
    key = hashlib.blake2b(secret(), digest_size=32).digest()
    return hashlib.blake2b("\x1f".join(cells).encode(), digest_size=12, key=key).hexdigest()
