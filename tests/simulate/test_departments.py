"""What hospitals, the fund and the bureaus write is what the truth says happened; and what nobody claimed stands in the visits."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest

from wushang.collect.checking import check_file
from wushang.collect.source import shipped

Truth = Callable[[str], pl.DataFrame]


@pytest.fixture(scope="module")
def said(clean_city: Path) -> Callable[[str], pl.DataFrame]:
    """All rows of a source's files, as collect reads them; of a key that comes again, the last."""

    def _said(source: str) -> pl.DataFrame:
        files = pl.read_csv(clean_city / "truth" / "files.csv", infer_schema_length=None).filter(
            pl.col("source") == source
        )
        found = []
        for file, last in files.select("file", "last").iter_rows():
            day = date.fromisoformat(last) + timedelta(days=5)
            found.append(check_file((clean_city / file).read_bytes(), file, shipped()[source], day).accepted)
        return pl.concat(found).unique("key", keep="last", maintain_order=True)

    return _said


@pytest.fixture(scope="module")
def true(clean_city: Path) -> Truth:
    return lambda name: pl.read_csv(
        clean_city / "truth" / f"{name}.csv", infer_schema_length=None, try_parse_dates=True
    )


def test_each_visit_is_one_of_the_truths_and_leads_to_its_injury(said, true: Truth) -> None:
    visits, truth = said("hospital_visits"), true("visits")
    assert len(visits) == len(truth)
    both = visits.join(truth, on=["facility", "number"], suffix="_true")
    assert len(both) == len(visits) and (both["visited"] == both["visited_true"]).all()
    hurt = both.filter(pl.col("injury") > 0)
    people = pl.concat([true(name).select("injury", "occurred", "sex") for name in ("injuries", "unclaimed")])
    known = hurt.join(people, on="injury", suffix="_true")
    assert len(known) == len(hurt)
    late = (known["visited"] - known["occurred"]).dt.total_days()
    assert late.min() == 0 and late.max() <= 3
    assert (known["sex"] == known["sex_true"].replace_strict({"男": "M", "女": "F"})).all()
    assert set(both.filter(pl.col("injury") == 0)["at_work"].drop_nulls()) <= {"no"}


def test_some_of_the_hurt_never_claim_and_only_hospitals_know_of_them(said, true: Truth) -> None:
    unclaimed, visits = true("unclaimed"), true("visits")
    assert 5 <= len(unclaimed) <= 60
    assert not set(unclaimed["injury"]) & set(true("injuries")["injury"])
    seen = set(visits.filter(~pl.col("claimed") & (pl.col("injury") > 0))["injury"])
    assert seen <= set(unclaimed["injury"]) and len(seen) >= 0.8 * len(unclaimed)
    claimed = set(said("injury_recognition")["id_number"].drop_nulls())
    assert not claimed & set(unclaimed["id_number"].cast(pl.String))
    assert unclaimed["id_number"].n_unique() == len(unclaimed)


def test_the_fund_pays_recognised_claims_and_takes_wrong_payments_back(said, true: Truth) -> None:
    paid, truth = said("benefit_payments"), true("payments")
    assert paid["amount"].sum() == truth["fen"].sum()
    red = truth.filter("red")
    assert len(red) >= 2 and (red["fen"] < 0).all() and (truth.filter(~pl.col("red"))["fen"] > 0).all()
    assert paid.filter(pl.col("amount") < 0).height == len(red)
    decided = true("injuries").filter(pl.col("outcome").is_in(["recognised", "deemed"]))
    assert set(paid["claim_number"]) <= set(decided["decision"])
    for injury, fen, day in red.filter(pl.col("day") > pl.date(2025, 9, 20)).select("injury", "fen", "day").iter_rows():
        before = truth.filter((pl.col("injury") == injury) & (pl.col("day") < day))
        assert -fen in set(before["fen"]), (injury, fen)


def test_the_bureau_counts_the_dead_and_hurt_of_its_accidents_as_they_are(said, true: Truth) -> None:
    accidents, truth = said("safety_accidents"), true("accidents")
    both = accidents.join(truth, on="number", suffix="_true")
    assert len(both) == len(accidents) > 5
    for column in ("dead", "serious", "minor", "occurred"):
        assert (both[column] == both[f"{column}_true"]).all()
    people = true("injuries").filter(pl.col("event").is_in(both["event"].implode()))
    assert both.select(pl.sum("dead") + pl.sum("serious") + pl.sum("minor")).item() <= len(people)
    severe = true("injuries").filter(
        pl.col("severity").is_in(["serious", "fatal"]) & pl.col("situation").is_in(["14-1", "14-2", "14-3"])
    )
    assert set(severe["event"]) <= set(truth["event"])


def test_tests_exceed_their_limit_exactly_where_the_verdict_says_so(said, true: Truth) -> None:
    tests = said("hazard_tests")
    assert len(tests) > 20 and (tests["measured"] > tests["limit"]).eq(tests["exceeded"] == "yes").all()
    found = true("hazards").filter((pl.col("kind") == "检测超标") & (pl.col("opened") >= pl.date(2025, 8, 1)))
    over = {tuple(row) for row in true("tests").filter("over").select("enterprise", "检测项目", "检测日期").iter_rows()}
    assert over == {row for row in found.select("enterprise", "factor", "opened").iter_rows() if row[1] != "高温"}


def test_lists_and_penalties_name_enterprises_of_the_city(said, true: Truth) -> None:
    codes = set(true("enterprises")["uscc"])
    for source in ("safety_standardisation", "above_scale_list", "penalties", "occupational_diseases"):
        rows = said(source)
        assert len(rows) > 0 and set(rows["uscc"]) <= codes, source
