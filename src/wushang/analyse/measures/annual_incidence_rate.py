from django.utils.translation import gettext_lazy as _

from wushang.analyse.each_unit import each_unit
from wushang.analyse.measures import Cell, Measure

CELL = Cell(lambda rows: rows.count(), "years", 1000)

MEASURE = Measure(
    code="annual_incidence_rate",
    title=_("工伤事故发生率（年化）"),
    title_en="Injury incidence rate, annualised",
    unit="‰",
    formula=_("工伤事故发生率 ÷ 统计期占一年的比例；一个月的等于月度发生率 × 12，未满的月按天数，用于和年度目标比"),
    source="年化：月度发生率 × 12；分母为平均参保人数 × 统计期年数",
    tables=("injuries", "headcounts"),
    value=each_unit(CELL),
    cell=CELL,
    whole=False,
    of_injuries=True,
)
