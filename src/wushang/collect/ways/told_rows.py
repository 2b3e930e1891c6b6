"""Rows as a machine tells them: JSON {"rows": [...]} or NDJSON, keys are titles of the table (or its field names)."""

from __future__ import annotations

import json
from typing import Any

from django.utils.translation import gettext as _

from wushang.collect.cells.title import plain_title
from wushang.collect.source import Source
from wushang.people.deed import refuse

Told = dict[str, Any]


def rows_of(body: bytes, kind: str, most: int) -> list[Told]:
    """The rows of a request's body; Refused with the line or row that cannot be read."""
    text = _text(body)
    rows = _lines(text) if "ndjson" in kind or "jsonl" in kind else _whole(text)
    if not rows:
        raise refuse("no_rows", _("请求里没有行。"), _("请把要报的行放进 rows。"), "rows")
    if len(rows) > most:
        why = _("一次请求最多 %(most)d 行，这次有 %(n)d 行。") % {"most": most, "n": len(rows)}
        raise refuse("many_rows", why, _("请分成几次发送，或改传整份文件。"), "rows", str(len(rows)))
    return rows


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        why = _("请求内容不是 UTF-8 编码（第 %(n)d 个字节）。") % {"n": wrong.start}
        raise refuse("body", why, _("请用 UTF-8 编码发送。")) from wrong


def _whole(text: str) -> list[Told]:
    said = _json(text, _("请求内容"))
    rows = said.get("rows") if isinstance(said, dict) else said
    if not isinstance(rows, list):
        why = _("请求内容里没有 rows 这个列表。")
        raise refuse("body", why, _('请写成 {"rows": [{"列名": "值"}]}，或每行一个 JSON 对象（NDJSON）。'), "rows")
    return [_row(row, number) for number, row in enumerate(rows, 1)]


def _lines(text: str) -> list[Told]:
    lines = [line for line in text.split("\n") if line.strip()]
    return [_row(_json(line, _("第 %(n)d 行") % {"n": n}), n) for n, line in enumerate(lines, 1)]


def _json(text: str, where: str) -> Any:
    """JSON with its numbers as they were written: no digit of an identifier may be lost."""
    try:
        return json.loads(text, parse_int=str, parse_float=str, parse_constant=str)
    except (ValueError, RecursionError) as wrong:
        why = _("%(where)s不是 JSON。") % {"where": where}
        raise refuse("body", why, _("请核对引号、逗号和括号。"), "rows") from wrong


def _row(row: Any, number: int) -> Told:
    if not isinstance(row, dict):
        raise refuse(
            "row", _("第 %(n)d 行不是“列名: 值”。") % {"n": number}, _('请写成 {"列名": "值"}。'), "rows", str(number)
        )
    if not any(value not in (None, "") for value in row.values()):
        raise refuse("empty_row", _("第 %(n)d 行是空的。") % {"n": number}, _("请去掉空行。"), "rows", str(number))
    for name, value in row.items():
        _cell_can_be_kept(name, value, number)
    return row


def _cell_can_be_kept(name: str, value: Any, number: int) -> None:
    if isinstance(value, (list, dict)):
        why = _("第 %(n)d 行“%(name)s”应是一个值，不是列表。") % {"n": number, "name": name[:40]}
        raise refuse("value", why, _("请拆成几列或几行。"), name[:80])
    said = f"{name}{cell(value)}"
    if "\x00" in said or any("\ud800" <= letter <= "\udfff" for letter in said):
        why = _("第 %(n)d 行有不能保存的字符。") % {"n": number}
        raise refuse("value", why, _("请去掉控制字符和残缺的字符。"), "rows", str(number))


def cell(value: Any) -> str:
    """A JSON value as a clerk would have typed it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(value)


def table_of(rows: list[Told], source: Source) -> tuple[list[str], list[list[str]]]:
    """Titles and cells: keys of any row that mean one field are one column, every other key its own; a field's name stands for its
    first title. A needed column that no row tells is one of empty cells: each row is answered for itself."""
    columns = _columns(rows, source)
    titles = [_title(keys[0], source) for keys in columns]
    more = _untold(titles, source)
    cells = [[next((said for key in keys if (said := cell(row.get(key)))), "") for keys in columns] + [""] * len(more) for row in rows]
    return titles + more, cells


def _title(key: str, source: Source) -> str:
    return source.columns[key].titles[0] if key in source.columns else key


def _columns(rows: list[Told], source: Source) -> list[list[str]]:
    """The keys of each column. Two keys of one field stay apart where a row tells both, and not the same."""
    claimed, columns = source.claimed_titles(), dict[str, list[str]]()
    for key in dict.fromkeys(key for row in rows for key in row):
        field = claimed.get(plain_title(_title(key, source)))
        together = columns.setdefault(f"field:{field}" if field else key, [])
        apart = any(len({said for one in [*together, key] if (said := cell(row.get(one)))}) > 1 for row in rows)
        (columns.setdefault(key, []) if apart else together).append(key)
    return list(columns.values())


def _untold(titles: list[str], source: Source) -> list[str]:
    """Titles of the needed columns that nobody tells; none where the titles hardly are this table's."""
    claimed = source.claimed_titles()
    told = {claimed[plain_title(title)] for title in titles if plain_title(title) in claimed}
    told |= {name for name, column in source.columns.items() if column.stand_in in told}
    needed = [[name] for name, column in source.columns.items() if column.required] + source.any_of
    return [source.columns[group[0]].titles[0] for group in needed if not told & set(group)] if len(told) > 1 else []
