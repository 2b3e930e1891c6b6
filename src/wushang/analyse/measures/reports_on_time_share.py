from django.utils.translation import gettext_lazy as _

from wushang.analyse.each_unit import each_unit
from wushang.analyse.measures import Cell, Measure

CELL = Cell(lambda rows: (rows.submitted <= rows.report_due).fill_null(False).sum(), lambda rows: rows.count(), 100, table="cases")

MEASURE = Measure(
    code="reports_on_time_share",
    title=_("整改按期率"),
    title_en="Share of rectification reports in time",
    unit="%",
    formula=_("按期报送整改情况的件数 ÷ 统计期内到期应报件数 × 100；随预警终止的不算"),
    source="永康：1个月内剖析并报告；期限见各地规则",
    tables=("cases",),
    value=each_unit(CELL),
    cell=CELL,
    whole=False,
    highest=100,
    bases=(),
    scopes=(),
)
