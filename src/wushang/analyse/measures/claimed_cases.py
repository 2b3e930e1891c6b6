from django.utils.translation import gettext_lazy as _

from wushang.analyse.each_unit import each_unit
from wushang.analyse.measures import Cell, Measure

CELL = Cell(lambda rows: rows.count(), basis="reported")

MEASURE = Measure(
    code="claimed_cases",
    title=_("申报件数"),
    title_en="Claims by day of application",
    unit="件",
    formula=_("按申请日期统计的件数，不含不予认定和撤回的"),
    source="domain C1：按申请、接报日",
    tables=("injuries",),
    value=each_unit(CELL),
    cell=CELL,
    of_injuries=True,
    bases=("reported",),
)
