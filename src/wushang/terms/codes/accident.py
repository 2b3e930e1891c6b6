"""Accident kinds over the change of 2026-07-01 (GB/T 6441-1986 → GB 6441-2025), and the order of severity."""

from datetime import date
from functools import cache

from wushang.terms.codes.code import Code, entries, table


@cache
def _successors() -> dict[str, tuple[str, ...]]:
    return {row["old"]: tuple(row["new"].split("|")) for row in table("accident_kind_mapping")}


@cache
def _by_hand() -> frozenset[str]:
    return frozenset(row["old"] for row in table("accident_kind_mapping") if row["relation"] == "needs_person")


def successors(old: str) -> list[Code]:
    """An old code (01–20) in, the new kinds it may have become out (see needs_person)."""
    kinds = {entry.code: entry for entry in entries("accident_kind")}
    return [kinds[code] for code in _successors().get(old, ())]


def needs_person(old: str) -> bool:
    """Whether an old code has no sure single successor and a person must recode it (需人工归类)."""
    return old in _by_hand()


def recode(kind: str, on: date) -> Code | None:
    """A kind's code in, the same or its one sure successor valid on that day out; None: a person must decide."""
    kinds = {entry.code: entry for entry in entries("accident_kind")}
    if kind in kinds and kinds[kind].valid(on):
        return kinds[kind]
    known = [code for code in successors(kind) if code.valid(on)]
    return known[0] if len(known) == 1 and not needs_person(kind) else None


def grade_of(dead: int, serious: int, loss: int) -> Code:
    """Deaths, serious injuries and loss in fen in, the accident's grade by decree 493 out; the worst of the three counts."""
    said = {"dead_from": dead, "serious_from": serious, "loss_from": loss}
    reached = [e for e in entries("accident_grade") if any(0 < int(e.extra[n]) <= figure for n, figure in said.items())]
    return reached[-1] if reached else entries("accident_grade")[0]


def severity_rank(code: str) -> int:
    """minor 1, serious 2, fatal 3; 0 for not known ("")."""
    return next((int(entry.extra["rank"]) for entry in entries("severity") if entry.code == code), 0)
