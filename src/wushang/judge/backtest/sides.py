"""One way to choose whom to write to, and what came of it: by month and office, by township and size class."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from wushang.judge.backtest.cube import Cube
from wushang.judge.backtest.later import Found, Hurt, found, rounded
from wushang.judge.backtest.pieces import Pieces
from wushang.judge.pack import Pack
from wushang.judge.prose import title
from wushang.terms.period import Period

TOWNSHIP = 9  # digits of a township's code


@dataclass(frozen=True)
class Kind:
    """One outcome's pieces by month, and the days of work that each takes, step by step."""

    outcome: str
    title: str
    issuer: str
    steps: dict[str, float]
    by_month: list[int]

    @property
    def total(self) -> int:
        return sum(self.by_month)

    @property
    def staff_days(self) -> float:
        return round(self.total * sum(self.steps.values()), 4)

    def to_json(self) -> dict[str, Any]:
        by_step = {step: round(days * self.total, 4) for step, days in self.steps.items()}
        return {"outcome": self.outcome, "title": self.title, "office": self.issuer, "by_month": self.by_month, "letters": self.total,
                "staff_days": self.staff_days, "staff_days_by_step": by_step}  # fmt: skip


@dataclass(frozen=True)
class Size:
    """A size class: its units, what they got, and what became of it."""

    code: str
    units: int
    all: Found

    def to_json(self) -> dict[str, Any]:
        return {"size": self.code, "units": self.units, "letters": self.all.letters, "letters_per_100_units": self.per_100, **{
            name: value for name, value in self.all.to_json().items() if name in ("ripe", "followed", "precision", "recall", "injuries", "lift")}}  # fmt: skip

    @property
    def per_100(self) -> float:
        return rounded(100 * self.all.letters / self.units) or 0.0


@dataclass(frozen=True)
class Side:
    """One way to choose whom to write to: the rule that is tried, the one in force, the ranking."""

    code: str  # tried | in_force | ranking
    title: str
    kinds: list[Kind]
    by_month: list[int]
    all: Found
    serious: Found
    sizes: list[Size]
    townships: dict[str, int]
    shared: int = 0  # letters that the tried rule sends to the same unit in the same month

    @property
    def letters(self) -> int:
        return sum(self.by_month)

    @property
    def offices(self) -> dict[str, dict[str, Any]]:
        """Who would have to write how many by month, and how many days of work that is."""
        told: dict[str, dict[str, Any]] = {}
        for kind in self.kinds:
            one = told.setdefault(kind.issuer, {"by_month": [0] * len(self.by_month), "letters": 0, "staff_days": 0.0})
            one["by_month"] = [a + b for a, b in zip(one["by_month"], kind.by_month, strict=True)]
            one["letters"] += kind.total
            one["staff_days"] = round(one["staff_days"] + kind.staff_days, 4)
        return told

    @property
    def staff_days(self) -> float:
        return round(sum(kind.staff_days for kind in self.kinds), 4)

    def to_json(self) -> dict[str, Any]:
        return {
            "side": self.code, "title": self.title, "letters": self.letters, "by_month": self.by_month, "staff_days": self.staff_days,
            "offices": self.offices, "outcomes": [kind.to_json() for kind in self.kinds], "townships": self.townships,
            "later_injuries": self.all.to_json(), "later_serious_injuries": self.serious.to_json(),
            "by_size": [size.to_json() for size in self.sizes], "shared_with_tried": self.shared,
        }  # fmt: skip


def kinds(pack: Pack, sent: Pieces, period: Period) -> list[Kind]:
    months, wide = sent.months(period), len(period.months())
    told = []
    for place, outcome in enumerate(pack.outcomes, 1):
        case = pack.cases.get(outcome.code)
        counts = np.bincount(months[sent.outcome == place], minlength=wide).tolist()
        issuer = case.issued_by(pack.settings(period.end)) if case else ""
        told.append(Kind(outcome.code, title(pack, outcome.code), issuer, dict(case.staff_days) if case else {}, counts))
    return told


def side(code: str, title: str, kinds: list[Kind], of: Cube, injured: Hurt, sent: Pieces, period: Period, shared: int) -> Side:
    sizes = [Size(size, int((of.size == size).sum()), found(of, injured, sent, period, False, of.size == size)) for size in sorted(set(of.size.tolist()))]
    towns, counts = np.unique([place[:TOWNSHIP] for place in of.region[sent.at].tolist()], return_counts=True)
    return Side(
        code, title, kinds, sent.by_month(period).tolist(), found(of, injured, sent, period, False), found(of, injured, sent, period, True),
        sizes, dict(zip(map(str, towns), counts.tolist(), strict=True)), shared,
    )  # fmt: skip


def keys(sent: Pieces, period: Period) -> np.ndarray:
    """Unit and month in one number."""
    return sent.at * 1000 + sent.months(period)
