"""What headcounts say of every group of the cube: average headcount, hours, years, contributions."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import ibis
from django.conf import settings

from wushang.analyse.cube.asked import Asked
from wushang.analyse.cube.cube import ALL, Key
from wushang.analyse.cube.keyed import SIDES, keyed, own_days
from wushang.analyse.dimensions import dimensions
from wushang.analyse.headcounts import legal_hours, years
from wushang.analyse.measures import Cell
from wushang.analyse.placed import placed_headcounts
from wushang.terms.period import Period, add_months, month_end

if TYPE_CHECKING:
    from wushang.pool.reading import Pool

WORKERS = ("staff", "hours", "years", "roster")
OF_UNITS = (*WORKERS, "levied")  # what headcounts say of the units of a group


@dataclass
class Workers:
    """Of one group: average headcount (month-end counts until they are divided), contributions, the months delivered as bits;
    and of how many days it is: so long the average worked."""

    staff: float = 0.0
    levied: float = 0.0
    months: int = 0
    days: Period | None = None
    roster: float = 0.0

    def add(self, other: Workers) -> None:
        self.staff, self.levied, self.months = self.staff + other.staff, self.levied + other.levied, self.months | other.months

    @property
    def hours(self) -> float:
        return self.staff * legal_hours(self.days) if self.days else 0.0

    @property
    def years(self) -> float:
        return self.staff * years(self.days) if self.days else 0.0


Staff = dict[tuple[Key, Key], Workers]


def average(pool: Pool, asked: Asked, cells: dict[str, Cell], table: str = "headcounts") -> tuple[Staff, int]:
    """(down, across) → average headcount and legal hours; a side that headcounts do not know has one key, ALL.

    Month-end counts are summed and divided by the months delivered: of the whole period, or of the key's own part of it
    where a side is a time or one unit (domain.md C0, C5: ΣN ÷ ΣD).
    """
    if any(cell.over == "roster" for cell in cells.values()):
        return _with_roster(pool, asked, cells)
    staff, months = _month_ends(pool, asked, cells, table)
    if settings.WUSHANG_MONTH_HEADS == "mean":
        _halve(staff, _month_ends(pool, asked.over(_a_month_sooner(asked.period)), cells, table)[0], asked)
    return staff, months


def _with_roster(pool: Pool, asked: Asked, cells: dict[str, Cell]) -> tuple[Staff, int]:
    """The same, and the people named on construction projects (按项目参保), averaged over the months of theirs."""
    others = {code: cell for code, cell in cells.items() if cell.over != "roster"}
    staff, months = average(pool, asked, others) if any(cell.over in OF_UNITS for cell in others.values()) else ({}, 0)
    for sides, each in average(pool, asked, {}, "projects")[0].items():
        known = staff.setdefault(sides, Workers(days=each.days))
        known.roster = each.staff
    return staff, months


def _a_month_sooner(period: Period) -> Period:
    return Period(add_months(period.start, -1), month_end(add_months(period.end, -1)))


def _halve(staff: Staff, sooner: Staff, asked: Asked) -> None:
    """(上月末＋本月末)÷2 of every group that is of one month; where the month before was not delivered, its own end alone."""
    for sides, each in staff.items():
        if each.days is not None and len(each.days.months()) == 1 and (before := sooner.get(_sooner(asked, sides))):
            each.staff = (each.staff + before.staff) / 2


def _sooner(asked: Asked, sides: tuple[Key, Key]) -> tuple[Key, Key]:
    """The same group a month before: a key of a month becomes that of the month before it."""
    down, across = (_month_before(code, key) for code, key in zip((asked.down, asked.across), sides, strict=True))
    return down, across


def _month_before(code: str, key: Key) -> Key:
    if not code or not key or dimensions()[code].span is None or len(key) != 7:
        return key
    return f"{add_months(date.fromisoformat(f'{key}-01'), -1):%Y-%m}"


def _month_ends(pool: Pool, asked: Asked, cells: dict[str, Cell], table: str) -> tuple[Staff, int]:
    """The average of the month-end counts alone."""
    rows = keyed(placed_headcounts(pool, asked.period, table), asked, "staff")
    insured = rows.insured if table == "headcounts" else rows.heads
    there = [name for name in SIDES if name in rows.columns]
    money = any(cell.over == "levied" for cell in cells.values())  # a column more to read only where it is asked for
    months = rows.group_by(*there, "month").agg(insured=insured.sum(), **({"levied": rows.paid.sum()} if money else {}))
    groups = months.group_by(*there) if there else months
    found = groups.agg(staff=months.insured.sum(), **_month_bits(months, asked.period),
                       **({"levied": months.levied.sum()} if money else {}))  # fmt: skip
    return _averaged(asked, pool.fetch(found).to_pylist())


def _averaged(asked: Asked, rows: list[dict[str, Any]]) -> tuple[Staff, int]:
    """Every group's workers and those of the sums, staff divided by the months delivered; and how many those are."""
    sums: Staff = defaultdict(Workers)
    for row in rows:
        each = Workers(row["staff"] or 0, row.get("levied") or 0, _bits(row))
        for sides in {(row.get("down"), row.get("across")), (row.get("down"), ALL), (ALL, row.get("across")), (ALL, ALL)}:
            sums[sides].add(each)
    delivered = {sides: each.months.bit_count() for sides, each in sums.items()}
    for sides, each in sums.items():
        each.staff /= delivered.get(_own(asked, sides)) or 1
        each.days = own_days(asked, sides)
    return dict(sums), delivered.get((ALL, ALL), 0)


WIDE = 62  # months that fit into one whole number of 64 bits


def _month_bits(rows: ibis.Table, period: Period) -> dict[str, ibis.Value]:
    """The months of a group, each once in `rows`, a bit each: so the months of several groups together can be counted."""
    first = period.start.year * 12 + period.start.month
    place = (rows.month.year().cast("int64") * 12 + rows.month.month() - first).cast("int64")
    one = ibis.literal(1, "int64")
    return {f"m{start}": place.between(start, start + WIDE - 1).ifelse(one << (place - start).clip(0, WIDE - 1), 0).sum().cast("int64")
            for start in range(0, len(period.months()), WIDE)}  # fmt: skip


def _bits(row: dict[str, Any]) -> int:
    return sum((bits or 0) << int(name[1:]) for name, bits in row.items() if name[0] == "m" and name[1:].isdigit())


def _own(asked: Asked, sides: tuple[Key, Key]) -> tuple[Key, Key]:
    """The part of a group's key that has months of its own; over everything else months are counted together."""
    own = [bool(code) and dimensions()[code].own_months for code in (asked.down, asked.across)]
    return (sides[0] if own[0] else ALL, sides[1] if own[1] else ALL)
