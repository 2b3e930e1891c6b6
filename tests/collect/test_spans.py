"""From day to day in one cell (中止起止), however a clerk writes it."""

import polars as pl
import pytest

from wushang.collect.cells import spans, text

SUSPENDED = [
    ("2026-03-12至2026-03-20", "2026-03-12至2026-03-20"),
    ("2026.3.12-2026.3.20", "2026-03-12至2026-03-20"),
    ("2026年3月12日至3月20日", "2026-03-12至2026-03-20"),
    ("2026/3/12 ~ 3/20", "2026-03-12至2026-03-20"),
    ("20260312—20260320", "2026-03-12至2026-03-20"),
    ("2026-04-01至今", "2026-04-01至"),
    ("2026-04-01起", "2026-04-01至"),
    ("2026-04-01", "2026-04-01至"),
    ("2026-04-01至2026-04-09、2026-03-12至2026-03-20", "2026-03-12至2026-03-20、2026-04-01至2026-04-09"),
    ("2026-03-12至2026-03-20;2026-04-01至", "2026-03-12至2026-03-20、2026-04-01至"),
    ("2026-03-12至2026-03-20 2026-04-01至2026-04-09", "2026-03-12至2026-03-20、2026-04-01至2026-04-09"),
]
NO_SPANS = [
    ("3月12日至3月20日", "unreadable"), ("2026-03-12至2026-02-30", "no_such_day"), ("2026-03-20至2026-03-12", "backwards"),
    ("等待鉴定", "unreadable"), ("2026-03-12至2026-03-20鉴定", "unreadable"), ("2025-12-20至1-10", "backwards"),
]  # fmt: skip


@pytest.mark.parametrize(("said", "meant"), SUSPENDED)
def test_spans_of_days_however_they_are_joined(said, meant):
    assert spans.spans(text.clean(pl.Series([said]))).row(0) == (meant, None)


@pytest.mark.parametrize(("said", "why"), NO_SPANS)
def test_spans_that_cannot_be_known_are_not_guessed(said, why):
    assert spans.spans(text.clean(pl.Series([said]))).row(0) == (None, why)
