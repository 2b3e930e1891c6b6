"""The tables a deployment needs before its first file: regions, departments, contacts, outline."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from wushang.simulate.chance import Stream
from wushang.simulate.enterprises import Enterprises, contacts
from wushang.simulate.places import department_rows, outline, region_rows


def write_tables(directory: Path, stream: Stream, firms: Enterprises, until: date) -> None:
    """Write regions.csv, departments.csv, contacts.csv and outline.json."""
    write_csv(directory / "regions.csv", "code,name,kind,parent", region_rows())
    write_csv(directory / "departments.csv", "code,name,short_name,kind,region", department_rows())
    people = contacts(stream, firms, np.datetime64(until))
    write_csv(directory / "contacts.csv", "uscc,enterprise,role,name,phone,source,verified", people)
    write_json(directory / "outline.json", outline())


def write_csv(path: Path, header: str, rows: list[tuple[str, ...]] | list[tuple[Any, ...]]) -> None:
    """A small table of texts as csv in UTF-8."""
    names = header.split(",")
    bare = [[cell or None for cell in row] for row in rows]
    table = pl.DataFrame(bare, schema=dict.fromkeys(names, pl.String), orient="row", strict=False)
    path.write_bytes(table.write_csv().encode())


def write_json(path: Path, value: object) -> None:
    """A value as readable JSON."""
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
