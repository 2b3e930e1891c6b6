"""名次: which places of a ranking chance leaves a row, so that nobody is called the second who may as well be the fifth."""

from __future__ import annotations

from wushang.analyse.cube.asked import LABEL
from wushang.analyse.cube.cube import Cube
from wushang.analyse.dimensions import dimensions
from wushang.analyse.measures import measures
from wushang.statistics.shares import rank_bands

MOST = 200  # rows that are compared two by two


def ranked_by(cube: Cube) -> str:
    """The measure by which the rows stand in a ranking: that of their order, else the first; '' where there is no ranking."""
    asked = cube.asked
    code = asked.rows_by.removeprefix("-") if asked.rows_by.removeprefix("-") != LABEL else asked.measures[0]
    cell = measures()[code].cell if asked.down and not dimensions()[asked.down].in_order else None
    return code if cell and cell.count and cell.listed and not callable(cell.over) and cell.over != "working_days" else ""


def places(cube: Cube) -> dict[str, str]:
    """Row → 2, or 1—3 where its neighbours cannot be told from it (exact tests two by two, 95 %)."""
    code = ranked_by(cube)
    figures = {key: one for key in cube.down if key and (one := cube.figure(code, key)).count is not None and one.over != 0} if code else {}
    if not 1 < len(figures) <= MOST:
        return {}
    over = [one.over or 1 for one in figures.values()]
    bands = rank_bands([one.count or 0 for one in figures.values()], over)
    return {key: f"{first}" if first == last else f"{first}—{last}" for key, (first, last) in zip(figures, bands, strict=True)}
