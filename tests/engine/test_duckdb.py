"""DuckDB: the same question is written out as SQL once; what it is asked of may be another table under the same name by then."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from wushang.engine import duckdb


@pytest.fixture
def engine() -> duckdb.DuckDB:
    return duckdb.DuckDB("1GB", 1)


def question(engine: duckdb.DuckDB, files: list[str], more: int = 0):
    rows = engine.table("things", files, pa.schema([("x", pa.int64())]))
    return rows.filter(rows.x > more).agg(n=rows.x.sum())


def test_a_question_is_written_out_once_and_the_oldest_is_forgotten(engine, tmp_path: Path, monkeypatch) -> None:
    pq.write_table(pa.table({"x": [1, 2, 3]}), tmp_path / "a.parquet")
    files, written = [str(tmp_path / "a.parquet")], []
    compile_ = engine.connection.compile
    monkeypatch.setattr(engine.connection, "compile", lambda rows: written.append(rows) or compile_(rows))
    assert [engine.fetch(question(engine, files)).to_pylist() for _ in range(3)] == [[{"n": 6}]] * 3 and len(written) == 1
    assert engine.fetch(question(engine, files, 1)).to_pylist() == [{"n": 5}] and len(written) == 2
    for n in range(duckdb.TEXTS):
        engine.fetch(question(engine, files, n + 2))
    engine.fetch(question(engine, files))
    assert len(written) == duckdb.TEXTS + 3


def test_other_rows_under_the_same_name_are_seen(engine, tmp_path: Path) -> None:
    for rows in ([1, 2], [5]):
        of_slot = engine.slot("things", pa.table({"x": rows}))
        assert engine.fetch(of_slot.agg(n=of_slot.x.sum())).to_pylist() == [{"n": sum(rows)}]
    found = []
    for name, rows in (("a", [1]), ("b", [7])):
        pq.write_table(pa.table({"x": rows}), tmp_path / name)
        engine._kept.clear()  # as if so many others had come between that the view is made anew
        found += engine.fetch(engine.view("same", lambda name=name: question(engine, [str(tmp_path / name)]))).to_pylist()
    assert found == [{"n": 1}, {"n": 7}]
