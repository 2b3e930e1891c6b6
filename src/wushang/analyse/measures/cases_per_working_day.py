from django.utils.translation import gettext_lazy as _

from wushang.analyse.each_unit import each_unit
from wushang.analyse.measures import Cell, Measure

CELL = Cell(lambda rows: rows.count(), "working_days")

MEASURE = Measure(
    code="cases_per_working_day",
    title=_("每工作日受伤人次"),
    title_en="Injured cases per working day",
    unit="人次/工作日",
    formula=_("受伤人次 ÷ 统计期内的工作日数（国务院办公厅放假安排）；月和月相比时消除节假日影响，春节用“月（1—2月合并）”"),
    source="同比、环比：春节错月时1—2月合并，或按工作日平均",
    tables=("injuries",),
    value=each_unit(CELL),
    cell=CELL,
    whole=False,
    of_injuries=True,
)
