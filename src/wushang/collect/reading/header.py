"""The header: which line names the columns, below titles, on one level or two."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from wushang.collect.cells.title import plain_title, unit_of
from wushang.collect.reading.sheet import Sheet, refuse
from wushang.collect.source import Source

SEARCHED = 40  # a header below line 40 is not a header


@dataclass(frozen=True)
class Header:
    """Where the header stands and which column holds which field."""

    top: int  # index of its first line
    levels: int
    places: dict[str, int]  # field → column index
    titles: dict[str, str]  # field → the title as the file writes it
    units: dict[str, str]  # field → unit written in the header
    unknown: dict[int, str] = field(default_factory=dict)  # columns that no field claims

    @property
    def below(self) -> int:
        """Index of the first line under the header."""
        return self.top + self.levels


def find_header(sheet: Sheet, source: Source) -> Header | None:
    """The line or pair of lines that names most of the source's columns; nothing when fewer than two are named."""
    titles = source.claimed_titles()
    found = [
        header
        for top in range(min(SEARCHED, sheet.cells.height))
        for levels in (1, 2)
        if top + levels <= sheet.cells.height
        for header in [_header(sheet, titles, top, levels)]
    ]
    best = max(found, key=lambda h: (len(h.places), -h.levels, -h.top), default=None)
    if best is None or len(best.places) < 2:
        return None
    return _stand_ins(_second_level(sheet, titles, best), source)


def _header(sheet: Sheet, titles: dict[str, str], top: int, levels: int) -> Header:
    places: dict[str, int] = {}
    written, unknown = {}, {}
    for place, names in enumerate(_names(sheet, top, levels)):
        claimed = next((titles[plain_title(n)] for n in names if plain_title(n) in titles), None)
        if claimed and claimed not in places:
            places[claimed], written[claimed] = place, re.sub(r"\s+", "", names[0])
        elif names and names[0].strip():
            unknown[place] = re.sub(r"\s+", "", names[0])
    units = {name: unit_of(title) for name, title in written.items() if unit_of(title)}
    return Header(top, levels, places, written, units, unknown)


def _names(sheet: Sheet, top: int, levels: int) -> list[list[str]]:
    """How each column may be called: its own title, or group/part, part, group on two levels."""
    upper = [_bare(cell) for cell in sheet.line(top)]
    if levels == 1:
        return [[name] if name else [] for name in upper]
    lower = [_bare(cell) for cell in sheet.line(top + 1)]
    group, names = "", []
    for above, under in zip(upper, lower, strict=True):
        group = above or (group if under else "")
        if under and above != under and group:
            names.append([f"{group}/{under}", under] if not above else [f"{group}/{under}", under, above])
        else:
            names.append([name for name in (above or under,) if name])
    return names


def _bare(cell: str) -> str:
    return cell.strip()


def _second_level(sheet: Sheet, titles: dict[str, str], best: Header) -> Header:
    """A line under a one-level header that is no data (no digit, nothing under the named columns) belongs to it."""
    if best.levels == 2 or best.below >= sheet.cells.height:
        return best
    under = sheet.line(best.below)
    filled = [place for place, cell in enumerate(under) if cell]
    parts = filled and all(not re.search(r"\d", under[p]) for p in filled)
    first = min(best.places.values())
    if parts and not under[first] and len(filled) >= 2 and not _is_sum(under):
        return _header(sheet, titles, best.top, 2)
    return best


def _stand_ins(header: Header, source: Source) -> Header:
    """A needed column that is absent is read from its stand-in (受理编号 from 认定书编号)."""
    places, written = dict(header.places), dict(header.titles)
    for name, column in source.columns.items():
        if name not in places and column.stand_in in places:
            places[name], written[name] = places[column.stand_in], written[column.stand_in]
    return replace(header, places=places, titles=written)


def _is_sum(line: list[str]) -> bool:
    return any(re.match(r"^\s*(合|总|小)\s*计", cell) for cell in line)


def choose(sheets: list[Sheet], source: Source, file_name: str) -> tuple[Sheet, Header]:
    """The sheet that holds the table; Refused when none does, or two do, or a needed column is not there."""
    found = [(sheet, header) for sheet in sheets for header in [find_header(sheet, source)] if header]
    usable = [(sheet, header) for sheet, header in found if not lacking(header, source)]
    if not usable:
        raise _no_header(found, source, file_name)
    if len(usable) > 1:
        names = "、".join(f"“{sheet.name}”" for sheet, _ in usable)
        why = f"有 {len(usable)} 张工作表都是{source.title}：{names}"
        raise refuse("several_sheets", "工作表", file_name, why, "请每张工作表存成一个文件，分别上传")
    return usable[0]


def lacking(header: Header, source: Source) -> list[str]:
    """Titles of the needed columns that the file does not have."""
    needed = [name for name, column in source.columns.items() if column.required and name not in header.places]
    groups = [group for group in source.any_of if not any(name in header.places for name in group)]
    titles = [source.columns[name].titles[0] for name in needed]
    return titles + ["或".join(source.columns[name].titles[0] for name in group) for group in groups]


def _no_header(found: list[tuple[Sheet, Header]], source: Source, file_name: str) -> Exception:
    if not found:
        want = "、".join(column.titles[0] for column in source.columns.values() if column.required)
        why = f"前 {SEARCHED} 行里找不到{source.title}的表头"
        return refuse("no_header", "表头", file_name, why, f"表头应有这些列：{want}；可下载样表对照")
    sheet, header = max(found, key=lambda pair: len(pair[1].places))
    missing = "、".join(lacking(header, source))
    have = "、".join(header.titles.values())
    why = f"第 {header.top + 1} 行表头缺少必需的列：{missing}（已认出：{have}）"
    return refuse("column_missing", "表头", file_name, why, "请补上这些列；列名不同的请告诉管理员加入该报送表的列名")
