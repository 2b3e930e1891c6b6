"""The header: which line names the columns, below titles, on one level or two."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from wushang.collect.cells.title import bare_unit, plain_title, said_units, unit_of
from wushang.collect.reading.sheet import Sheet, refuse
from wushang.collect.source import Source

SEARCHED = 40  # a header below line 40 is not a header
NOTHING = ("-", "—", "/", "――", "－")  # under a title: no unit


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
        for header in [header_at(sheet, titles, top, levels)]
    ]
    best = max(found, key=lambda h: (len(h.places), -h.levels, -h.top), default=None)
    if best is None or len(best.places) < 2:
        return None
    return _units(sheet, with_stand_ins(_second_level(sheet, titles, best), source), source)


def _units(sheet: Sheet, header: Header, source: Source) -> Header:
    """Units that the titles above say for columns that say none themselves (单位：万元), and which year days count from."""
    said = said_units([cell for index in range(header.top) for cell in sheet.line(index) if cell])
    units = dict(header.units)
    for name in header.places:
        kind = source.columns[name].type
        if mapped := source.columns[name].units.get(plain_title(header.titles[name])):
            units.setdefault(name, mapped)
        if kind in said:
            units.setdefault(name, said[kind])
        elif kind in ("date", "month") and sheet.since_1904:
            units[name] = "1904"
    return replace(header, units=units)


def header_at(sheet: Sheet, titles: dict[str, str], top: int, levels: int) -> Header:
    """The header on these lines: which column each claimed title names, and the titles that nobody claims."""
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
        under = "" if above and under in NOTHING else under
        if above and bare_unit(under):
            above, under = f"{above}({bare_unit(under)})", ""
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
    of_units = any(bare_unit(cell) for cell in under) and all(bare_unit(under[p]) or under[p] in NOTHING for p in filled)
    if of_units or (parts and not under[first] and len(filled) >= 2 and not _is_sum(under)):
        return header_at(sheet, titles, best.top, 2)
    return best


def with_stand_ins(header: Header, source: Source) -> Header:
    """A needed column that is absent is read from its stand-in (受理编号 from 认定书编号)."""
    places, written = dict(header.places), dict(header.titles)
    for name, column in source.columns.items():
        if name not in places and column.stand_in in places:
            places[name], written[name] = places[column.stand_in], written[column.stand_in]
    return replace(header, places=places, titles=written)


def _is_sum(line: list[str]) -> bool:
    return any(re.match(r"^\s*(合|总|小)\s*计", cell) for cell in line)


def fitting(sheets: list[Sheet], source: Source) -> list[tuple[Sheet, Header]]:
    """The sheets that hold this source's table; hidden ones only where no visible one does."""
    found = [(sheet, header) for sheet in sheets for header in [find_header(sheet, source)] if header]
    usable = [(sheet, header) for sheet, header in found if not lacking(header, source)]
    return [pair for pair in usable if not pair[0].hidden] or usable


def choose(sheets: list[Sheet], source: Source, file_name: str, wanted: str = "") -> tuple[Sheet, Header]:
    """The sheet that holds the table, or the one `wanted`; Refused when none does, or two do, or a column lacks."""
    sheets = [sheet for sheet in sheets if sheet.name == wanted] or sheets
    usable = fitting(sheets, source)
    if not usable:
        found = [(sheet, header) for sheet in sheets for header in [find_header(sheet, source)] if header]
        raise _no_header(found, source, file_name)
    if len(usable) > 1:
        names = "、".join(f"“{sheet.name}”" for sheet, _ in usable)
        why = f"有 {len(usable)} 张工作表都是{source.title}：{names}"
        raise refuse("several_sheets", "工作表", file_name, why, "请在网页上传，会按工作表各登记一批；或每张表存成一个文件")
    return usable[0]


def lacking(header: Header, source: Source) -> list[str]:
    """Titles of the needed columns that the file does not have, but for those that a person said it has not."""
    groups = [group for group in absent(header, source) if not set(group) <= set(source.absent)]
    return ["或".join(source.columns[name].titles[0] for name in group) for group in groups]


def absent(header: Header, source: Source) -> list[list[str]]:
    """The needed fields that no column of the file holds, each alone; of fields of which one is needed, all of them together."""
    needed = [[name] for name, column in source.columns.items() if column.required and name not in header.places]
    return needed + [group for group in source.any_of if not any(name in header.places for name in group)]


def _no_header(found: list[tuple[Sheet, Header]], source: Source, file_name: str) -> Exception:
    if not found:
        want = "、".join(column.titles[0] for column in source.columns.values() if column.required)
        why = f"前 {SEARCHED} 行里找不到{source.title}的表头"
        return refuse("no_header", "表头", file_name, why, f"表头应有这些列：{want}；可下载样表对照")
    sheet, header = max(found, key=lambda pair: len(pair[1].places))
    missing = "、".join(lacking(header, source))
    have = "、".join(header.titles.values())
    why = f"第 {header.top + 1} 行表头缺少必需的列：{missing}（已认出：{have}）"
    return refuse("column_missing", "表头", file_name, why, "列名不同的，请打开“对应列”指明；本表确实没有的，也在那里说明；或请报送单位补上再报")
