from django.utils.translation import gettext_lazy as _

from wushang.analyse.each_unit import each_unit
from wushang.analyse.measures import Cell, Measure

CELL = Cell(lambda rows: (rows.tenure_days < 30).sum(), lambda rows: rows.tenure_days.notnull().sum(), 100)

MEASURE = Measure(
    code="first_month_share",
    title=_("入职首月受伤占比"),
    title_en="Share of workers in their first month",
    unit="%",
    formula=_("入职不满30天的人次 ÷ 入职时间已知的人次 × 100；全部分段见交叉分析的“入职时间”"),
    source="永康一企一查：问伤者是否新入职；入职日期缺的不算在内",
    tables=("injuries",),
    value=each_unit(CELL),
    cell=CELL,
    whole=False,
    of_injuries=True,
    highest=100,
)
