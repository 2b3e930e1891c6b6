from django.utils.translation import gettext_lazy as _

from wushang.analyse.each_unit import each_unit
from wushang.analyse.measures import Cell, Measure

CELL = Cell(lambda rows: rows.event.nunique())

MEASURE = Measure(
    code="injury_events",
    title=_("工伤事故起数"),
    title_en="Injury events",
    unit="起",
    formula=_("事故编号去重计数，同一起事故伤多人算1起"),
    source="以事故编号计起；“起”是高台县分级预警的计数单位",
    tables=("injuries",),
    value=each_unit(CELL),
    cell=CELL,
    of_injuries=True,
)
