"""What every engine must do alike, told by one small table."""

from datetime import date
from pathlib import Path

import ibis
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from wushang.engine import Engine, engine_named, engines
from wushang.terms.problem import Refused

SCHEMA = pa.schema(
    [("n", pa.int64()), ("name", pa.string()), ("day", pa.date32()), ("flag", pa.bool_()), ("grade", pa.int16()), ("rate", pa.float64())]
)
ROWS = [
    {"n": 2**53 + 1, "name": "云溪市恒岳杯业有限公司", "day": date(2026, 1, 1), "flag": True, "grade": 1, "rate": 0.1},
    {"n": 2, "name": "䶮𠮷㙍 'a\"b\\n%_", "day": date(2024, 2, 29), "flag": False, "grade": None, "rate": None},
    {"n": None, "name": None, "day": None, "flag": None, "grade": 10, "rate": -1.5},
    {"n": 4, "name": "", "day": date(1899, 12, 31), "flag": None, "grade": 0, "rate": 1e300},
]


def rows(engine: Engine) -> ibis.Table:
    return engine.memory("things", pa.Table.from_pylist(ROWS, schema=SCHEMA))


def written(folder: Path, name: str, some: list[dict]) -> str:
    path = folder / f"{name}.parquet"
    pq.write_table(pa.Table.from_pylist(some, schema=SCHEMA), path)
    return str(path)


def test_rows_in_memory_come_back_as_they_went_in(engine: Engine) -> None:
    found = engine.fetch(rows(engine).order_by("n"))
    assert found.schema == SCHEMA
    assert found.to_pylist() == [ROWS[1], ROWS[3], ROWS[0], ROWS[2]]


def test_several_files_are_one_table(engine: Engine, tmp_path: Path) -> None:
    files = [written(tmp_path, "2026-01", ROWS[:2]), written(tmp_path, "2026-02", ROWS[2:])]
    found = engine.fetch(engine.table("things", files, SCHEMA).order_by("n"))
    assert found.schema == SCHEMA and found.to_pylist() == [ROWS[1], ROWS[3], ROWS[0], ROWS[2]]


def test_other_files_under_the_same_name_are_another_table(engine: Engine, tmp_path: Path) -> None:
    one = engine.table("things", [written(tmp_path, "1", ROWS[:1])], SCHEMA)
    two = engine.table("things", [written(tmp_path, "2", ROWS[1:])], SCHEMA)
    assert (engine.fetch(one).num_rows, engine.fetch(two).num_rows) == (1, 3)


@pytest.mark.parametrize("asked", [["a", "things"], ["things", "a"]])
def test_two_tables_in_memory_do_not_get_mixed_up(engine: Engine, asked: list[str]) -> None:
    one, two = (engine.memory(asked[0], pa.table({"x": [n]})) for n in (1, 2))
    assert (engine.fetch(one).to_pylist(), engine.fetch(two).to_pylist()) == ([{"x": 1}], [{"x": 2}])


def test_no_files_are_an_empty_table_of_the_schema(engine: Engine) -> None:
    empty = engine.table("things", [], SCHEMA)
    assert engine.fetch(empty).schema == SCHEMA
    assert engine.fetch(empty.agg(n=empty.count(), s=empty.n.sum())).to_pylist() == [{"n": 0, "s": None}]


def test_missing_values_come_last_in_any_order(engine: Engine) -> None:
    table = rows(engine)
    rising = engine.fetch(table.order_by("n").select("n"))["n"].to_pylist()
    falling = engine.fetch(table.order_by(ibis.desc("n")).select("n"))["n"].to_pylist()
    assert rising == [2, 4, 2**53 + 1, None] and falling == [2**53 + 1, 4, 2, None]


def test_days_compare_as_days_and_none_is_shifted(engine: Engine) -> None:
    table = rows(engine)
    leap = table.filter(table.day.between(ibis.literal(date(2024, 2, 29)), ibis.literal(date(2025, 12, 31))))
    assert engine.fetch(leap.select("day"))["day"].to_pylist() == [date(2024, 2, 29)]
    months = engine.fetch(table.filter(table.day.notnull()).select(m=table.day.month(), y=table.day.year()).order_by("y"))
    assert months.to_pylist() == [{"m": 12, "y": 1899}, {"m": 2, "y": 2024}, {"m": 1, "y": 2026}]


def test_a_file_of_one_month_is_found_by_its_month_wherever_the_clocks_of_executors_stand(engine: Engine, tmp_path: Path) -> None:
    """A filter that is pushed down to the file once travelled as an instant: executors of another zone missed the last month."""
    months = [date(2026, month, 1) for month in (1, 2, 3)]
    files = [written(tmp_path, f"{month}", [ROWS[1] | {"day": month}]) for month in months]
    asked = engine.table("things", files, SCHEMA).filter(lambda t: t.day.between(ibis.literal(months[0]), ibis.literal(months[-1])))
    assert engine.fetch(asked.select("day").order_by("day")).to_pydict() == {"day": months}


def test_chinese_is_counted_and_cut_by_characters(engine: Engine) -> None:
    table = rows(engine)
    firm = table.filter(table.name.startswith("云溪市"))
    assert engine.fetch(firm.select(n=firm.name.length(), c=firm.name.substr(3, 4))).to_pylist() == [{"n": 11, "c": "恒岳杯业"}]
    rare = table.filter(table.name == "䶮𠮷㙍 'a\"b\\n%_")
    assert engine.fetch(rare.select("n"))["n"].to_pylist() == [2]


def test_a_prefix_is_no_pattern(engine: Engine) -> None:
    table = engine.memory("codes", pa.table({"code": ["99_1", "9901", "99%1", "99"]}))
    assert engine.fetch(table.filter(table.code.startswith("99_")))["code"].to_pylist() == ["99_1"]


def test_an_unknown_flag_is_neither_true_nor_false(engine: Engine) -> None:
    table = rows(engine)
    assert engine.fetch(table.filter(table.flag).select("n"))["n"].to_pylist() == [2**53 + 1]
    assert engine.fetch(table.filter(~table.flag).select("n"))["n"].to_pylist() == [2]


def test_an_empty_text_is_not_missing(engine: Engine) -> None:
    table = rows(engine)
    assert engine.fetch(table.filter(table.name == "").select("n"))["n"].to_pylist() == [4]
    assert engine.fetch(table.agg(n=table.name.count())).to_pylist() == [{"n": 3}]


def test_sums_of_small_numbers_are_large_numbers(engine: Engine) -> None:
    table = engine.memory("small", pa.table({"x": pa.array([32767] * 3, pa.int16())}))
    found = engine.fetch(table.agg(s=table.x.sum(), n=table.x.nunique()))
    assert found.to_pylist() == [{"s": 98301, "n": 1}] and found.schema.field("s").type == pa.int64()


def test_a_division_of_whole_numbers_keeps_its_fraction_and_zero_is_missing(engine: Engine) -> None:
    table = engine.memory("parts", pa.table({"a": [1, 1], "b": [3, 0]}))
    found = engine.fetch(table.select(q=table.a.cast("float64") / table.b.cast("float64").nullif(0.0)))["q"].to_pylist()
    assert sorted(found, key=str)[0] == pytest.approx(1 / 3, abs=1e-9) and None in found


def test_ranks_begin_at_nought(engine: Engine) -> None:
    table = engine.memory("ranked", pa.table({"x": [30, 10, 20]}))
    found = engine.fetch(table.select("x", r=ibis.row_number().over(order_by=table.x)).order_by("x"))
    assert found["r"].to_pylist() == [0, 1, 2]


def test_a_memory_table_joins_a_file_table(engine: Engine, tmp_path: Path) -> None:
    table = engine.table("things", [written(tmp_path, "1", ROWS)], SCHEMA)
    wanted = engine.memory("wanted", pa.table({"unit": [2, 4, 9]}))
    found = engine.fetch(table.semi_join(wanted, table.n == wanted.unit).order_by("n"))
    assert found["n"].to_pylist() == [2, 4]


@pytest.mark.notimpl("spark", reason="Ibis writes no ordered group_concat for Spark; order in Python")
def test_texts_are_joined_in_an_order(engine: Engine) -> None:
    table = engine.memory("texts", pa.table({"x": ["b", "a"]}))
    assert engine.fetch(table.agg(t=table.x.group_concat(",", order_by=table.x))).to_pylist() == [{"t": "a,b"}]


@pytest.mark.never("spark", reason="Spark SQL has no ASOF join; use a window as two literal dates")
def test_the_nearest_earlier_row_is_joined(engine: Engine) -> None:
    left, right = engine.memory("l", pa.table({"t": [5]})), engine.memory("r", pa.table({"t": [1, 4, 6]}))
    assert engine.fetch(left.asof_join(right, left.t >= right.t))["t_right"].to_pylist() == [4]


def test_several_questions_are_answered_in_their_order(engine: Engine, tmp_path: Path) -> None:
    """Of a file, of rows in memory, and of a file again; sums are whole numbers as when they are asked alone."""
    table = engine.table("things", [written(tmp_path, "1", ROWS)], SCHEMA)
    held = rows(engine)
    asked = [table.agg(s=table.n.sum()), held.agg(n=held.count()), table.filter(table.flag).select("day", "name")]
    assert [one.to_pylist() for one in engine.fetch_all(asked)] == [engine.fetch(one).to_pylist() for one in asked]
    assert engine.fetch_all(asked[:1])[0].schema.field("s").type == pa.int64() and engine.fetch_all([]) == []


def test_an_engine_is_found_by_its_file() -> None:
    assert engines() == ["duckdb", "spark"]
    assert [engine_named(name).id for name in engines()] == engines()  # nothing heavy starts with the name


def test_an_unknown_engine_is_refused_with_those_there_are() -> None:
    with pytest.raises(Refused, match="duckdb、spark"):
        engine_named("oracle")


def test_spark_without_java_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(Refused, match="openjdk-17"):
        engine_named("spark").fetch(ibis.table({"a": "int64"}, name="t"))
