"""Rows that share a key are found whatever lies in memory and however many groups they are looked through in."""

import random
from collections import Counter

import polars as pl
import pytest

from wushang.collect import remembered
from wushang.collect.remembered import Remembered


@pytest.mark.parametrize(
    ("in_memory", "together", "part"), [(1 << 20, 1_000, 1_000), (100, 7, 3)], ids=["in memory", "beside it"]
)
def test_rows_that_share_a_key(in_memory, together, part, monkeypatch):
    for name, value in (("IN_MEMORY", in_memory), ("TOGETHER", together), ("PART", part)):
        monkeypatch.setattr(remembered, name, value)
    draw, found = random.Random(3), Remembered("row", "said", "key", "digest")
    assert found.shared().size == 0 and found.alike().is_empty()
    keys = [draw.randrange(2**64) for _ in range(150)]
    rows = [(n, n % 2 == 0, key, n) for n, key in enumerate(keys + draw.choices(keys, k=20))]
    kinds = {"row": pl.UInt32, "said": pl.Boolean, "key": pl.UInt64, "digest": pl.UInt64}
    for start in range(0, len(rows), 40):
        found.add(pl.DataFrame(rows[start : start + 40], schema=kinds, orient="row"))
    times = Counter(key for _, _, key, _ in rows)
    assert sorted(found.shared()) == sorted(key for key, n in times.items() if n > 1)
    assert found.alike().rows() == [row for row in rows if times[row[2]] > 1]
    assert found.alike().schema == pl.Schema(kinds)
