"""What comes of a file is kept part by part as it is read: accepted rows, repeated rows, findings and lines that are no data on the shelf, rows that
wait in 待订正. In memory are counts alone. Nobody looks at any of it before the delivery is checked; killed meanwhile, it is
done again from the file."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

import polars as pl

from wushang.collect import shelf
from wushang.collect.finding import SCHEMA
from wushang.collect.look import Look
from wushang.collect.models import Batch, QuarantinedRow
from wushang.collect.part import DOUBLES, Part, Waiting
from wushang.pool import bulk

VAST = 10_000  # waiting rows of a file that the database's planner must hear of
TOGETHER = 2_000  # waiting rows in one short transaction
SHOWN = 500  # rows of one warning, and sentences of warnings, that the page can show; all are counted
DOUBLES_SHOWN = 10_000
FOUND = {name: SCHEMA[name] for name in ("row", "code", "severity", "field", "column", "why", "remedy")} | {"waits": pl.Boolean}


@dataclass
class Keeping:
    """Keeps the parts of one reading of one delivery."""

    batch: Batch
    row_of: Callable[[Waiting], QuarantinedRow]
    mine: Callable[[], AbstractContextManager[None]]  # a transaction of him who holds the delivery, and of nobody else
    draft: str  # folder of this reading alone, until the deed puts it in the delivery's place
    parts: int = 0
    waiting: int = 0

    def begin(self) -> None:
        """Away with what an earlier reading left."""
        shelf.clear_drafts(self.batch.path)
        with self.mine():
            self.batch.quarantined.all().delete()

    def take(self, part: Part) -> None:
        """One part more; what earlier parts said of its rows, where it says so, is taken back."""
        if part.anew is not None:
            self._forget(part.anew)
        path, number = self.draft, self.parts
        shelf.keep_part(path, number, part.accepted, part.table.source.personal)
        shelf.keep_list(path, "doubles", number, part.duplicates)
        waits = pl.col("row").is_in(part.rejected.implode()).alias("waits")
        shelf.keep_list(path, "found", number, part.found.with_columns(waits).select(list(FOUND)))
        waiting = part.waiting()
        for start in range(0, len(waiting), TOGETHER):
            rows = [self.row_of(one) for one in waiting[start : start + TOGETHER]]
            with self.mine():
                QuarantinedRow.objects.bulk_create(rows, batch_size=500)
        self.parts, self.waiting = self.parts + 1, self.waiting + len(waiting)

    def _forget(self, rows: pl.Series) -> None:
        shelf.drop_rows(self.draft, rows)
        for some in rows.to_frame().iter_slices(500):
            with self.mine():
                self.batch.quarantined.filter(row__in=some[rows.name].to_list()).delete()

    def kept(self, look: Look) -> Kept:
        """The counts, when all parts have been taken."""
        assert look.table is not None
        if self.waiting > VAST:
            bulk.count_anew(QuarantinedRow)
        shelf.keep_list(self.draft, "others", 0, pl.concat(look.others))
        return Kept(look, shelf.table(self.draft).select(pl.len()).collect().item(), self.draft)


@dataclass(frozen=True)
class Kept:
    """What is written on the delivery of its reading. rows = taken + doubled + waiting, always."""

    look: Look
    taken: int
    path: str  # where it lies: a draft, until the deed puts it in its place

    @property
    def rows(self) -> int:
        """Data lines of the file."""
        return self.look.lines.get("data", 0)

    def doubled(self) -> int:
        return shelf.scan_list(self.path, "doubles", DOUBLES).select(pl.len()).collect().item()

    def doubles(self) -> list[list[int]]:
        """The first pairs: a row, and the earlier row it repeats."""
        first = shelf.scan_list(self.path, "doubles", DOUBLES).sort("row").head(DOUBLES_SHOWN).collect()
        return [list(pair) for pair in first.rows()]

    def by_code(self) -> dict[str, int]:
        """Waiting rows by problem code; a row with two problems counts under both."""
        rejects = self._found().filter(pl.col("severity") == "reject")
        return dict(rejects.group_by("code").agg(pl.col("row").n_unique()).sort("code").collect().rows())

    def found(self) -> list[dict[str, Any]]:
        """Every problem of the file as it came, by check and field: how many cells, and one sentence of it."""
        kinds = self._found().group_by("severity", "code", "field", maintain_order=True)
        counted = kinds.agg(pl.col("column", "why").first(), pl.len().alias("cells"))
        return counted.sort("severity", "cells", descending=[False, True], maintain_order=True).collect().to_dicts()

    def remarks(self) -> list[dict[str, Any]]:
        """Warnings on accepted rows by sentence: how many rows, and the first of them. Of very many sentences the first."""
        why = pl.when(pl.col("code") == "contribution").then(pl.lit("按基数乘费率算出的数与应缴不符")).otherwise("why")
        warnings = self._found().filter(~pl.col("waits")).with_columns(why.alias("why")).sort("row", maintain_order=True)
        said = warnings.group_by("code", "column", "why", maintain_order=True).agg(
            pl.col("remedy").first(), pl.len().alias("count"), pl.col("row").head(SHOWN).alias("rows")
        )
        found = said.select("code", "column", "why", "remedy", "count", "rows").collect()
        more = found.slice(SHOWN).group_by("code", "column", maintain_order=True).agg(
            pl.lit("还有别的同类提示").alias("why"), pl.col("remedy").first(), pl.col("count").sum(),
            pl.col("rows").explode().head(SHOWN),
        )  # fmt: skip
        return [*found.head(SHOWN).to_dicts(), *more.to_dicts()]

    def _found(self) -> pl.LazyFrame:
        return shelf.scan_list(self.path, "found", FOUND)
