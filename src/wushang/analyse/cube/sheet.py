"""The answer as a workbook: the table to print; every figure with what it was made of, one a line, to reckon on with; and what the
figures are, on a sheet of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import islice, product
from typing import Any

from django.utils.translation import gettext as _

from wushang.analyse.cube.cube import ALL, Key
from wushang.analyse.cube.shown import Row, Shown, crumbs, months_said
from wushang.analyse.dimensions import dimensions
from wushang.pool.sheet import Column, Heading, Plain, ledger

MOST = 1_000_000  # lines that a sheet can hold


def workbook(shown: Shown, unit: str, maker: str, on: date) -> bytes:
    """Every row, not only those a page shows; no figure is added up here that was not counted."""
    heading = Heading(_("交叉分析") + f" {months_said(shown.asked)}", unit, maker, on)
    whole = replace(shown.total, text=_("全部"))  # 合计 is the ledger's own last line, which counts rows
    rows = [_values(shown, row) for row in (whole, *shown.each_row())]
    return ledger(heading, _columns(shown), rows, "A3" if len(_columns(shown)) > 8 else "A4", _notes(shown), _data(shown))


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


def _data(shown: Shown) -> Plain:
    """One figure a line: where, of which measure, its value, numerator, denominator, interval, the one it is compared with."""
    sides = [dimensions()[code] for code in (shown.asked.down, shown.asked.across) if code]
    heads = [*(Column(str(side.title), 24) for side in sides), Column(_("指标"), 20), Column(_("单位"), 8),
             *(Column(head, 14, "rate") for head in (_("数值"), _("分子"), _("分母"), _("区间下限"), _("区间上限"), _("对比值"), _("增减%")))]  # fmt: skip
    return Plain(heads, islice(_lines(shown), MOST))


def _lines(shown: Shown) -> Iterator[list[Any]]:
    cube, asked = shown.cube, shown.asked
    rows, columns = _named(asked.down, cube.down), _named(asked.across, cube.across)
    for down, across in product(rows, columns):
        where = [names[key] for names, key in ((rows, down), (columns, across)) if key is not ALL]
        for measure in shown.measures:
            yield [*where, str(measure.title), str(measure.unit), *_made_of(shown, measure.code, down, across)]


def _named(code: str, keys: list[str]) -> dict[Key, str]:
    """The keys of one side with what they are called; of a side that is not split the one key of the whole."""
    return dict(dimensions()[code].named(keys).items()) if code else {ALL: ""}


def _made_of(shown: Shown, code: str, down: Key, across: Key) -> list[float | None]:
    figure, last = shown.cube.figure(code, down, across), shown.found.last(code, down, across)
    interval = figure.interval
    ends = [interval.low, interval.high] if interval else [None, None]
    return [figure.value, figure.count, figure.over, *ends, last.value if last else None, shown.found.change(code, down, across)]


def _notes(shown: Shown) -> list[tuple[str, str]]:
    kept = "；".join(f"{one['title']}：{one['keys']}" for one in crumbs(shown.asked))
    told = [
        (_("统计依据"), shown.basis),
        (_("只看"), kept or _("没有筛选")),
        (_("对比"), shown.before_said or _("不对比")),
        (_("数据截至"), shown.found.data_to.isoformat() if shown.found.data_to else "—"),
        (_("数据版本"), f"{shown.cube.commit}"),
        *((str(one.title), f"{one.formula}（{one.source}）") for one in shown.measures),
        (_("区间"), _("95% 精确区间：率按泊松分布（Garwood 1936），构成比按二项分布（Clopper–Pearson 1934）；件数、人次不给区间。")),
        (_("数据页"), _("一行一个数，没有合计，可直接做数据透视表；率不能相加，要用分子和分母重算。")),
    ]
    return [*told, *((_("说明"), text) for text in shown.remarks)]
