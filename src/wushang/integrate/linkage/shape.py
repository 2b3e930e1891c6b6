"""What is compared when two lists tell of the same thing: columns, levels of agreement with their words, where to look for pairs.

One code links any two lists; a Shape says how. Conditions are DuckDB SQL over `column_l` and `column_r`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Level:
    """One degree of agreement: its condition, its words, how often it holds among matches (m) and among others (u)."""

    sql: str
    words: str
    m: float
    u: float


@dataclass(frozen=True)
class Compared:
    """One comparison: nothing is said where `missing` holds; otherwise the first level whose condition holds."""

    name: str
    missing: str
    levels: tuple[Level, ...]

    def settings(self) -> dict[str, Any]:
        """As Splink takes it; the last level is everything else."""
        said: list[dict[str, Any]] = [{"sql_condition": self.missing, "label_for_charts": "-", "is_null_level": True}]
        for place, level in enumerate(self.levels):
            last = place == len(self.levels) - 1
            said.append({
                "sql_condition": "ELSE" if last else level.sql, "label_for_charts": level.words,
                "m_probability": level.m, "u_probability": level.u,
            })  # fmt: skip
        return {"output_column_name": self.name, "comparison_levels": said}

    def words(self, gamma: int) -> str:
        """The words of a comparison's result: -1 nothing to compare, 0 the last level, rising to the first."""
        return "" if gamma < 0 else self.levels[len(self.levels) - 1 - gamma].words


@dataclass(frozen=True)
class Shape:
    name: str
    columns: tuple[str, ...]  # of a record beside its unique_id
    compared: tuple[Compared, ...]
    looked_for: tuple[str, ...]  # which pairs are scored at all
    learnt_from: tuple[str, ...]  # one run of EM each: its pairs agree on other columns in turn
    certain: tuple[str, ...]  # rules that hardly ever err: how many matches there are is judged by them
    certain_share: float  # of all matches, as far as is known
    numbers: tuple[str, ...] = ()  # the columns that hold whole numbers

    def settings(self) -> dict[str, Any]:
        return {
            "link_type": "link_only",
            "unique_id_column_name": "unique_id",
            "comparisons": [one.settings() for one in self.compared],
            "blocking_rules_to_generate_predictions": [_rule(sql) for sql in self.looked_for],
            "retain_intermediate_calculation_columns": False,
            "retain_matching_columns": True,  # else the comparisons' results are dropped too; values never leave the database in memory
            "probability_two_random_records_match": 1e-6,
        }


def _rule(sql: str) -> dict[str, str]:
    return {"blocking_rule": sql, "sql_dialect": "duckdb"}


def absent(column: str) -> str:
    return f"{column}_l IS NULL OR {column}_r IS NULL"


def same(column: str) -> str:
    return f"{column}_l = {column}_r"


def slip(column: str, ends: int = 1, at_most: int = 1) -> str:
    """As many wrong, missing, added or swapped characters at most. One end of `ends` characters must agree: that is cheap to
    see, so that nearly all pairs need no counting of slips."""
    a, b = f"{column}_l", f"{column}_r"
    return f"(left({a}, {ends}) = left({b}, {ends}) OR right({a}, {ends}) = right({b}, {ends})) AND damerau_levenshtein({a}, {b}) <= {at_most}"
