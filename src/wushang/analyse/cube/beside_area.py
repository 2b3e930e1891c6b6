"""与全市比, 与同行业比: a rate beside that of the whole place, or beside what the row would have with the place's rate in each of its
trades (indirect standardisation). Readable by everybody, since the place's figures name nobody: at least LEAST units stand behind each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from django.conf import settings

from wushang.analyse.cube.asked import Asked
from wushang.analyse.cube.cube import ALL, Cube, Figure, Key
from wushang.analyse.cube.reckoning import reckon
from wushang.analyse.dimensions import dimensions
from wushang.analyse.measures import measures
from wushang.analyse.peers import LEAST
from wushang.analyse.placed import placed_headcounts
from wushang.people.scope import Grant, Scope, region_prefix
from wushang.pool.reading import Pool

CITY, TRADE = "city", "trade"
TRADES = ("class", "group", "division", "section")  # the finest first; each has a key that begins the finer one's
OF_PLACE = ("province", "city", "county", "town", "enterprise")
WORKERS = ("staff", "hours", "years")


def rates_over_workers(asked: Asked) -> list[str]:
    return [code for code, cell in asked.cells().items() if cell.over in WORKERS and cell.count is not None]


def can_stand_beside(asked: Asked) -> bool:
    """A rate of a table without columns, whose rows and filters headcounts know too; months are compared with months."""
    return bool(rates_over_workers(asked)) and not asked.across and all(d.staff and not d.of_time for d in asked.named())


def area_cube(pool: Pool, asked: Asked, now: Cube, against: str) -> Cube:
    """The same rows as `now` with the place's figures instead: only rates over workers have one."""
    whole, codes = _whole(pool), tuple(rates_over_workers(asked))
    of_area = replace(asked, measures=codes, filters={code: keys for code, keys in asked.filters.items() if code not in OF_PLACE})
    if against == CITY:
        total = _if_enough(whole, of_area, reckon(whole, replace(of_area, down="")))
        figures: dict[tuple[str, Key, Key], Figure] = {(code, key, ALL): total[code] for code in codes for key in (*now.down, ALL) if code in total}
    else:
        figures = _by_trade(pool, whole, replace(asked, measures=codes), of_area)
    return Cube(replace(asked, measures=codes), now.commit, figures)


def _whole(pool: Pool) -> Pool:
    """The same version of the data, of the whole place."""
    grant = Grant(frozenset({"*"}), regions=(region_prefix(settings.WUSHANG_REGION),))
    return replace(pool, scope=Scope((grant,), frozenset({"system"})), key=f"{pool.key}area" if pool.key else "", _open={})


def _if_enough(whole: Pool, of_area: Asked, cube: Cube) -> dict[str, Figure]:
    units = placed_headcounts(whole, of_area.period)
    for code, kept in of_area.filters.items():
        units = units.filter(dimensions()[code].staff(units).fill_null("").isin(list(kept)))  # type: ignore[misc]
    behind = whole.fetch(units.agg(n=units.enterprise.nunique()))["n"][0].as_py()
    return {code: cube.figure(code) for code in of_area.measures} if behind >= LEAST else {}


def _by_trade(pool: Pool, whole: Pool, asked: Asked, of_area: Asked) -> dict[tuple[str, Key, Key], Figure]:
    """Expected cases of a row: its workers in each trade times the place's rate of that trade."""
    rates = {trade: reckon(whole, replace(of_area, down=trade)) for trade in TRADES}
    enough = {trade: _trades_with_enough(whole, of_area, trade) for trade in TRADES}
    total = _if_enough(whole, of_area, reckon(whole, replace(of_area, down="")))
    own = reckon(pool, replace(asked, across="class"))
    found: dict[tuple[str, Key, Key], Figure] = {}
    for code in asked.measures:
        for row in (*own.down, ALL):
            mix = {key: own.figure(code, row, key).over or 0 for key in own.across}
            if figure := _expected(code, mix, rates, enough, total.get(code)):
                found[code, row, ALL] = figure
    return found


def _trades_with_enough(whole: Pool, of_area: Asked, trade: str) -> set[str]:
    rows = placed_headcounts(whole, of_area.period)
    key = dimensions()[trade].staff(rows).fill_null("")  # type: ignore[misc]
    found = rows.group_by(key=key).agg(n=rows.enterprise.nunique())
    return {row["key"] for row in whole.fetch(found).to_pylist() if row["n"] >= LEAST and row["key"]}


def _expected(code: str, mix: Mapping[str, float], rates: Mapping[str, Cube], enough: Mapping[str, set[str]],
              total: Figure | None) -> Figure | None:  # fmt: skip
    """Where a class has too few units behind it, its group, division, section stands for it; where no trade is known, the place."""
    cell, cases, over = measures()[code].cell, 0.0, 0.0
    for key, workers in mix.items():
        one = next((rates[trade].figure(code, start) for trade in TRADES for start in enough[trade] if key and key.startswith(start)), total)
        if one is not None and one.value is not None and cell is not None:
            cases, over = cases + workers * one.value / cell.per, over + workers
    if not over or cell is None:
        return None
    return Figure(cases * cell.per / over, cases, over, cell.per, True)
