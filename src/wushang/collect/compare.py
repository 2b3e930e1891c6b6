"""What a delivery changes: its rows against what is known of the same source and sender, by natural key and digest."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice

import polars as pl
from django.apps import apps
from django.db import connection

from wushang.pool.models import Reported


@dataclass
class Difference:
    """Keys that are new, changed (with the pk they replace), the same, and gone from the file (with their pk)."""

    new: list[str] = field(default_factory=list)
    changed: dict[str, int] = field(default_factory=dict)
    same: list[str] = field(default_factory=list)
    gone: dict[str, int] = field(default_factory=dict)

    def counts(self) -> dict[str, int]:
        """How many of each."""
        return {name: len(getattr(self, name)) for name in ("new", "changed", "same", "gone")}

    def change(self, key: str) -> str:
        """new | changed | same for one key of the delivery."""
        return "changed" if key in self.changed else "same" if key in set(self.same) else "new"


def table_of(lands: str) -> type[Reported]:
    """The pool's table by its name in a source."""
    return apps.get_model("pool", lands)


def compare(
    model: type[Reported],
    source: str,
    sender: str,
    digests: Mapping[str, str],
    whole_periods: Collection[str] = (),
    held: Collection[str] = (),
    known_at: int | None = None,
) -> Difference:
    """`digests` is key → digest of the accepted rows. `held` are keys of rows that wait to be mended: they are in the
    file, so they are not gone. `known_at` asks what an earlier commit knew; without it, what is known now."""
    known = _known(model, source, sender, list(digests), list(whole_periods), known_at)
    waiting = set(held)
    found = Difference()
    for key, digest in digests.items():
        if key not in known:
            found.new.append(key)
        elif known[key][1] == digest:
            found.same.append(key)
        else:
            found.changed[key] = known[key][0]
    found.gone = {key: pk for key, (pk, _) in sorted(known.items()) if key not in digests and key not in waiting}
    return found


def _known(
    model: type[Reported], source: str, sender: str, keys: list[str], periods: list[str], at: int | None
) -> dict[str, tuple[int, str]]:
    facts = model.objects.current() if at is None else model.objects.as_of(at)
    rows = facts.filter(source=source, sender=sender)
    found: dict[str, tuple[int, str]] = {}
    if periods:
        found = {k: (pk, d) for k, pk, d in rows.of_periods(periods).values_list("key", "pk", "digest")}
    missing = [key for key in keys if key not in found]
    size = 500 if connection.vendor == "sqlite" else 10_000  # variables a statement may have
    for start in range(0, len(missing), size):
        some = rows.filter(key__in=missing[start : start + size])
        found.update({k: (pk, d) for k, pk, d in some.values_list("key", "pk", "digest")})
    return found


@dataclass
class Known:
    """What is known of a source and sender, to hold the frames of a vast delivery against: no row becomes an object."""

    rows: pl.DataFrame  # pk, key, was (its digest), period, owner (its enterprise)
    whole_periods: Collection[str] = ()
    _seen: list[pl.Series] = field(default_factory=list)

    def told(self, part: pl.DataFrame) -> pl.DataFrame:
        """The part with `change` (new, changed, same), and of the row it replaces `pk` and `owner`."""
        found = part.join(self.rows.select("key", "pk", "was", "owner"), on="key", how="left", maintain_order="left")
        if (seen := found["pk"].drop_nulls()).len():
            self._seen.append(seen)
        same = pl.col("digest") == pl.col("was")
        change = pl.when(pl.col("pk").is_null()).then(pl.lit("new")).when(same).then(pl.lit("same"))
        return found.with_columns(change.otherwise(pl.lit("changed")).alias("change")).drop("was")

    def forget(self) -> None:
        """Begin anew: the parts are told once more."""
        self._seen.clear()

    def gone(self, held: Collection[str] = ()) -> pl.DataFrame:
        """When all parts have been told: what the whole periods had and the delivery has not, neither taken nor waiting."""
        seen = pl.concat(self._seen) if self._seen else pl.Series([], dtype=pl.Int64)
        whole = self.rows.filter(pl.col("period").is_in(list(self.whole_periods)))
        left = whole.join(seen.alias("pk").to_frame(), on="pk", how="anti")
        return left.filter(~pl.col("key").is_in(list(held))).sort("key")


KNOWN = {"pk": pl.Int64, "key": pl.String, "was": pl.String, "period": pl.String, "owner": pl.Int64}


def known(
    model: type[Reported], source: str, sender: str, parts: Iterable[pl.DataFrame], whole_periods: Collection[str] = ()
) -> Known:
    """What the rows of `parts` (key, period) may meet. A key that holds its period meets rows of that period alone."""
    own, inside = {*whole_periods}, True
    for part in parts:
        own |= set(part["period"].unique())
        inside &= bool(part.select((pl.col("period") != "") & pl.col("key").str.contains(pl.col("period"), literal=True)).to_series().all())
    facts = model.objects.current().filter(source=source, sender=sender)
    facts = facts.of_periods(own) if inside else facts
    owner = "enterprise_id" if any(f.attname == "enterprise_id" for f in model._meta.concrete_fields) else "batch"
    stream = facts.values_list("pk", "key", "digest", "period", owner).iterator(chunk_size=50_000)
    frames = [pl.DataFrame(schema=KNOWN)]
    while rows := list(islice(stream, 50_000)):
        frames.append(pl.DataFrame(rows, schema=KNOWN, orient="row"))
    return Known(pl.concat(frames), whole_periods)
