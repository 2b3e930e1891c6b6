"""The dictionary (数据字典) of a table: what every column is called, what it holds, in which unit, by which code list."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa
from django.utils.translation import gettext_lazy as _

from wushang.analyse.library.board import Listed, Said, list_title
from wushang.collect.source import Column as Cell
from wushang.collect.source import Source
from wushang.pool.tables import Table, declared

OF_NUMBERS = {"money": _("元"), "rate": _("%")}
KINDS = {
    "text": _("文字"), "code": _("代码"), "region": _("地区"), "department": _("部门"), "date": _("日期"), "month": _("月份"), "hour": _("数字"), "integer": _("数字"),
    "decimal": _("数字"), "money": _("金额"), "rate": _("比率"), "yes_no": _("是／否"),
}  # fmt: skip


@dataclass(frozen=True)
class Column:
    """One column of a published table. A close one is told of in the dictionary and never shown."""

    name: str
    title: str
    type: str
    unit: str
    codes: str
    words: dict[str, str]
    close: bool
    reported_as: tuple[str, ...]  # how the departments' files call it

    @property
    def kind(self) -> str:
        return str(KINDS[self.type])

    @property
    def list_title(self) -> str:
        return list_title(self.codes)


def columns_of(listed: Listed, sources: dict[str, Source]) -> list[Column]:
    """Every column of the table that has a name, the close ones too; `sources` as in force."""
    table = declared()[listed.name]
    mine = [sources[name] for name in listed.sources if name in sources]
    return [_column(table, name, said, mine) for name, said in listed.columns.items()]


def shown_of(listed: Listed, sources: dict[str, Source]) -> list[Column]:
    """The columns that may be shown and taken away: nothing that comes close to a person."""
    return [column for column in columns_of(listed, sources) if not column.close]


def _column(table: Table, name: str, said: Said, sources: list[Source]) -> Column:
    field = name if said.of is None else said.of
    cells = [source.columns[field] for source in sources if field in source.columns]
    personal = said.close or name in table.close or any(field in source.personal for source in sources)
    kind = said.type or _kind(table, name, cells)
    codes = said.codes if said.codes is not None else next((cell.codes for cell in cells), "") if kind == "code" else ""
    title = said.title or (cells[0].titles[0] if cells else name)
    reported_as = tuple(dict.fromkeys(cell.titles[0] for cell in cells))
    return Column(name, title, kind, said.unit or str(OF_NUMBERS.get(kind, "")), codes, said.words, personal, reported_as)


def _kind(table: Table, name: str, cells: list[Cell]) -> str:
    """What a column holds: as its source says where that fits what is stored, else as it is stored."""
    stored = table.schema.field(name).type
    if pa.types.is_boolean(stored):
        return "yes_no"
    said = cells[0].type if cells else ""
    if pa.types.is_date(stored):
        return "month" if said == "month" else "date"
    return said if said in KINDS else "integer" if pa.types.is_integer(stored) else "text"
