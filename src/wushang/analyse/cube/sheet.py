"""The answer as a workbook: the table, and under it what the figures are."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _

from wushang.analyse.cube.cube import ALL
from wushang.analyse.cube.shown import Row, Shown, months_said
from wushang.pool.sheet import Column, Heading, ledger


def workbook(shown: Shown, unit: str, maker: str, on: date) -> bytes:
    """Every row, not only those a page shows; no figure is added up here that was not counted."""
    title = _("交叉分析") + f" {months_said(shown.asked)}"
    heading = Heading(title, unit, maker, on, "".join(shown.notes))
    whole = replace(shown.total, text=_("全部"))  # 合计 is the ledger's own last line, which counts rows
    rows = [_values(shown, row) for row in (whole, *shown.each_row())]
    return ledger(heading, _columns(shown), rows, "A3" if len(_columns(shown)) > 8 else "A4")


def _columns(shown: Shown) -> list[Column]:
    first = Column(shown.side or _("范围"), 24)
    if shown.pivot:
        kind = "count" if shown.measures[0].whole else "rate"
        return [first, *(Column(head, 12, kind) for head in shown.heads), Column(_("合计"), 12, kind)]  # type: ignore[arg-type]
    found = [first]
    for measure in shown.measures:
        kind = "count" if measure.whole else "rate"
        found.append(Column(f"{measure.title}（{measure.unit}）", 14, kind))  # type: ignore[arg-type]
        if shown.compares:
            found += [Column(shown.before_said, 14, kind), Column(_("增减%"), 10, "rate")]  # type: ignore[arg-type]
    return found


def _values(shown: Shown, row: Row) -> list:
    if shown.pivot or not shown.compares:
        return [row.text, *(cell.value for cell in row.cells)]
    values: list = [row.text]
    for code, cell in zip(shown.asked.measures, row.cells, strict=True):
        last = shown.found.last(code, row.key, ALL)
        values += [cell.value, last.value if last else None, cell.change]
    return values
