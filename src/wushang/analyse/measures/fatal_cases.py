from django.utils.translation import gettext_lazy as _

from wushang.analyse.each_unit import each_unit
from wushang.analyse.injuries import dead
from wushang.analyse.measures import Cell, Measure

CELL = Cell(lambda rows: dead(rows).sum(), listed=dead)

MEASURE = Measure(
    code="fatal_cases",
    title=_("死亡人数"),
    title_en="Fatal cases",
    unit="人次",
    formula=_("伤害程度为死亡的人次"),
    source="GB 6441-1986（2026-06-30以前）、GB 6441-2025",
    tables=("injuries",),
    value=each_unit(CELL),
    cell=CELL,
    of_injuries=True,
)
