from django.utils.translation import gettext_lazy as _

from wushang.analyse.each_unit import each_unit
from wushang.analyse.measures import Cell, Measure

CELL = Cell(lambda rows: rows.count())

MEASURE = Measure(
    code="injured_cases",
    title=_("受伤人次"),
    title_en="Injured cases",
    unit="人次",
    formula=_("工伤件数，一人一次事故算1人次"),
    source="工伤认定、申报以件计，一人一件",
    tables=("injuries",),
    value=each_unit(CELL),
    cell=CELL,
    of_injuries=True,
)
