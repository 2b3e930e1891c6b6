"""Units that rows name by a right code and otherwise as they are known: found all at once, without an object for each.

`Resolver` would answer the same, by the rule of the code, and would note nothing new of them; `tests/integrate/test_bearers.py`
holds the two against each other.
"""

from __future__ import annotations

from typing import cast

import polars as pl
import pyarrow as pa

from wushang.integrate.known import aliases, standing
from wushang.pool import columnar

BEARER = pa.schema({"enterprise_id": pa.int64(), **dict.fromkeys(("uscc", "number", "own_region", "own_name"), pa.string())})


def borne(units: pl.DataFrame) -> pl.DataFrame:
    """Of `units` (name, uscc, insurance_number …; every code right) those whose code a standing unit bears, and that say no other
    name or number than that unit's: with its `enterprise_id` and `own_region`."""
    found = units.join(_bearers(), on="uscc", how="inner", maintain_order="left")
    return found.filter(_same("name", "own_name"), _same("insurance_number", "number")).drop("number", "own_name")


def _same(said: str, known: str) -> pl.Expr:
    return (pl.col(said).fill_null("") == "") | (pl.col(said) == pl.col(known))


def _bearers() -> pl.DataFrame:
    """Each code that a standing unit bears and that no unit had before: its oldest bearer."""
    rows = standing().exclude(uscc="").values_list("enterprise_id", "uscc", "insurance_number", "region", "name")
    bearers = cast(pl.DataFrame, pl.from_arrow(pa.concat_tables([BEARER.empty_table(), *columnar.tables(rows, BEARER)])))
    had = pl.Series(list(aliases().filter(kind="old_code").values_list("value", flat=True)), dtype=pl.String)
    bearers = bearers.filter(~pl.col("uscc").is_in(had.implode()))
    return bearers.sort("enterprise_id").unique("uscc", keep="first", maintain_order=True)
