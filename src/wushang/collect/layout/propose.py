"""For each field of a source the column of the file that it may be, and how sure that is: 高, 中, 低."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from wushang.collect.cells.title import plain_title
from wushang.collect.layout.alike import TELLING, content_score, title_score
from wushang.collect.reading.header import SEARCHED, Header, find_header, header_at
from wushang.collect.reading.lines import classify
from wushang.collect.reading.sheet import Sheet
from wushang.collect.source import Column, Source

HIGH, MIDDLE, LOW = "高", "中", "低"
LOOKED = 400  # rows whose cells are looked at


@dataclass(frozen=True)
class Titles:
    """What the columns are called where the header stands on these lines: column index → title."""

    top: int
    levels: int
    names: dict[int, str]


@dataclass(frozen=True)
class Proposal:
    """A column for a field: the very title, or by likeness of title and content."""

    field: str
    place: int
    sure: str
    title: float
    content: float | None

    @property
    def score(self) -> float:
        return self.title * 2 if self.content is None else self.title + self.content


def titles_at(sheet: Sheet, top: int, levels: int) -> Titles:
    """The titles of all columns; a column without one is left out."""
    return Titles(top, levels, dict(header_at(sheet, {}, top, levels).unknown))


def likely_header(sheet: Sheet, source: Source) -> Titles:
    """The header the source finds; else the line whose titles are most like the source's; none where a sheet has no line."""
    if found := find_header(sheet, source):
        return titles_at(sheet, found.top, found.levels)
    tried = [titles_at(sheet, top, 1) for top in range(min(20, SEARCHED, sheet.cells.height))]
    return max(tried, key=lambda one: (_worth(one, source), len(one.names), -one.top), default=Titles(0, 1, {}))  # no line at all


def _worth(titles: Titles, source: Source) -> float:
    """How much a line looks like a header: likeness of each title to its best field, numbers count against it."""
    names = [plain_title(name) for name in titles.names.values()]
    bare = sum(name.replace(".", "").replace(",", "").isdigit() for name in names)
    best = [max((title_score(name, column) for column in source.columns.values()), default=0) for name in names]
    return sum(score for score in best if score >= 0.5) - bare


def body_of(sheet: Sheet, titles: Titles, source: Source) -> list[int]:
    """The data lines under the header."""
    header = Header(titles.top, titles.levels, {}, {}, {}, {})
    return classify(sheet, header, source).at("data")


def proposals(sheet: Sheet, titles: Titles, source: Source, day: date) -> dict[str, Proposal]:
    """The best column for each field; a column serves one field."""
    cells = sheet.cells[body_of(sheet, titles, source)[:LOOKED]]
    claimed = source.claimed_titles()
    found: list[Proposal] = []
    for place, name in titles.names.items():
        mine = claimed.get(plain_title(name))
        for field, column in source.columns.items():
            if mine and mine != field:
                continue  # a title that the source knows is not proposed for another field
            likeness = 1.0 if mine else title_score(name, column)
            content = content_score(cells[str(place)], column, day)
            if sure := HIGH if mine else _sure(likeness, content, column):
                found.append(Proposal(field, place, sure, likeness, content))
    return _each_once(found, {name for name, column in source.columns.items() if column.required})


def _sure(title: float, content: float | None, column: Column) -> str:
    """高: title and content both say so. 中: one says so and the other does not object. 低: hardly; of a needed field the cells alone."""
    if content is None:
        return MIDDLE if title >= 0.8 else LOW if title >= 0.6 else ""
    if title >= 0.8 and content >= 0.8:
        return HIGH
    if title >= 0.5 and content >= 0.8 or title >= 0.8 and content >= 0.5:
        return MIDDLE
    cells_say = content >= 0.95 and column.type in TELLING and (title > 0 or column.required)
    return LOW if cells_say or title >= 0.6 and content >= 0.3 else ""


def _each_once(found: list[Proposal], needed: set[str]) -> dict[str, Proposal]:
    """A column serves one field; of what is hardly sure, needed fields choose first."""
    order = {HIGH: 0, MIDDLE: 1, LOW: 2}
    taken: dict[str, Proposal] = {}
    used: set[int] = set()
    for one in sorted(found, key=lambda p: (order[p.sure], p.sure == LOW and p.field not in needed, -p.score, p.place)):
        if one.field not in taken and one.place not in used:
            taken[one.field] = one
            used.add(one.place)
    return taken


def worth(sheet: Sheet, source: Source) -> float:
    """How much of a source's needed columns a sheet seems to have, for choosing the likeliest source; 0 to 1."""
    titles = likely_header(sheet, source)
    needed = [c for c in source.columns.values() if c.required] or list(source.columns.values())
    best = [max((title_score(name, column) for name in titles.names.values()), default=0.0) for column in needed]
    return sum(score for score in best if score >= 0.6) / len(needed)


def resemblance(sheet: Sheet, source: Source) -> int:
    """How many of a sheet's titles are like a column of the source."""
    titles = likely_header(sheet, source).names.values()
    return sum(any(title_score(name, column) >= 0.6 for column in source.columns.values()) for name in titles)


def samples(cells: pl.Series, most: int = 3) -> list[str]:
    """A few different filled cells of a column."""
    return [str(one) for one in cells.drop_nulls().unique(maintain_order=True)[:most]]
