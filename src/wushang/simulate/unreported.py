"""Injuries at work that nobody ever claims (未申报): planted, so that what finds them can be measured."""

from __future__ import annotations

import numpy as np
import polars as pl

from wushang.simulate.chance import Stream
from wushang.simulate.enterprises import Enterprises
from wushang.simulate.identities import id_numbers, telephones
from wushang.simulate.months import Calendar
from wushang.simulate.names import person_names
from wushang.simulate.trades import KINDS_2025

SHARE = 0.09  # of the injuries at work that are claimed, as many again are not
KEPT = (
    "event", "employer", "host", "enterprise", "hour", "minute", "situation", "kind", "part", "nature", "severity",
    "workshop", "post", "employer_name", "employer_uscc", "host_name", "town", "town_code", "industry", "hospital",
)  # fmt: skip


def draw(stream: Stream, claims: pl.DataFrame, firms: Enterprises, cal: Calendar) -> pl.DataFrame:
    """Other people hurt in the same ways as claimants were: never dead, numbered after the last claim."""
    rng = stream("unreported")
    like = claims.filter(pl.col("situation").is_in(["14-1", "14-2"]) & (pl.col("severity") != "fatal"))
    chosen = np.sort(rng.choice(len(like), size=rng.poisson(SHARE * len(like)), replace=True)) if len(like) else []
    rows = like[list(chosen)]
    day = rows["occurred"].to_numpy().astype("M8[D]") + rng.integers(-12, 13, len(rows))
    day = np.clip(day, cal.first_days[cal.start], np.datetime64(cal.until))
    frame = rows.select(KEPT).with_columns(
        pl.Series("injury", np.arange(len(rows)) + (len(claims) and int(claims["injury"].to_numpy().max())) + 1),
        pl.Series("occurred", day),
        *_persons(rng, day),
    )
    return frame.with_columns(_words_of_the_day(frame))


def _persons(rng: np.random.Generator, day: np.ndarray) -> list[pl.Series]:
    size = len(day)
    female = rng.random(size) < 0.3
    years = np.clip(rng.normal(39, 10, size), 18, 63)
    born = day - (years * 365.25).astype(int)
    numbers = id_numbers(born, female, 300 + np.arange(size) % 150)  # the first 300 of a day belong to claimants
    age = ((day - born).astype(int) // 365.25).astype(int)
    return [
        pl.Series("name", person_names(rng, size).tolist(), dtype=pl.String),
        pl.Series("id_number", numbers.tolist(), dtype=pl.String),
        pl.Series("sex", np.where(female, "女", "男").tolist(), dtype=pl.String),
        pl.Series("age", age),
        pl.Series("phone", telephones(rng, size).tolist(), dtype=pl.String),
    ]


def _words_of_the_day(frame: pl.DataFrame) -> pl.Expr:
    """A day that moved over 1 July 2026 takes the accident word of its own dictionary."""
    new = pl.col("occurred") >= pl.date(2026, 7, 1)
    older = {after: before for before, after in KINDS_2025.items()}
    return pl.when(new).then(pl.col("kind").replace(KINDS_2025)).otherwise(pl.col("kind").replace(older)).alias("kind")
