"""Five questions to the cube on ten times the data: how many times the time, and the memory that this process takes at most.

The large one at scale l is a province's: 20,000,000 injuries and 12,000,000 headcounts.
"""

from __future__ import annotations

from pathlib import Path
from time import process_time

from wushang.analyse.cube import reckon
from wushang.people.scope import Scope
from wushang.pool import reading, snapshot
from wushang.web.bench import Measured, made_snapshot, seconds
from wushang.web.bench.analyse_cube import QUESTIONS
from wushang.web.bench.spent import forget_peak, peak

IDS = {"analyse.scale": "sqlite"}
SIZES = {"s": (2_000, 60, 200_000), "m": (20_000, 60, 2_000_000), "l": (200_000, 60, 20_000_000)}  # units, months, injuries
TEN, ALLOWED, MEMORY = 10, 11.0, 4_000  # times the data, times the time, MB


def run(name: str, scale: str, folder: Path) -> Measured:
    units, months, injuries = SIZES[scale]
    small = _asked(made_snapshot.make(units // TEN, months, injuries // TEN))
    large_data = made_snapshot.make(units, months, injuries)
    forget_peak()
    large, memory = _asked(large_data), peak()
    wall, cpu = (sum(one[of] for one in large.values()) for of in (0, 1))
    before, cpu_before = (sum(one[of] for one in small.values()) for of in (0, 1))
    each = "; ".join(f"{title} {small[title][0]:.2f} → {large[title][0]:.2f}" for title in QUESTIONS)
    note = (
        f"{injuries:,} injuries, {units * months:,} headcounts; five questions, s: {each}; processor {cpu_before:.1f} → {cpu:.1f} s "
        f"({cpu / cpu_before:.1f} ×); peak memory {memory:,.0f} MB; baseline: a tenth of the data"
    )
    return Measured(wall, "s", before, ALLOWED, note, (f"memory under {MEMORY:,} MB",) if memory > MEMORY else ())


def _asked(manifest: snapshot.Manifest) -> dict[str, tuple[float, float]]:
    """Seconds and processor seconds of each question, asked a second time."""
    found = {}
    for title, asked in QUESTIONS.items():
        def ask(asked=asked) -> None:  # type: ignore[no-untyped-def]
            reckon(reading.open(Scope.system(), manifest=manifest), asked)

        ask()
        began = process_time()
        found[title] = (seconds(ask), process_time() - began)
    return found
