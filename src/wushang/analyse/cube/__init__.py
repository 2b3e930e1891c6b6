"""The cube (交叉分析): any measures, split by one or two dimensions, filtered by any others.

    asked = Asked(("injury_events", "incidence_rate"), Period(…), down="town", across="kind", filters={"section": ("C",)})
    cube = reckon(pool, asked)
    cube.figure("injury_events", "990100101", "03").value
"""

from wushang.analyse.cube.asked import Asked
from wushang.analyse.cube.cube import Cube, Figure
from wushang.analyse.cube.reckoning import reckon

__all__ = ["Asked", "Cube", "Figure", "reckon"]
