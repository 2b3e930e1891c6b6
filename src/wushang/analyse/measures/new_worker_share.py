from django.utils.translation import gettext_lazy as _

from wushang.analyse.each_unit import each_unit
from wushang.analyse.measures import Cell, Measure

CELL = Cell(lambda rows: (rows.tenure_days < 365).sum(), lambda rows: rows.tenure_days.notnull().sum(), 100)

MEASURE = Measure(
    code="new_worker_share",
    title=_("新职工占比"),
    title_en="Share of workers in their first year",
    unit="%",
    formula=_("入职不满1年的人次 ÷ 入职时间已知的人次 × 100"),
    source="domain C9 新职工比；入职日期缺的不算在内",
    tables=("injuries",),
    value=each_unit(CELL),
    cell=CELL,
    whole=False,
    of_injuries=True,
    highest=100,
)
