from django.utils.translation import gettext_lazy as _

from wushang.analyse.each_unit import each_unit
from wushang.analyse.injuries import dead
from wushang.analyse.measures import Cell, Measure

CELL = Cell(lambda rows: dead(rows).sum(), "hours", 1_000_000)

MEASURE = Measure(
    code="fatal_frequency_rate",
    title=_("百万工时死亡率"),
    title_en="Fatal injuries per million hours",
    unit="人次/百万工时",
    formula=_("死亡人次 ÷ 总工时 × 1000000；没有实际工时，按平均参保人数 × 法定工时估算"),
    source="ILO, 16th ICLS 1998: frequency rate, fatal injuries",
    tables=("injuries", "headcounts"),
    value=each_unit(CELL),
    cell=CELL,
    whole=False,
    of_injuries=True,
)
