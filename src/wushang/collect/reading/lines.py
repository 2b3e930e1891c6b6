"""Every line below the header is something: data, blank, a repeated header or title, a footer."""

from __future__ import annotations

import re
from dataclasses import dataclass

import polars as pl

from wushang.collect.cells.once import once
from wushang.collect.reading.header import Header
from wushang.collect.reading.sheet import Sheet
from wushang.collect.source import Source

SUMS = r"^(?:本页|本月|全市|全县|累计)?(?:合计|总计|小计|共计|累计)[::]?共?[\d,.]*(?:行|人|人次|件|条|户|家|起|元)?$"
SIGNS = (
    r"^(?:制表|填表|填报|审核|复核|经办|报送|统计|单位)?(?:人|人员|负责人|负责人签字|单位|日期|时间|部门)[((]?(?:签字|签章|盖章|公章)?[))]?[::]"
    r"|^(?:制表|填表|审核|复核|打印|报出|填报|导出)(?:人|员|日期|时间|单位|部门)?(?:[::]|$)|^(?:备注|说明|注)\d?[::]|^第\d+页|^共\d+页"
)
NOTHING_MORE = rf"^[\d,.]+$|^\d{{4}}[-./年]\d{{1,2}}[-./月]\d{{1,2}}日?$|{SIGNS}"
COUNT = re.compile(
    r"(?:计|共)[::]?共?([\d,]+)(?:行|人|人次|件|条|户|家|起)?$|^共?(\d[\d,]*)(?:行|条|件|起|户|家|人次|人)?$"
)


@dataclass(frozen=True)
class Lines:
    """What each line of the sheet is; `kind` has one entry a line."""

    kind: pl.Series

    def count(self) -> dict[str, int]:
        """Lines by kind; they add up to the file."""
        counted = self.kind.value_counts().rows()
        return {str(kind): int(count) for kind, count in sorted(counted)}

    def at(self, kind: str) -> list[int]:
        """Indexes of the lines of one kind."""
        return [int(i) for i in self.kind.eq(kind).arg_true()]


def classify(sheet: Sheet, header: Header, source: Source) -> Lines:
    """title · header · repeated_header · blank · footer · data, for every line of the sheet (of its first slab)."""
    above = ["title" if any(sheet.line(i)) else "blank" for i in range(header.top)] + ["header"] * header.levels
    below = kinds(sheet.cells.slice(header.below), sheet, header, source)
    return Lines(pl.concat([pl.Series(above, dtype=pl.String), below]))


def kinds(body: pl.DataFrame, sheet: Sheet, header: Header, source: Source) -> pl.Series:
    """What each line below the header is. Nearly all are data and are known by how they begin; the others are looked at."""
    if body.is_empty():
        return pl.Series([], dtype=pl.String)
    filled = body.select(pl.any_horizontal(pl.all().is_not_null()).alias("filled"))["filled"]
    kind = pl.Series(["blank", "data"]).gather(filled.cast(pl.UInt32))
    doubtful = (_doubtful(body, sheet, header, source) & filled).arg_true()
    return kind.scatter(doubtful, _looked_at(body[doubtful], sheet, header, source)) if doubtful.len() else kind


def _doubtful(body: pl.DataFrame, sheet: Sheet, header: Header, source: Source) -> pl.Series:
    """Lines that begin like a header, a title, a sum or a signature, or say a sum where the source has sums."""
    said = [cell for index in range(header.below) for cell in sheet.line(index) if cell]
    words = [_flat(cell) for cell in said]
    leading = [str(place) for place in sorted(set(header.places.values()))[:2]]  # a stand-in shares its place
    cells = [pl.coalesce(pl.all()).alias("first"), *(pl.col(place) for place in leading)]
    columns = body.select(cells).iter_columns()
    found = [once(column, lambda text: _like(text, words))["like"] for column in columns]
    if (place := header.places.get(source.subtotal_in)) is not None:
        found.append(once(body[str(place)], lambda text: _like(text, []))["like"])
    return pl.DataFrame([series.alias(str(n)) for n, series in enumerate(found)]).select(pl.any_horizontal(pl.all()))["0"]


def _like(cells: pl.Series, words: list[str]) -> pl.DataFrame:
    """No sum and no signature is letters and digits alone: only other cells are looked at closely."""
    odd = (~cells.str.contains(r"^[0-9A-Za-z]+$")).fill_null(False).arg_true()
    text = cells[odd].str.replace_all(r"\s+", "").str.normalize("NFKC")
    closely = text.is_in(words) | text.str.contains(f"{SUMS}|{SIGNS}")
    return pl.DataFrame({"like": cells.is_in(words).fill_null(False).scatter(odd, closely)})


def _looked_at(lines: pl.DataFrame, sheet: Sheet, header: Header, source: Source) -> pl.Series:
    spaceless = lines.select(pl.all().str.replace_all(r"\s+", "").str.normalize("NFKC"))
    places = list(spaceless.columns)
    filled = pl.sum_horizontal(pl.all().is_not_null())
    first = pl.coalesce(*(pl.col(p) for p in places))
    kind = (
        pl.when(_repeated(sheet, header, places)).then(pl.lit("repeated_header"))
        .when(_title_again(sheet, header, first, filled)).then(pl.lit("title"))
        .when(_footer(header, source, first) | _subtotal(header, source)).then(pl.lit("footer"))
        .otherwise(pl.lit("data"))
    )  # fmt: skip
    return spaceless.select(kind.alias("kind"))["kind"]


def _repeated(sheet: Sheet, header: Header, places: list[str]) -> pl.Expr:
    """A line most of whose filled cells say what a header line says at the same place."""
    checks = []
    for index in range(header.top, header.below):
        names = ["".join(cell.split()) for cell in sheet.line(index)]
        same = pl.sum_horizontal([(pl.col(p) == _flat(n)).fill_null(False) for p, n in zip(places, names, strict=False)])
        filled = pl.sum_horizontal(pl.all().is_not_null())
        checks.append((same >= 2) & (same >= 0.6 * filled))
    return pl.any_horizontal(checks)


def _title_again(sheet: Sheet, header: Header, first: pl.Expr, filled: pl.Expr) -> pl.Expr:
    """A page's title printed once more."""
    titles = [_flat(next((c for c in sheet.line(i) if c), "")) for i in range(header.top)]
    wide = pl.all_horizontal((pl.all() == first) | pl.all().is_null())
    return first.is_in([t for t in titles if t]) & wide & (filled >= 1)


def _footer(header: Header, source: Source, first: pl.Expr) -> pl.Expr:
    """A line that begins with 合计, 制表人 … and has nothing else in its key columns but figures, days and further signatures."""
    label = first.str.contains(SUMS) | first.str.contains(SIGNS)
    keys = [str(header.places[f]) for f in source.key if f in header.places and f != source.period]
    other = [
        pl.col(place).is_not_null() & (pl.col(place) != first) & ~pl.col(place).str.contains(NOTHING_MORE)
        for place in keys
    ]
    return label & ~pl.any_horizontal(other) if other else label


def _subtotal(header: Header, source: Source) -> pl.Expr:
    """A line that says 小计 in the column where the source says such lines say it."""
    place = header.places.get(source.subtotal_in)
    return pl.lit(False) if place is None else pl.col(str(place)).str.contains(SUMS).fill_null(False)


def _flat(text: str) -> str:
    return pl.Series([text]).str.replace_all(r"\s+", "").str.normalize("NFKC")[0]
