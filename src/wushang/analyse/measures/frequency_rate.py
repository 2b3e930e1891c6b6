from django.utils.translation import gettext_lazy as _

from wushang.analyse.each_unit import each_unit
from wushang.analyse.measures import Cell, Measure

CELL = Cell(lambda rows: rows.count(), "hours", 1_000_000)

MEASURE = Measure(
    code="frequency_rate",
    title=_("百万工时伤害率"),
    title_en="Injuries per million hours",
    unit="人次/百万工时",
    formula=_("受伤人次 ÷ 总工时 × 1000000；没有实际工时，按平均参保人数 × 法定工时估算"),
    source="GB 6441-1986 百万工时伤害率；ILO, 16th ICLS 1998: frequency rate",
    tables=("injuries", "headcounts"),
    value=each_unit(CELL),
    cell=CELL,
    whole=False,
    of_injuries=True,
)
