"""Splink over records in memory: learn a model, score pairs. Nothing is written: the database is in memory and may not spill.

A record is a dict of the shape's columns and `unique_id`. A model is a dict without any value of a record in it.
"""

from __future__ import annotations

import logging
import math
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from wushang.integrate.linkage.shape import Shape

if TYPE_CHECKING:
    from splink import Linker

SEED = 1
RANDOM_PAIRS = 1_000_000  # for how often levels hold between strangers
EM_PAIRS = 2_000_000  # at most, in one run of EM
TOGETHER = 10_000  # records that are Python objects at one time


class LinkageFailed(Exception):
    """The linkage could not be done; says which kind of error it was, never a value."""


@dataclass(frozen=True)
class Pair:
    left: str
    right: str
    weight: float  # bits
    probability: float
    levels: dict[str, int]  # comparison → its result, -1 where a side says nothing
    days: int = 0  # from the injury to the report, where nothing else was compared


@contextmanager
def _linker(settings: dict[str, Any], left: pa.Table, right: pa.Table) -> Iterator[tuple[Linker, Any]]:
    """A linker over two lists in a database of its own that lives in memory alone."""
    import duckdb
    from splink import DuckDBAPI, Linker, SettingsCreator

    logging.getLogger("splink").setLevel(logging.ERROR)  # its lines may show values
    connection = duckdb.connect(":memory:")
    connection.execute("SET temp_directory = ''")  # no spilling of names and numbers to a disk
    connection.execute("SET enable_progress_bar = false")
    database = DuckDBAPI(connection=connection)
    try:
        both = [database.register(rows, dataset_display_name=name) for rows, name in ((left, "a"), (right, "b"))]
        yield Linker(both, SettingsCreator(**settings), log_level=logging.ERROR), connection
    except Exception as failed:  # the engine's words may hold cells
        raise LinkageFailed(type(failed).__name__) from None
    finally:
        connection.close()


def table(shape: Shape, records: Iterable[dict[str, Any]]) -> pa.Table:
    """Records as Arrow; empty texts say nothing."""
    fields = [pa.field(name, pa.int64() if name in shape.numbers else pa.string()) for name in ("unique_id", *shape.columns)]
    stream, schema, parts = iter(records), pa.schema(fields), []
    while some := list(islice(stream, TOGETHER)):
        columns = [pa.array([None if (value := record.get(field.name)) == "" else value for record in some], field.type) for field in fields]
        parts.append(pa.record_batch(columns, schema=schema))
    return pa.Table.from_batches(parts, schema)


def learn(shape: Shape, left: pa.Table, right: pa.Table) -> dict[str, Any]:
    """A model with its parameters estimated from the two lists themselves, without labels."""
    with _linker(shape.settings(), left, right) as (linker, _connection):
        linker.training.estimate_probability_two_random_records_match(list(shape.certain), recall=shape.certain_share)
        linker.training.estimate_u_using_random_sampling(max_pairs=RANDOM_PAIRS, seed=SEED)
        for rule in shape.learnt_from:
            linker.training.estimate_parameters_using_expectation_maximisation(rule, max_pairs=EM_PAIRS)
        return filled(shape, linker.misc.save_model_to_json())


def filled(shape: Shape, model: dict[str, Any]) -> dict[str, Any]:
    """Levels that were not seen in the lists keep the shape's own figures; no figure is exactly 0 or 1."""
    shaped = {one.name: one.levels for one in shape.compared}
    for comparison in model["comparisons"]:
        levels = [level for level in comparison["comparison_levels"] if not level.get("is_null_level")]
        for level, own in zip(levels, shaped[comparison["output_column_name"]], strict=True):
            for name, value in (("m_probability", own.m), ("u_probability", own.u)):
                level[name] = _between(level.get(name), value)
    return model


def _between(seen: Any, otherwise: float) -> float:
    figure = seen if isinstance(seen, float) and math.isfinite(seen) and seen > 0 else otherwise
    return min(max(figure, 1e-9), 1 - 1e-9)


def by_judgement(shape: Shape, left: int, right: int) -> dict[str, Any]:
    """A model from the shape's own figures, for lists too short to learn from: about half of the shorter list matches."""
    settings = shape.settings()
    left, right = max(1, left), max(1, right)
    settings["probability_two_random_records_match"] = min(0.01, max(1e-9, 0.5 / max(left, right)))
    settings["records"] = max(left, right)
    return settings


def score(shape: Shape, model: dict[str, Any], left: pa.Table, right: pa.Table, least: float) -> Iterator[Pair]:
    """Pairs with a probability of at least `least`, those of one right record together, the heaviest first."""
    names = [one.name for one in shape.compared]
    a_is_left = "source_dataset_l = 'a'"
    columns = [
        f"CASE WHEN {a_is_left} THEN unique_id_l ELSE unique_id_r END AS a", f"CASE WHEN {a_is_left} THEN unique_id_r ELSE unique_id_l END AS b",
        "match_weight", "match_probability", *(f"gamma_{name}" for name in names),
    ]  # fmt: skip
    with _linker(_settings(shape, model), left, right) as (linker, connection):
        scored = linker.inference.predict(threshold_match_probability=least, warning_mode="never")
        found = connection.execute(f"SELECT {', '.join(columns)} FROM {scored.physical_name} ORDER BY b, match_weight DESC, a")
        while rows := found.fetchmany(10_000):
            for a, b, weight, chance, *said in rows:
                yield Pair(a, b, weight, chance, dict(zip(names, said, strict=True)))


def _settings(shape: Shape, model: dict[str, Any]) -> dict[str, Any]:
    """The stored figures with the shape's present conditions."""
    settings = shape.settings()
    settings["probability_two_random_records_match"] = model["probability_two_random_records_match"]
    stored = {c["output_column_name"]: c["comparison_levels"] for c in model["comparisons"]}
    for comparison in settings["comparisons"]:
        for level, known in zip(comparison["comparison_levels"], stored.get(comparison["output_column_name"], ()), strict=False):
            level.update({name: known[name] for name in ("m_probability", "u_probability") if name in known})
    return settings


def bits(model: dict[str, Any], name: str, gamma: int) -> float:
    """How much one comparison's result speaks for (or, below 0, against) the same injury."""
    if gamma < 0:
        return 0.0
    levels = next(c["comparison_levels"] for c in model["comparisons"] if c["output_column_name"] == name)
    said = [level for level in levels if not level.get("is_null_level")]
    level = said[len(said) - 1 - gamma]
    return math.log2(level["m_probability"] / level["u_probability"])


def prior_bits(model: dict[str, Any]) -> float:
    chance = model["probability_two_random_records_match"]
    return math.log2(chance / (1 - chance))
