import csv
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl
from simulate.eyes import columns, lines

from wushang.simulate.claims import STEPS
from wushang.simulate.identities import uscc

Truth = Callable[[str], pl.DataFrame]
UNTIL = date(2026, 10, 31)


def claims_in_files(directory: Path) -> set[str]:
    """受理编号 of all lines of all recognition files, read without our code."""
    found = set()
    for path in sorted((directory / "人社局").iterdir()):
        raw = path.read_bytes()
        encoding = "utf-8" if path.suffix == ".xlsx" else "utf-8-sig"
        if path.suffix == ".csv":
            try:
                raw.decode("utf-8")
            except UnicodeDecodeError:
                encoding = "gb18030"
        found |= {str(row[0]) for row in lines(path, encoding) if str(row[0]).startswith("云工受")}
    return found


def test_claims_in_the_files_are_the_injuries_less_those_not_yet_filed(city: Path, truth: Truth) -> None:
    injuries = truth("injuries").with_columns(pl.col(s).str.to_date() for s in STEPS)
    begin = date(2025, 8, 1)
    touched = pl.any_horizontal([pl.col(s).is_between(begin, UNTIL) for s in STEPS])
    filed = injuries.filter(touched & (pl.col("applied") <= UNTIL))
    assert claims_in_files(city) == set(filed["claim"])
    assert injuries.filter(pl.col("applied") > UNTIL)["first_file"].null_count() > 0
    assert set(injuries.filter(pl.col("first_file").is_not_null())["claim"]) == set(filed["claim"])


def test_an_injury_that_never_had_a_faultless_row_has_not_landed(truth: Truth) -> None:
    injuries = truth("injuries")
    assert injuries.filter(pl.col("first_file").is_null())["landed"].any() is False
    assert injuries.filter(pl.col("landed"))["first_file"].null_count() == 0


def test_dates_of_a_claim_stand_in_the_order_of_the_law(truth: Truth) -> None:
    injuries = truth("injuries")
    order = ["hired", "occurred", "applied", "accepted", "decided", "served", "assessed"]
    for earlier, later in zip(order, order[1:], strict=False):
        both = injuries.filter(pl.col(earlier).is_not_null() & pl.col(later).is_not_null())
        assert (both[earlier] <= both[later]).all(), (earlier, later)


def test_a_claim_moves_on_from_month_to_month(city: Path, truth: Truth) -> None:
    seen: dict[str, list[int]] = {}
    for file in truth("files").filter(pl.col("source") == "injury_recognition").to_dicts():
        encoding = file["encoding"] or "utf-8"
        names = columns(city / file["file"], file["header_row"], file["header_levels"], encoding)
        dates = [names.index(c) for c in ("申请日期", "受理日期", "决定日期", "送达日期", "鉴定日期")]
        for row in lines(city / file["file"], encoding):
            if str(row[0]).startswith("云工受"):
                seen.setdefault(str(row[0]), []).append(sum(1 for at in dates if row[at] != ""))
    assert all(known == sorted(known) for known in seen.values())
    assert any(len(set(known)) >= 3 for known in seen.values())


def test_new_accident_words_are_used_from_july_2026(truth: Truth) -> None:
    injuries = truth("injuries").filter(pl.col("kind") != "")
    before = set(injuries.filter(pl.col("occurred") < "2026-07-01")["kind"])
    after = set(injuries.filter(pl.col("occurred") >= "2026-07-01")["kind"])
    assert "机械伤害" in before and "机械致害" not in before
    assert "机械致害" in after and "机械伤害" not in after


def test_dispatched_workers_are_hurt_at_a_host_that_is_no_agency(truth: Truth) -> None:
    agencies = set(truth("enterprises").filter(pl.col("agency"))["enterprise"])
    sent = truth("injuries").filter(pl.col("employer").is_in(list(agencies)))
    assert len(sent) > 0
    assert (sent["host"] == sent["enterprise"]).all() and not set(sent["host"]) & agencies
    own = truth("injuries").filter(~pl.col("employer").is_in(list(agencies)))
    assert set(own["host"]) == {0}


def test_the_outbreak_is_planted_where_the_plan_says(city: Path, truth: Truth) -> None:
    plan = json.loads((city / "truth" / "city.json").read_text(encoding="utf-8"))["outbreak"]
    planted = truth("injuries").filter(pl.col("planted_outbreak"))
    assert planted["event"].n_unique() == plan["extra_events"] > 0
    assert set(planted["employer"]) <= set(plan["enterprises"])
    assert not truth("rates").filter(pl.col("enterprise").is_in(plan["enterprises"]))["programme"].any()
    assert planted["occurred"].min() >= plan["first"] and planted["occurred"].max() <= plan["last"]


def test_the_programme_lowers_the_true_rate_of_its_enterprises_alone(city: Path, truth: Truth) -> None:
    plan = json.loads((city / "truth" / "city.json").read_text(encoding="utf-8"))["programme"]
    rates = truth("rates")
    assert set(rates.filter(pl.col("programme"))["enterprise"]) == set(plan["enterprises"])
    share = (rates["rate_after"] / rates["rate"]).round(2)
    assert set(share.filter(rates["programme"])) == {plan["factor"]}
    assert set(share.filter(~rates["programme"])) == {1.0}


def test_name_variants_lead_back_to_one_enterprise(truth: Truth) -> None:
    names, dirt = truth("names"), truth("dirt").filter(pl.col("kind").is_in(["name_variant", "broken_name"]))
    assert set(dirt["dirty"]) == set(names.filter(pl.col("kind") == "variant")["name"])
    owners = {uscc(n, kind) for n in range(1, 121) for kind in ("91", "92", "12")}
    assert set(names["uscc"]) <= owners
    renamed = truth("enterprises").filter(pl.col("renamed").is_not_null() & (pl.col("renamed") <= "2026-10-31"))
    assert set(renamed["name"]) == set(names.filter(pl.col("kind") == "former")["name"])


def test_every_level_of_warning_would_occur_in_the_last_year(truth: Truth) -> None:
    injuries = truth("injuries").filter((pl.col("occurred") >= "2026-01-01") & (pl.col("applied") <= "2026-10-31"))
    events = injuries.filter(pl.col("situation").str.starts_with("14-") & (pl.col("situation") != "14-6"))
    counts = events.group_by("enterprise").agg(pl.col("event").n_unique().alias("n"))["n"]
    assert (counts == 1).sum() > 5 and (counts == 2).sum() > 2 and (counts >= 3).sum() > 2


def test_spring_festival_empties_the_workshops(truth: Truth) -> None:
    heads = dict(truth("exposure").group_by("month").agg(pl.col("headcount").sum()).iter_rows())
    assert heads["2026-02-01"] < 0.92 * heads["2025-12-01"]
    assert heads["2026-04-01"] > 0.97 * heads["2025-12-01"]


def test_places_tie_together(city: Path) -> None:
    regions = list(csv.DictReader((city / "regions.csv").open(encoding="utf-8")))
    tiles = json.loads((city / "outline.json").read_text(encoding="utf-8"))["tiles"]
    towns = {r["code"] for r in regions if r["parent"] == "990100"}
    assert len(towns) == 16 and {t["code"] for t in tiles} == towns
    assert len({(t["column"], t["row"]) for t in tiles}) == 16
    departments = list(csv.DictReader((city / "departments.csv").open(encoding="utf-8")))
    assert towns <= {d["region"] for d in departments}
    assert {"hrss", "emergency", "health", "tax", "market", "township"} <= {d["kind"] for d in departments}
