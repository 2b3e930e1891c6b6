from django.utils.translation import gettext_lazy as _

from wushang.analyse.each_unit import each_unit
from wushang.analyse.measures import Cell, Measure

CELL = Cell(lambda rows: rows.worker.fill_null(-rows.injury).nunique(), close=("worker",))

MEASURE = Measure(
    code="injured_persons",
    title=_("受伤人数"),
    title_en="Injured persons",
    unit="人",
    formula=_("受伤的人去重计数，一人多次只算1人；身份不明的一件算1人"),
    source="domain C1：受伤人数（distinct persons）",
    tables=("injuries",),
    value=each_unit(CELL),
    cell=CELL,
    of_injuries=True,
)
