"""A Pool on every engine: cut to what was known at a commit and to what a scope may see."""

from datetime import date

import pyarrow as pa
import pytest

from wushang.engine import Engine
from wushang.people.scope import Grant, Scope
from wushang.pool.reading import Pool
from wushang.pool.tables import declared

UNITS = [
    {"enterprise": 1, "name": "恒岳杯业", "region": "990100001", "industry": "C3382", "recorded": 1},
    {"enterprise": 2, "name": "石塘门业", "region": "990100002", "industry": "C3312", "recorded": 1, "superseded": 3},
    {"enterprise": 2, "name": "石塘木门", "region": "990100002", "industry": "C2032", "recorded": 3},
    {"enterprise": 3, "name": "外县杯业", "region": "990200001", "industry": "C3382", "recorded": 2},
    {"enterprise": 4, "name": "无名作坊", "region": None, "industry": None, "recorded": 1},
]
INJURIES = [
    {"injury": 1, "employer": 1, "enterprise": 1, "occurred": date(2026, 1, 8), "recorded": 1},
    {"injury": 2, "employer": 1, "host": 2, "enterprise": 2, "occurred": date(2026, 2, 9), "recorded": 2},
    {"injury": 3, "employer": 3, "enterprise": 3, "occurred": date(2026, 2, 10), "recorded": 3},
    {"injury": 4, "employer": None, "enterprise": None, "occurred": date(2026, 2, 11), "recorded": 1, "superseded": 2},
]


def scope(*regions: str, **more) -> Scope:
    return Scope((Grant(frozenset({"analyse.see"}), regions, **more),))


def opened(engine: Engine, commit: int, seen: Scope) -> Pool:
    rows = {"enterprises": UNITS, "injuries": INJURIES}

    def source(table):
        return engine.memory(table.name, pa.Table.from_pylist(rows.get(table.name, []), schema=table.schema))

    return Pool(engine, seen, commit, source)


def numbers(pool: Pool, table: str, column: str) -> list[int]:
    return sorted(pool.fetch(pool.table(table).select(column))[column].to_pylist())


@pytest.mark.parametrize(
    ("commit", "units", "injuries"),
    [(0, [], []), (1, [1, 2, 4], [1, 4]), (2, [1, 2, 3, 4], [1, 2]), (3, [1, 2, 3, 4], [1, 2, 3])],
)
def test_what_was_known_at_a_commit(engine: Engine, commit: int, units: list[int], injuries: list[int]) -> None:
    pool = opened(engine, commit, Scope.system())
    assert (numbers(pool, "enterprises", "enterprise"), numbers(pool, "injuries", "injury")) == (units, injuries)


def test_the_newer_version_counts_from_its_own_commit_on(engine: Engine) -> None:
    names = [
        {row["name"] for row in pool.fetch(pool.table("enterprises")).to_pylist() if row["enterprise"] == 2}
        for pool in (opened(engine, 2, Scope.system()), opened(engine, 3, Scope.system()))
    ]
    assert names == [{"石塘门业"}, {"石塘木门"}]


@pytest.mark.parametrize(
    ("seen", "units", "injuries"),
    [
        (Scope.nothing(), [], []),
        (scope(), [], []),
        (scope("9901"), [1, 2], [1, 2]),
        (scope("990100002"), [2], [2]),  # the host's side sees what happened to a dispatched worker
        (scope("990100001"), [1], [1, 2]),  # and so does the employer's
        (scope("9901", industries=("C33",)), [1], [1, 2]),
        (scope("", enterprises=frozenset({3})), [3], [3]),
        (scope("", enterprises=frozenset()), [], []),
        (Scope((Grant(frozenset({"warn.see"}), ("",)),)), [], []),  # another verb opens nothing
    ],
)
def test_what_a_scope_sees(engine: Engine, seen: Scope, units: list[int], injuries: list[int]) -> None:
    pool = opened(engine, 3, seen)
    assert (numbers(pool, "enterprises", "enterprise"), numbers(pool, "injuries", "injury")) == (units, injuries)


def test_a_table_that_nobody_fills_is_there_and_empty(engine: Engine) -> None:
    pool = opened(engine, 3, scope("9901"))
    for name in declared():
        if name not in ("enterprises", "injuries"):
            assert pool.fetch(pool.table(name)).num_rows == 0


def test_the_clock_columns_do_not_leave_the_pool(engine: Engine) -> None:
    pool = opened(engine, 3, Scope.system())
    assert not {"recorded", "superseded"} & set(pool.table("injuries").columns)
