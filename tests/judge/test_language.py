import duckdb
import ibis
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wushang.judge.language import Mistake, read

NAMES = {"events": "number", "hazards": "number", "rate": "number", "severe": "flag"}


def holds(text: str, **values: float | bool | None) -> bool:
    return read(text, NAMES).holds(values)


def test_and_or_not_comparison_and_arithmetic_mean_what_they_say() -> None:
    assert holds("events >= 2 or hazards > 0", events=1, hazards=1)
    assert not holds("events >= 2 and hazards > 0", events=3, hazards=0)
    assert holds("not events == 1", events=2)
    assert holds("1 < events <= 3", events=3)
    assert holds("-events + 2 * 3 - 1 == 10 / 5", events=3)
    assert holds("max(events, hazards) == 4 and min(events, hazards, 2) == 2", events=4, hazards=3)
    assert holds("severe and events > 0", severe=True, events=1)


def test_a_comparison_with_a_missing_side_does_not_hold() -> None:
    assert not holds("rate > 3", rate=None)
    assert not holds("rate != 3", rate=None)
    assert not holds("rate + 1 > 0", rate=None)
    assert not holds("max(rate, events) > 0", rate=None, events=5)
    assert not holds("severe", severe=None)
    assert holds("not rate > 3", rate=None)


def test_only_is_missing_asks_for_what_is_missing() -> None:
    assert holds("rate is missing", rate=None)
    assert holds("rate is not missing", rate=0)
    assert holds("events / hazards is missing", events=1, hazards=0)
    assert holds("severe is missing", severe=None)


def test_a_division_by_zero_is_missing_and_never_an_error() -> None:
    assert not holds("events / hazards >= 0", events=1, hazards=0)


def test_if_else_gives_one_of_two_numbers_and_what_is_missing_does_not_hold() -> None:
    assert holds("(10 if events >= 2 else 3) == 10", events=2)
    assert holds("(10 if rate > 2 else 3) == 3", rate=None)
    assert not holds("(rate if events > 0 else 3) >= 0", events=1, rate=None)


def test_scaled_says_where_a_unit_stands_between_the_least_and_the_greatest() -> None:
    values = {"least rate": 2, "greatest rate": 12}
    assert holds("scaled(rate) == 0.5", rate=7, **values)
    assert holds("scaled(rate) == 0", rate=2, **values) and holds("scaled(rate) == 1", rate=12, **values)
    assert holds("scaled(rate) is missing", rate=None, **values)
    assert holds("scaled(rate) is missing", rate=7)
    assert holds("scaled(rate) is missing", rate=7, **{"least rate": 7, "greatest rate": 7})


def test_names_tells_which_measures_are_needed() -> None:
    assert read("events >= 2 or hazards > 0", NAMES).names == {"events", "hazards"}


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ("event >= 2", 1, 1, "是不是“events”"),
        ("events >= 2 or\n  hazrads > 0", 2, 3, "是不是“hazards”"),
        ("events ＞= 2", 1, 8, "半角的“>”"),
        ("events = 2", 1, 8, "请改为“==”"),
        ("events 不足 2", 1, 8, "请改为“<”"),
        ("events >= 2 && hazards > 0", 1, 13, "and"),
        ("events >= 2 或 hazards > 0", 1, 13, "or"),
        ("rate > 3‰", 1, 9, "unit"),
        ("events", 1, 1, "events > 0"),
        ("severe > 1", 1, 1, "severe and"),
        ("events >= '2'", 1, 11, "不加引号"),
        ("(events >= 2", 1, 1, "括号"),
        ("events >= 2 or", 1, 14, "名称 比较 数"),
        ("abs(events) > 2", 1, 1, "min(甲, 乙)"),
        ("events ** 2 > 4", 1, 1, "四则"),
        ("events in (1, 2)", 1, 1, "比较"),
        ("events is 2", 1, 11, "=="),
        ("events > missing", 1, 10, "is 后面"),
        ("", 1, 1, "空的"),
        ("events > 1e99", 1, 10, "太大"),
        ("().__class__ == 1", 1, 1, "数或名称"),
        ("events >= True", 1, 11, "True"),
        ("scaled(2) > 1", 1, 1, "scaled(指标)"),
        ("(2 if events else 1) > 1", 1, 7, "events > 0"),
        ("zzz > 0", 1, 1, "events、hazards、rate、severe"),
    ],
)
def test_a_mistake_says_what_where_and_what_to_write(text: str, line: int, column: int, words: str) -> None:
    with pytest.raises(Mistake) as told:
        read(text, NAMES)
    assert (told.value.line, told.value.column) == (line, column)
    assert words in str(told.value)


def test_an_expression_that_is_endless_is_refused() -> None:
    for text in ("1" + "+1" * 300 + " > 0", "events" + " * events" * 20 + " > 0", "(" * 900 + "events" + ")" * 900):
        with pytest.raises(Mistake):
            read(text, NAMES)


number = st.one_of(
    st.sampled_from(["events", "hazards", "rate", "0", "1", "2", "3", "2.5", "0.1"]),
    st.integers(0, 60).map(str),
)
numbers = st.recursive(
    number,
    lambda below: st.one_of(
        st.tuples(below, st.sampled_from("+-*/"), below).map(lambda t: f"({t[0]} {t[1]} {t[2]})"),
        st.tuples(st.sampled_from(["min", "max"]), below, below).map(lambda t: f"{t[0]}({t[1]}, {t[2]})"),
        below.map(lambda one: f"(-{one})"),
        st.tuples(below, st.sampled_from(["events >= 2", "rate is missing", "severe", "rate > hazards"]), below).map(
            lambda t: f"({t[0]} if {t[1]} else {t[2]})"
        ),
    ),
    max_leaves=6,
)
comparisons = st.one_of(
    st.tuples(numbers, st.sampled_from(["<", "<=", ">", ">=", "==", "!="]), numbers).map(" ".join),
    st.tuples(numbers, st.sampled_from(["is missing", "is not missing"])).map(" ".join),
    st.sampled_from(["severe", "severe is missing"]),
)
conditions = st.recursive(
    comparisons,
    lambda below: st.one_of(
        st.tuples(below, st.sampled_from(["and", "or"]), below).map(lambda t: f"({t[0]} {t[1]} {t[2]})"),
        below.map(lambda one: f"(not {one})"),
    ),
    max_leaves=5,
)
measured = st.one_of(st.none(), st.integers(0, 6), st.sampled_from([0.1, 0.2, 12.9, 21.0, 1000.0 / 3, 1e9]))
rows = st.lists(
    st.fixed_dictionaries(
        {"events": measured, "hazards": measured, "rate": measured, "severe": st.sampled_from([None, True, False])}
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=150, deadline=None)
@given(conditions, rows)
def test_the_column_on_duckdb_and_the_scalar_form_give_the_same_answers(text: str, units: list[dict]) -> None:
    condition = read(text, NAMES)
    schema = pa.schema(
        [("n", pa.int64()), *((name, pa.float64()) for name in ("events", "hazards", "rate")), ("severe", pa.bool_())]
    )
    table = pa.Table.from_pylist([{"n": n} | unit for n, unit in enumerate(units)], schema=schema)
    rows = ibis.memtable(table)
    answer = rows.select("n", holds=condition.column({name: rows[name] for name in NAMES})).order_by("n")
    assert duckdb_rows(answer, table) == [condition.holds(unit) for unit in units]


@settings(max_examples=60, deadline=None)
@given(conditions, rows)
def test_plain_values_equal_for_all_units_give_the_same_answers_too(text: str, units: list[dict]) -> None:
    condition = read(text, NAMES)
    one = ibis.memtable({"n": [1]})
    answer = one.select(**{f"u{n}": condition.column(unit) for n, unit in enumerate(units)})
    [row] = DUCK.to_pyarrow(answer).to_pylist()
    assert list(row.values()) == [condition.holds(unit) for unit in units]


DUCK = ibis.duckdb.from_connection(duckdb.connect())


def duckdb_rows(answer: ibis.Table, table: pa.Table) -> list[bool]:
    return DUCK.to_pyarrow(answer)["holds"].to_pylist()


@settings(max_examples=60, deadline=None)
@given(rows)
def test_scaled_as_a_column_and_as_a_scalar_give_the_same_answers(units: list[dict]) -> None:
    condition = read("0.4 * scaled(rate) + scaled(events) >= 0.6 or scaled(hazards) is missing", NAMES)
    ends = {}
    for name in ("events", "hazards", "rate"):
        known = [float(unit[name]) for unit in units if unit[name] is not None]
        ends |= {f"least {name}": min(known, default=None), f"greatest {name}": max(known, default=None)}
    schema = pa.schema([("n", pa.int64()), *((name, pa.float64()) for name in ("events", "hazards", "rate"))])
    table = pa.Table.from_pylist([{"n": n} | {k: v for k, v in unit.items() if k != "severe"} for n, unit in enumerate(units)], schema=schema)
    all_units = ibis.memtable(table)
    answer = all_units.select("n", holds=condition.column({name: all_units[name] for name in schema.names[1:]})).order_by("n")
    assert duckdb_rows(answer, table) == [condition.holds(unit | ends) for unit in units]


@pytest.mark.parametrize("text", ["rate == limit", "rate != limit", "limit == limit"])
def test_a_threshold_that_is_not_filled_in_holds_for_nobody_whose_figure_is_missing(text: str) -> None:
    """Beside a literal null Ibis writes == as IS NULL: a rule without its number would have hit just those without data."""
    condition = read(text, {"rate": "number", "limit": "number"})
    rows = ibis.memtable(pa.table({"rate": pa.array([None, 1.0], pa.float64())}))
    held = DUCK.to_pyarrow(rows.select(holds=condition.column({"rate": rows.rate, "limit": None})))["holds"].to_pylist()
    assert held == [condition.holds({"rate": one, "limit": None}) for one in (None, 1.0)] == [False, False]
