from datetime import date

from wushang.analyse.measures import Ask
from wushang.analyse.values import values

ASKS = {
    "events": ("injury_events", Ask(date(2026, 3, 20))),
    "hazards": ("disease_hazards", Ask(date(2026, 3, 20), "open")),
}


def rows(pool, filled: set[str]) -> list[dict]:
    table = values(pool, ASKS, pool.table("enterprises"), filled)
    return sorted(pool.fetch(table).to_pylist(), key=lambda row: row["enterprise"])


def test_one_query_gives_units_by_measures(pool_of) -> None:
    injury = {
        "injury": 1,
        "event": "a",
        "enterprise": 2,
        "occurred": date(2026, 2, 1),
        "status": "reported",
        "at_work": True,
    }
    pool = pool_of(injuries=[injury])
    assert rows(pool, {"injuries", "disease_hazards"}) == [
        {"enterprise": 1, "events": 0.0, "hazards": 0.0},
        {"enterprise": 2, "events": 1.0, "hazards": 0.0},
    ]


def test_a_table_that_nobody_fills_makes_its_measure_missing_and_not_zero(pool_of) -> None:
    assert rows(pool_of(), {"injuries"})[0] == {"enterprise": 1, "events": 0.0, "hazards": None}
