"""参保缴费 → Headcount. Millions of rows a file: they go through as frames, and only each different unit is looked at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import polars as pl

from wushang.collect.ahead import ahead
from wushang.collect.cells.usccs import surely_right
from wushang.collect.compare import Known
from wushang.collect.remembered import Remembered
from wushang.integrate.bearers import borne
from wushang.integrate.delivery import Delivery, Outcome, Unit
from wushang.integrate.known import FEW
from wushang.integrate.places import Places
from wushang.integrate.resolve import Resolver
from wushang.people.lease import renew
from wushang.pool import landing
from wushang.pool.models import FoundBy, Headcount

NAMED = ("name", "uscc", "insurance_number", "town", "industry")  # what a row says of its unit
WHO = pl.concat_str(pl.col(NAMED).fill_null("\0"), separator="\x1f").alias("who")  # all of it as one text: one join, not five
NOBODY = [pl.lit(None, pl.Int64).alias("enterprise_id"), pl.lit(None, pl.String).alias("own_region")]
FIGURES = ("insured", "rural", "wages", "due", "paid", "rate")


def land(delivery: Delivery) -> Outcome:
    known, resolver = delivery.known(Headcount), Resolver(delivery.commit, delivery.at)
    units = resolved(delivery, units_of(fresh(delivery, known, "key", "digest", *NAMED)), resolver)
    new = resolver.finish()
    outcome = Outcome(touched=set(units["enterprise_id"]), provisional=len(new))
    known.forget()
    landing.load_frames(delivery.commit, Headcount, _claimed(delivery, known, units, outcome))
    gone = known.gone(delivery.held)
    landing.claim(delivery.commit, Headcount, gone["pk"])
    outcome.gone, outcome.touched = gone.height, outcome.touched | set(gone["owner"])
    return outcome


def _claimed(delivery: Delivery, known: Known, units: pl.DataFrame, outcome: Outcome) -> Iterator[pl.DataFrame]:
    """The facts of each part, when what they replace has been claimed; the outcome counts them."""
    keys = Remembered("key")
    delivery.places.read()
    for told, made in ahead(_told(delivery, known, units)):
        counted = dict(told["change"].value_counts().rows())
        outcome.new += counted.get("new", 0)
        outcome.changed += counted.get("changed", 0)
        outcome.same += counted.get("same", 0)
        replaced = told.filter(pl.col("change") == "changed")
        landing.claim(delivery.commit, Headcount, replaced["pk"])
        outcome.touched |= set(replaced["owner"])
        keys.add(told.select(pl.col("hash").alias("key")))
        yield made
    outcome.apart = keys.rows > 0 and not keys.shared().size


def _told(delivery: Delivery, known: Known, units: pl.DataFrame) -> Iterator[tuple[pl.DataFrame, pl.DataFrame]]:
    """Part by part: what each row is beside what is known, and the facts it becomes."""
    for part in delivery.frames():
        told = known.told(part)
        short = told.select("change", "pk", "owner", pl.col("key").hash().alias("hash"))
        yield short, facts(delivery, told.filter(pl.col("change") != "same"), units)


def fresh(delivery: Delivery, known: Known, *columns: str) -> Iterator[pl.DataFrame]:
    """The rows that are new or changed, part by part: these of their columns, or all."""
    for part in ahead(delivery.frames(*columns)):
        renew()
        yield known.told(part).filter(pl.col("change") != "same")


def units_of(parts: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """Each different way to name a unit (`who`), once, in the order of the rows: the same file makes the same units. Those seen are
    known again by 64 bits; were two ever alike in them, the second's row would have no unit, and the table would refuse it."""
    found = [pl.DataFrame(schema=dict.fromkeys((*NAMED, "who"), pl.String))]
    seen = pl.Series(dtype=pl.UInt64)
    for part in parts:
        said = _with(part, NAMED).select(pl.col(NAMED).cast(pl.String)).with_columns(WHO)
        new = said.filter(~said["who"].hash().is_in(seen.implode())).unique("who", keep="first", maintain_order=True)
        found, seen = [*found, _apart(new)], pl.concat([seen, new["who"].hash()])
    return pl.concat(found)


def _apart(rows: pl.DataFrame) -> pl.DataFrame:
    """The same texts written anew: a few rows taken out of a part would hold the texts of all of it."""
    return rows.select(pl.concat_str(pl.col(name), pl.lit("")).alias(name) for name in rows.columns)


def resolved(delivery: Delivery, units: pl.DataFrame, resolver: Resolver) -> pl.DataFrame:
    """Units as rows name them, with `enterprise_id`, by which rule it was found, and the `region` of the town that the row
    says, else the unit's own."""
    vast = units.height > FEW
    found = borne(units.filter(surely_right(units["uscc"]))) if vast else units.clear().with_columns(NOBODY)
    found = found.with_columns(pl.lit(FoundBy.USCC, pl.Int16).alias("found_by"))
    others = units.join(found, on="who", how="anti", maintain_order="left")
    resolver.vouch(others["uscc"].filter(surely_right(others["uscc"])))
    return _in_towns(delivery, pl.concat([found, _one_by_one(delivery, others, resolver)]))


def _one_by_one(delivery: Delivery, units: pl.DataFrame, resolver: Resolver) -> pl.DataFrame:
    """Units that take more than a look at their code, each as an object."""
    named = [Unit().of(said, delivery.places) for said in units.iter_rows(named=True)]
    resolver.resolve_all(named)
    ids = [resolver.resolve(one) for one in named]
    return units.with_columns(
        pl.Series("enterprise_id", ids, dtype=pl.Int64),
        pl.Series("own_region", [resolver.known_region(e) for e in ids], dtype=pl.String),
        pl.Series("found_by", [resolver.rule(one) for one in named], dtype=pl.Int16),
    )


def _in_towns(delivery: Delivery, units: pl.DataFrame) -> pl.DataFrame:
    """The `region` of each unit's town, as the row says it, in place of the unit's `own_region`."""
    said = units["town"].unique()
    towns = pl.Series([delivery.places.known_town(town) for town in said], dtype=pl.String)
    region = units["town"].replace_strict(said, towns)
    return units.with_columns(pl.when(region == "").then("own_region").otherwise(region).alias("region")).drop("own_region")


def facts(delivery: Delivery, rows: pl.DataFrame, units: pl.DataFrame) -> pl.DataFrame:
    """The facts that rows become, by the table's columns; of a key given twice, the last."""
    rows = _with(rows, (*NAMED, *FIGURES, "mode", "month")).with_columns(pl.col(NAMED).cast(pl.String)).with_columns(WHO)
    rows = rows.join(units.drop(NAMED), on="who", how="left", maintain_order="left")
    rows = _of_month(rows, delivery.places) if delivery.places.moved else rows
    found = rows.unique("key", keep="last", maintain_order=True).select(
        pl.lit(delivery.source).alias("source"), pl.lit(delivery.sender).alias("sender"), "key", "digest", "period",
        pl.lit(delivery.batch, pl.Int64).alias("batch"), "row", "enterprise_id", _month(rows.schema["month"]),
        pl.col(FIGURES).cast(pl.Int64), pl.col("mode", "industry").cast(pl.String).fill_null(""), "region", "found_by",
    )  # fmt: skip
    if found["month"].has_nulls():
        raise ValueError("a row reached landing without its month")  # collect requires the column
    return found


def _of_month(rows: pl.DataFrame, places: Places) -> pl.DataFrame:
    """The rows with the town of their month, where towns of ours were merged or got another code since."""
    rows = rows.with_columns(_month(rows.schema["month"]))
    pairs = rows.select("town", "month").unique()
    towns = pl.Series("then", [places.known_town(town, month) for town, month in pairs.iter_rows()], dtype=pl.String)
    rows = rows.join(pairs.with_columns(towns), on=["town", "month"], how="left", nulls_equal=True, maintain_order="left")
    return rows.with_columns(region=pl.when(pl.col("then") != "").then("then").otherwise("region"))


def _month(kind: pl.DataType) -> pl.Expr:
    """The first day of the month; rows that a person settled say it as text."""
    day = pl.col("month").str.slice(0, 10).str.to_date("%Y-%m-%d") if kind == pl.String else pl.col("month").cast(pl.Date)
    return day.dt.month_start().alias("month")


def _with(rows: pl.DataFrame, names: Iterable[str]) -> pl.DataFrame:
    """The rows with these columns, empty where they were not said."""
    return rows.with_columns(pl.lit(None).alias(name) for name in names if name not in rows.columns)


LANDS = {"Headcount": land}
