"""A department's PostgreSQL view before its rows are read: how it is reached, its watermark, which columns are taken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import psycopg
from django.conf import settings
from django.utils.translation import gettext as _
from psycopg import sql

from wushang.collect.cells.title import plain_title
from wushang.collect.source import Source
from wushang.people.deed import refuse

CONNECT = 10  # seconds until a server that does not answer is given up
TIMES = ("timestamp with time zone", "timestamp without time zone")
NUMBERS = ("smallint", "integer", "bigint", "numeric")


@dataclass(frozen=True)
class View:
    """What is asked: which view, which of its columns under which titles, from where on."""

    dsn: str
    name: str
    watermark_column: str
    columns: dict[str, str]
    overlap: int
    watermark: str = ""
    seen: frozenset[str] = frozenset()


def look(view: View, source: Source) -> list[str]:
    """The titles that a reading would have; the view is asked, no row is read."""
    with reach(view) as server, server.transaction():
        limits(server)
        kind_of(server, view)
        chosen = columns_taken(server, view, source)
        server.execute(
            sql.SQL("SELECT {} FROM {} LIMIT 0").format(sql.Identifier(view.watermark_column), identifier(view))
        )
        return [title for _column, title in chosen]


def reach(view: View) -> psycopg.Connection[Any]:
    server = psycopg.connect(view.dsn, connect_timeout=CONNECT, application_name="wushang", client_encoding="utf8")
    server.read_only = True
    server.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
    return server


def limits(server: psycopg.Connection[Any]) -> None:
    """Times in one zone and one style, so that a watermark reads back as it was written; nothing waits for ever."""
    longest = settings.WUSHANG_PULL_SECONDS * 1000
    for name, value in (
        ("TimeZone", "UTC"),
        ("DateStyle", "ISO"),
        ("statement_timeout", longest),
        ("lock_timeout", 5000),
    ):
        server.execute(sql.SQL("SET LOCAL {} = {}").format(sql.Identifier(name), sql.Literal(str(value))))


def identifier(view: View) -> sql.Identifier:
    return sql.Identifier(*view.name.split(".", 1))


def _columns(server: psycopg.Connection[Any], view: View) -> dict[str, str]:
    """The view's columns with their types; none where there is no such view."""
    asked = "SELECT attname, format_type(atttypid, NULL) FROM pg_attribute WHERE attrelid = to_regclass(%s) AND attnum > 0 AND NOT attisdropped ORDER BY attnum"
    return dict(server.execute(asked, [identifier(view).as_string(server)]).fetchall())


def kind_of(server: psycopg.Connection[Any], view: View) -> str:
    """The type of the watermark column, which must be a time, a date or a number."""
    columns = _columns(server, view)
    if not columns:
        why = _("对方的数据库里没有视图“%(name)s”，或者没有给我们读的权限。") % {"name": view.name}
        raise refuse("no_view", why, _("请核对视图名（模式名.视图名），并请对方授予只读权限。"), "view", view.name)
    kind = columns.get(view.watermark_column, "")
    if not kind:
        why = _("视图里没有“%(name)s”这一列。") % {"name": view.watermark_column}
        names = "、".join(list(columns)[:40])
        raise refuse(
            "no_column", why, _("现有的列：%(names)s。") % {"names": names}, "watermark_column", view.watermark_column
        )
    if kind not in (*TIMES, *NUMBERS, "date"):
        why = _("“%(name)s”是 %(kind)s 类型，不能用来判断哪些行是新的。") % {
            "name": view.watermark_column,
            "kind": kind,
        }
        raise refuse("watermark_type", why, _("请对方提供更新时间或递增编号一列。"), "watermark_column", kind)
    return kind


def columns_taken(server: psycopg.Connection[Any], view: View, source: Source) -> list[tuple[str, str]]:
    """Column of the view → title of the table. Without a mapping: those that bear a title or a field's name; no others."""
    there = _columns(server, view)
    known = source.claimed_titles()
    if view.columns:
        if absent := [name for name in view.columns if name not in there]:
            why = _("视图里没有这些列：%(names)s。") % {"names": "、".join(absent)}
            raise refuse("no_column", why, _("请改对应关系，或请对方补上。"), "columns", absent[0])
        return list(view.columns.items())
    named = [(name, source.columns[name].titles[0] if name in source.columns else name) for name in there]
    chosen = [(name, title) for name, title in named if plain_title(title) in known]
    if not chosen:
        why = _("视图的列名与“%(title)s”的列名一个也对不上。") % {"title": source.title}
        raise refuse("no_column", why, _("请写明对应关系，一行一个：视图的列 = 报送表的列。"), "columns")
    return chosen
