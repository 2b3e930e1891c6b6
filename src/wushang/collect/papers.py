"""Papers that leave: the 订正表 for the sending department, the sample file of a source, the list of differences."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from wushang.collect.cells.title import plain_title
from wushang.collect.corrections import LINE, MARK, mark
from wushang.collect.models import Batch, QuarantinedRow
from wushang.collect.source import Source

MOST = 50_000  # rows of one workbook
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def corrections(batch: Batch) -> bytes:
    """Rows that wait: their line in the file, what is wrong, every column as the department wrote it, and the mark by which
    each is known again when the workbook comes back filled in."""
    waiting = batch.quarantined.filter(state__in=(QuarantinedRow.OPEN, QuarantinedRow.RETURNED)).order_by("row")
    rows, titles = [], []
    for row in waiting[:MOST]:
        raw = dict.fromkeys(batch.absent.values(), "") | json.loads(row.raw)  # a column that is not there can be filled in too
        titles = titles or list(raw)
        said = [f"{p['column']}：{p['why']}；{p['remedy']}" for p in row.problems if p["severity"] == "reject"]
        if row.reason:
            said.append(row.reason)
        marked = {p["column"] for p in row.problems}
        rows.append(([row.row, "\n".join(said), *(raw[title] for title in titles), mark(row)], marked))
    head = [LINE, _("问题和建议"), *titles, MARK]
    return _book(_("%(title)s 订正表") % {"title": batch.title}, head, rows)


def differences(batch: Batch, lines: Iterable[Any], names: dict[str, str]) -> bytes:
    """What is different from last time, as it is seen on the page."""
    head = [_("变化"), _("文件行号"), _("单位"), _("列"), _("上次"), _("本次")]
    rows = [([names[x.change], x.row or "", x.unit, x.column, x.before, x.after], set()) for x in lines]
    return _book(_("%(title)s 与上次不同") % {"title": batch.title}, head, rows)


def sample(source: Source) -> bytes:
    """The source's own header, with its example lines where it has some."""
    titles = [column.titles[0] for column in source.columns.values()]
    return _book("", titles, [(line, set()) for line in _example(source)])


def _example(source: Source) -> list[list[str]]:
    """One line of the example under our titles."""
    if not source.example:
        return []
    claimed = source.claimed_titles()
    for at, line in enumerate(source.example.raw):
        fields = [claimed.get(plain_title(cell)) for cell in line]
        if sum(field is not None for field in fields) >= 2:
            first = next(row for row in source.example.raw[at + 1 :] if len([c for c in row if c]) > 3)
            found = {field: cell for field, cell in zip(fields, first, strict=False) if field}
            return [[found.get(name, "") for name in source.columns]]
    return []


def _book(title: str, head: list[str], rows: list[tuple[list[Any], set[str]]]) -> bytes:
    """Plain features only, so that WPS and LibreOffice open it: text cells, one bold header, fixed panes."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    page = book.add_worksheet()
    bold = book.add_format({"bold": True, "border": 1, "text_wrap": True, "valign": "vcenter"})
    plain = book.add_format({"num_format": "@", "border": 1, "text_wrap": True, "valign": "top"})
    marked = book.add_format(
        {"num_format": "@", "border": 1, "text_wrap": True, "valign": "top", "bold": True, "bg_color": "#E6E6E6"}
    )
    top = 0
    if title:
        page.merge_range(0, 0, 0, max(len(head) - 1, 1), title, book.add_format({"bold": True, "font_size": 14}))
        top = 1
    for place, name in enumerate(head):
        page.write_string(top, place, name, bold)
        page.set_column(place, place, 40 if name == _("问题和建议") else 16)
    for at, (cells, wrong) in enumerate(rows, top + 1):
        for place, value in enumerate(cells):
            form = marked if head[place] in wrong else plain
            page.write_number(at, place, value, plain) if isinstance(value, int) else page.write_string(
                at, place, str(value), form
            )
    page.freeze_panes(top + 1, 0)
    page.set_landscape()
    page.set_paper(9)
    page.repeat_rows(top)
    page.fit_to_pages(1, 0)
    book.close()
    return out.getvalue()
