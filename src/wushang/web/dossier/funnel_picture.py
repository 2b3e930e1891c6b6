"""The picture of a funnel (漏斗图) with one unit in it: across the headcount, up the rate ‰; no other unit is drawn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from wushang.analyse.beside import Beside
from wushang.analyse.headcounts import years
from wushang.web import figures

WIDE, HIGH = 340, 210
LEFT, RIGHT, TOP, FOOT = 40, 10, 18, 30  # margins for the words
STEPS = 60
SHARES = ((0.95, "near"), (0.998, "far"))


@dataclass(frozen=True)
class Scale:
    """People and ‰ → places in the drawing."""

    people: float
    rate: float

    def x(self, people: float) -> float:
        return round(LEFT + people / self.people * (WIDE - LEFT - RIGHT), 1)

    def y(self, rate: float) -> float:
        return round(HIGH - FOOT - min(rate, self.rate) / self.rate * (HIGH - FOOT - TOP), 1)


def drawn(found: Beside) -> dict[str, Any]:
    long = years(found.days)
    heads, usual = found.own.years / long, found.alike.rate
    limit = _limits_at(found, long)
    top = max(1.2 * found.own.rate, 1.1 * limit(heads, 0.998)[1], 2 * usual)
    scale = Scale(max(found.most, 1.2 * heads), top)
    return {
        "wide": WIDE, "high": HIGH, "left": LEFT, "right": WIDE - RIGHT, "top": TOP, "foot": HIGH - FOOT, "usual": scale.y(usual),
        "x": scale.x(heads), "y": scale.y(found.own.rate), "lines": _lines(scale, limit),
        "ends": {"people": figures.count(scale.people), "rate": f"{top:.0f}", "usual": f"{usual:.1f}"},
    }  # fmt: skip


def _limits_at(found: Beside, long: float) -> Callable[[float, float], tuple[float, float]]:
    """Headcount and share → lower and upper rate ‰ that chance lets a unit of that size have."""

    def at(heads: float, share: float) -> tuple[float, float]:
        held = heads * long
        of = found.limits(found.alike.rate * held / 1000, share)
        return float(of.low) * 1000 / held, float(of.high) * 1000 / held

    return at


def _lines(scale: Scale, limit: Callable[[float, float], tuple[float, float]]) -> list[dict[str, str]]:
    sizes = np.linspace(scale.people / STEPS, scale.people, STEPS)
    made = []
    for share, kind in SHARES:
        both = [limit(size, share) for size in sizes]
        for side in (0, 1):
            points = " ".join(f"{scale.x(size)},{scale.y(one[side])}" for size, one in zip(sizes, both, strict=True) if one[side] <= scale.rate)
            made.append({"kind": kind, "points": points})
    return made
