"""Figures that may be published (用于公开): which cells to hide so that no small one can be worked out, in the table itself and
beside everything that was published before.

    boxes = [Box({"place": keys("A")}), Box({"place": keys("B")}), Box({"place": rest(None, "AB")}), Box()]
    shown = protect(boxes, [1, 9, 0, 10], least=3)       # [False, False, True, True]: a table lists all its rows, so the rest is 0
    found = revealed(now, before, least=3)               # what a later table would give away
"""

from wushang.statistics.disclosure.bounds import bounds
from wushang.statistics.disclosure.box import Box, keys, rest
from wushang.statistics.disclosure.earlier import Cell, Revealed, revealed
from wushang.statistics.disclosure.hiding import protect, small

__all__ = ["Box", "Cell", "Revealed", "bounds", "keys", "protect", "rest", "revealed", "small"]
