"""增减从哪里来: a change of cases parted into headcount, mix of trades and sizes, and rate, so that “事故下降” with a shrunken
headcount explains itself. Beside it the same cases by how long the injured had been employed: that is how the cases are made up and no
part of a rate, since nobody reports how long those at work have been there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.analyse.changes import moved_said, per_cent
from wushang.analyse.cube.asked import Asked
from wushang.analyse.cube.compared import earlier
from wushang.analyse.cube.cube import ALL, Cube, label
from wushang.analyse.cube.reckoning import reckon
from wushang.analyse.delivered import HEADCOUNTS, INJURIES, gone, said
from wushang.analyse.dimensions import UNKNOWN, dimensions
from wushang.pool.reading import Pool
from wushang.statistics.decomposition import ChangeParts, change_parts
from wushang.terms.period import Period

STRATA = ("division", "size")
CASES, STAFF = "injured_cases", "average_headcount"
TENURE = "tenure"


@dataclass(frozen=True)
class Moved:
    """Cases of one tenure band, then and now."""

    name: str
    before: int
    now: int

    @property
    def change(self) -> int:
        return self.now - self.before


@dataclass(frozen=True)
class Parted:
    """The change of 受伤人次 between two periods and its parts."""

    before: Period
    parts: ChangeParts
    staff: tuple[float, float]  # average headcount, now and then
    tenure: tuple[Moved, ...] = ()

    @property
    def staff_change(self) -> float | None:
        """In per cent."""
        return per_cent(*self.staff)

    @property
    def moved(self) -> str:
        """The warning where the denominator changed so much that counts mislead, else ''."""
        return moved_said(*self.staff)

    def rows(self) -> list[tuple[str, float]]:
        """Words and cases; they add up to the total."""
        found = [(_("参保人数增减"), self.parts.headcount), (_("行业和规模构成变化"), self.parts.mix), (_("发生率变化"), self.parts.rate)]
        return [*found, (_("没有参保人数的单位"), self.parts.unplaced)] if round(self.parts.unplaced, 1) else found


WHAT = {INJURIES: gettext_lazy("工伤数据"), HEADCOUNTS: gettext_lazy("参保人数")}


def why_not(asked: Asked, against: str, there: Mapping[str, set[date]]) -> str:
    """Why a change cannot be parted: months of either period that were never delivered are unknown, and no part of a change. ''
    where it can. `there`: source → the months that have come."""
    before = earlier(asked.period, against)
    if before is None:
        return ""
    found = {name: [*gone(before, there).get(name, []), *gone(asked.period, there).get(name, [])] for name in WHAT if there.get(name)}
    told = [_("%(months)s没有报来%(what)s") % {"months": said(months), "what": WHAT[name]} for name, months in found.items() if months]
    return _("%(told)s，不作比较，不能拆分。") % {"told": "；".join(told)} if told else ""


def parted(pool: Pool, asked: Asked, against: str) -> Parted | None:
    """None where there is nothing to compare with."""
    before = earlier(asked.period, against)
    if before is None:
        return None
    strata = replace(asked, measures=(CASES, STAFF), down=STRATA[0], across=STRATA[1])
    now, then = reckon(pool, strata), reckon(pool, strata.over(before))
    if STAFF in now.missing:
        return None
    keys = [(d, a) for d in {*now.down, *then.down} for a in {*now.across, *then.across}]
    parts = change_parts(*[[_value(cube, code, *key) for key in keys] for code in (CASES, STAFF) for cube in (then, now)])
    return Parted(before, parts, (_value(now, STAFF, ALL, ALL), _value(then, STAFF, ALL, ALL)), _by_tenure(pool, strata, before))


def _by_tenure(pool: Pool, asked: Asked, before: Period) -> tuple[Moved, ...]:
    """The bands in which there was a case, 不详 last; () where nobody's tenure is known."""
    bands = replace(asked, measures=(CASES,), down=TENURE, across="")
    now, then = reckon(pool, bands), reckon(pool, bands.over(before))
    keys = sorted({*now.down, *then.down}, key=lambda key: (key == UNKNOWN, key))
    found = tuple(Moved(label(dimensions()[TENURE], key), int(_value(then, CASES, key, ALL)), int(_value(now, CASES, key, ALL))) for key in keys)
    return found if any(key != UNKNOWN for key in keys) else ()


def _value(cube: Cube, code: str, down, across) -> float:
    return cube.figure(code, down, across).value or 0.0
