"""Units that rows name by a right code and otherwise as they are known: found all at once, without an object for each.

`Resolver` would answer the same, by the rule of the code, and would note nothing new of them; `tests/integrate/test_bearers.py`
holds the two against each other.
"""

from __future__ import annotations

from itertools import islice

import polars as pl

from wushang.integrate.known import aliases, standing

BEARER = {"enterprise_id": pl.Int64, "uscc": pl.String, "number": pl.String, "own_region": pl.String, "own_name": pl.String}
READ = 50_000  # units that are Python objects at once


def borne(units: pl.DataFrame) -> pl.DataFrame:
    """Of `units` (name, uscc, insurance_number …; every code right) those whose code a standing unit bears, and that say no other
    name or number than that unit's: with its `enterprise_id` and `own_region`."""
    found = units.join(_bearers(), on="uscc", how="inner", maintain_order="left")
    return found.filter(_same("name", "own_name"), _same("insurance_number", "number")).drop("number", "own_name")


def _same(said: str, known: str) -> pl.Expr:
    return (pl.col(said).fill_null("") == "") | (pl.col(said) == pl.col(known))


def _bearers() -> pl.DataFrame:
    """Each code that a standing unit bears and that no unit had before: its oldest bearer."""
    names = ("enterprise_id", "uscc", "insurance_number", "region", "name")
    stream = standing().exclude(uscc="").values_list(*names).iterator(chunk_size=READ)
    frames = [pl.DataFrame(schema=BEARER)]
    while rows := list(islice(stream, READ)):
        frames.append(pl.DataFrame(rows, schema=BEARER, orient="row"))
    had = pl.Series(list(aliases().filter(kind="old_code").values_list("value", flat=True)), dtype=pl.String)
    bearers = pl.concat(frames).filter(~pl.col("uscc").is_in(had.implode()))
    return bearers.sort("enterprise_id").unique("uscc", keep="first", maintain_order=True)
