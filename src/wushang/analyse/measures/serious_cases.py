from django.utils.translation import gettext_lazy as _

from wushang.analyse.each_unit import each_unit
from wushang.analyse.injuries import serious
from wushang.analyse.measures import Cell, Measure

CELL = Cell(lambda rows: serious(rows).sum(), listed=serious)

MEASURE = Measure(
    code="serious_cases",
    title=_("重伤人次"),
    title_en="Serious cases",
    unit="人次",
    formula=_("伤害程度为重伤的人次，不含死亡"),
    source="GB 6441-1986（2026-06-30以前）、GB 6441-2025",
    tables=("injuries",),
    value=each_unit(CELL),
    cell=CELL,
    of_injuries=True,
)
