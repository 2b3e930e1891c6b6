"""What a delivery changes, kept beside it: compared once, read page by page.

The rows accepted as they came and those gone stand in a file of the delivery; a row that people settled carries its own
`change`. The numbers and the lists come from the same two places, so they agree.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator

import polars as pl

from wushang.collect import counts, shelf
from wushang.collect.ahead import ahead
from wushang.collect.compare import Difference, compare, known, table_of
from wushang.collect.models import Batch, QuarantinedRow
from wushang.pool.models import Reported
from wushang.pool.models.clock import latest

KINDS = ("gone", "changed", "new")
SCHEMA = {"change": pl.String, "key": pl.String, "old": pl.Int64}
PART = 2_000


def refresh(batch: Batch) -> None:
    """Compare with what is known now and keep the lines; the caller saves `difference` and `known`."""
    source = batch.version.loaded()
    if not source.lands:
        return
    held = {*keys_that_wait(batch), *_settled_keys(batch)}
    batch.known = latest()  # before it is compared: what is published meanwhile makes it stale
    batch.difference = _kept(batch, table_of(source.lands), held)
    _settled_anew(batch)


def stale(batch: Batch) -> bool:
    """Whether something was published since it was compared, or rows of it were settled."""
    return batch.known != latest() or any(counts.of(batch).get(state) for state in counts.SETTLED)


def _kept(batch: Batch, model: type[Reported], held: set[str]) -> dict[str, int]:
    """Compare part by part and keep the lines: gone, changed and new keys with the fact each replaces; what is the same is
    counted only."""
    met = known(model, batch.source, batch.sender.code, _said(batch, "key", "period"), batch.whole_periods())
    counted: Counter[str] = Counter(new=0, changed=0, same=0)
    shelf.keep_difference(batch.path, pl.DataFrame(schema=SCHEMA))
    for number, part in enumerate(_said(batch, "key", "digest"), 1):
        told = met.told(part)
        counted.update(dict(told["change"].value_counts().rows()))
        lines = told.filter(pl.col("change") != "same").select("change", "key", pl.col("pk").alias("old"))
        shelf.keep_list(batch.path, "difference", number, lines)
    gone = met.gone(held)
    shelf.keep_list(batch.path, "difference", 99_999, gone.select(pl.lit("gone").alias("change"), "key", pl.col("pk").alias("old")))
    return {**counted, "gone": gone.height}


def _said(batch: Batch, *columns: str) -> Iterator[pl.DataFrame]:
    """These columns of the checked table, part by part."""
    yield from ahead(part.select(columns).collect() for part in shelf.table_parts(batch.path))


def _against(batch: Batch, digests: dict[str, str], held: set[str], periods: tuple[str, ...] = ()) -> Difference:
    source = batch.version.loaded()
    return compare(table_of(source.lands), source.id, batch.sender.code, digests, periods, held)


def lines_of(found: Difference) -> pl.DataFrame:
    """Gone, changed and new keys with the fact each replaces; what is the same is counted only."""
    rows: list[tuple[str, str, int | None]] = [("gone", key, pk) for key, pk in found.gone.items()]
    rows += [("changed", key, pk) for key, pk in found.changed.items()]
    rows += [("new", key, None) for key in found.new]
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def keys_that_wait(batch: Batch) -> set[str]:
    """Natural keys of the rows that are in the file and were not taken: they are not gone."""
    waiting = batch.quarantined.filter(state__in=(QuarantinedRow.OPEN, QuarantinedRow.RETURNED)).exclude(key="")
    return set(waiting.values_list("key", flat=True).iterator(chunk_size=10_000))


def _settled_keys(batch: Batch) -> set[str]:
    return set(batch.quarantined.exclude(landing_key="").values_list("landing_key", flat=True).iterator(chunk_size=10_000))


def _settled_anew(batch: Batch) -> None:
    """Rows that people settled before landing: what each of them changes now."""
    moved = False
    for rows in _parts(batch):
        digests = {row.landing_key: json.loads(row.result)["digest"] for row in rows}
        found = _against(batch, digests, set())
        same = set(found.same)
        for row in rows:
            change = "changed" if row.landing_key in found.changed else "same" if row.landing_key in same else "new"
            if change != row.change:
                QuarantinedRow.objects.filter(pk=row.pk).update(change=change)
                moved = True
    if moved:
        counts.recount(batch)


def _parts(batch: Batch) -> Iterator[list[QuarantinedRow]]:
    rows: list[QuarantinedRow] = []
    settled = batch.quarantined.filter(state__in=counts.SETTLED, landed=False).only("landing_key", "result", "change")
    for row in settled.iterator(chunk_size=PART):
        rows.append(row)
        if len(rows) == PART:
            yield rows
            rows = []
    if rows:
        yield rows
