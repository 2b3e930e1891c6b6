from datetime import date

from wushang.analyse.measures import Ask, measures
from wushang.analyse.values import values
from wushang.people.scope import Grant, Scope

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


def test_measures_side_by_side_are_what_each_says_alone(pool_of) -> None:
    """Every measure over two windows, one longer than the bits that months are counted with; two modes in one month."""
    hurt = {"status": "recognised", "at_work": True, "severity": "serious", "grade": 7, "worker": 3, "reported": date(2026, 2, 2)}
    injuries = [
        {"injury": n, "event": f"e{n // 2}", "enterprise": 1 + n % 2, "employer": 1, "occurred": date(2021 + n, 2, 1)} | hurt
        for n in range(6)
    ]
    heads = [{"enterprise": 1, "month": date(year, 1, 1), "insured": 10 * (year - 2019)} for year in range(2021, 2027)]
    heads += [{"enterprise": 1, "month": date(2026, 1, 1), "insured": 5}, {"enterprise": 2, "month": date(2026, 2, 1), "insured": 0}]
    pool = pool_of(injuries=injuries, headcounts=heads)
    windows = ("year_to_date", "last_60_months")
    filled = {"injuries", "headcounts"}
    known = [code for code, measure in measures().items() if filled.issuperset(measure.tables)]
    asks = {f"{code}_{w}": (code, Ask(date(2026, 3, 20), w)) for code in known for w in windows}
    told = pool.fetch(values(pool, asks, pool.table("enterprises"), filled)).to_pylist()
    for name, (code, ask) in asks.items():
        alone = pool.fetch(measures()[code].value(pool, ask)).to_pylist()
        assert {row["enterprise"]: row[name] for row in told} == {row["enterprise"]: row["value"] for row in alone}, name
    [one] = [row for row in told if row["enterprise"] == 1]
    assert one["incidence_rate_last_60_months"] == 2 * 1000 * 5 / (30 + 40 + 50 + 60 + 75)  # 2023, 2025 at unit 1; five Januaries


SEE, NEAR = frozenset({"analyse.see"}), frozenset({"analyse.see", "pool.case_analysis"})
PLACES = [{"enterprise": 1, "region": "990100001"}, {"enterprise": 2, "region": "990100002"}]


def test_who_may_not_come_close_to_persons_reads_missing_and_not_a_wrong_number(pool_of) -> None:
    """Worker 7 twice at each unit, grade 1: 1 person, 2 cases. Without the grade and the worker there would stand 2 persons."""
    told = {"status": "reported", "at_work": True, "severity": "minor", "worker": 7, "grade": 1, "occurred": date(2026, 2, 1)}
    hurt = [{"injury": n, "event": f"e{n}", "enterprise": unit, "employer": unit} | told for n, unit in enumerate((1, 1, 2, 2))]
    asks = {code: (code, Ask(date(2026, 3, 20))) for code in ("injured_persons", "injured_cases", "severity_index", "worst_grade")}

    def read(scope: Scope) -> list[tuple]:
        pool = pool_of(enterprises=PLACES, injuries=hurt)
        pool.scope = scope
        table = values(pool, asks, pool.table("enterprises"), {"injuries"})
        return sorted(tuple(row.values()) for row in pool.fetch(table).to_pylist())

    all_of_both = [(1, 1.0, 2.0, 12000.0, 1.0), (2, 1.0, 2.0, 12000.0, 1.0)]
    nothing = [(1, None, 2.0, None, None), (2, None, 2.0, None, None)]
    purpose = frozenset({"case_analysis"})
    assert read(Scope.system()) == read(Scope((Grant(NEAR, ("9901",)),), purpose)) == all_of_both
    assert read(Scope((Grant(SEE, ("9901",)),))) == nothing
    assert read(Scope((Grant(SEE, ("9901",)), Grant(NEAR, ("990100001",))), purpose)) == [all_of_both[0], nothing[1]]
