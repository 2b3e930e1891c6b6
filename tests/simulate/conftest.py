"""A small city on disk, written once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from wushang.simulate.city import write


@pytest.fixture(scope="session")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("city")
    write(directory, enterprises=120, months=15, seed=7, until=date(2026, 10, 31), dirt=0.05)
    return directory


@pytest.fixture(scope="session")
def clean_city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("clean")
    write(directory, enterprises=120, months=15, seed=7, until=date(2026, 10, 31), dirt=0)
    return directory


@pytest.fixture(scope="session")
def truth(city: Path) -> Callable[[str], pl.DataFrame]:
    return lambda name: pl.read_csv(city / "truth" / f"{name}.csv", infer_schema_length=None)
