"""How good each department's data are: five scores with their denominators, and what lowered them."""

from wushang.analyse.quality.delivered import Scored, day_of, for_month, scored, with_trend
from wushang.analyse.quality.scores import DIMENSIONS, Part, total

__all__ = ["DIMENSIONS", "Part", "Scored", "day_of", "for_month", "scored", "total", "with_trend"]
