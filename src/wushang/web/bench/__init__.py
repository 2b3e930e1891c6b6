"""Benches: one file each, found by being there; every figure beside its baseline in one run on one machine.

A bench file has `IDS` (id → ledger it needs: sqlite | postgres | none) and `run(id, scale, folder) -> Measured`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from time import perf_counter
from typing import Any

SCALES = {"s": (150, 24, 1_000), "m": (16_000, 36, 60_000), "l": (200_000, 60, 1_000_000)}  # enterprises, months, injuries


@dataclass(frozen=True)
class Measured:
    """A figure, its baseline in the same unit, and the ratio that may at most be reached (None: no target yet). `missed`
    names what else was wanted and not reached: such a row is not ok, whatever its ratio."""

    value: float
    unit: str
    baseline: float
    target: float | None
    note: str
    missed: tuple[str, ...] = ()

    def row(self, name: str, scale: str) -> dict[str, Any]:
        ratio = self.value / self.baseline if self.baseline else float("nan")
        ok = None if self.target is None else ratio <= self.target and not self.missed
        return {
            "id": name, "value": round(self.value, 4), "unit": self.unit, "baseline": round(self.baseline, 4),
            "ratio": round(ratio, 2), "target": self.target, "ok": ok, "scale": scale, "note": "; ".join((self.note, *(f"MISSED: {what}" for what in self.missed))),
        }  # fmt: skip


def benches() -> dict[str, tuple[Any, str]]:
    """id → (module, ledger)."""
    modules = [import_module(f"{__name__}.{m.name}") for m in iter_modules(__path__)]
    return {name: (module, ledger) for module in modules for name, ledger in getattr(module, "IDS", {}).items()}


def seconds(work: Callable[[], object], times: int = 1) -> float:
    """The best of some runs."""
    best = float("inf")
    for _ in range(times):
        began = perf_counter()
        work()
        best = min(best, perf_counter() - began)
    return best


def run(name: str, scale: str, folder: Path) -> dict[str, Any]:
    module, _ledger = benches()[name]
    return module.run(name, scale, folder).row(name, scale)
