from django.utils.translation import gettext_lazy as _

from wushang.analyse.each_unit import each_unit
from wushang.analyse.measures import Cell, Measure

CELL = Cell(lambda rows: rows.count(), "staff", 1000)

MEASURE = Measure(
    code="incidence_rate",
    title=_("工伤事故发生率"),
    title_en="Injury incidence rate",
    unit="‰",
    formula=_("受伤人次 ÷ 平均参保人数 × 1000；参保人数为零或缺数时不可计算"),
    source="ILO, 16th ICLS 1998: incidence rate = injuries ÷ workers × 1000；分母为平均参保人数",
    tables=("injuries", "headcounts"),
    value=each_unit(CELL),
    cell=CELL,
    whole=False,
    of_injuries=True,
    highest=1000,
)
