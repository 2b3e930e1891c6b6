from django.utils.translation import gettext_lazy as _

from wushang.analyse.each_unit import each_unit
from wushang.analyse.measures import Cell, Measure

CELL = Cell(lambda rows: rows.count(), basis="recognised", status="recognised")

MEASURE = Measure(
    code="recognised_cases",
    title=_("认定件数"),
    title_en="Recognised cases",
    unit="件",
    formula=_("按决定日期统计的认定和视同工伤件数"),
    source="domain C1：按认定日",
    tables=("injuries",),
    value=each_unit(CELL),
    cell=CELL,
    of_injuries=True,
    bases=("recognised",),
)
