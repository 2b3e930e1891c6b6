from django.utils.translation import gettext_lazy as _

from wushang.analyse.each_unit import each_unit
from wushang.analyse.measures import Cell, Measure

CELL = Cell(lambda rows: rows.worker.fill_null(-rows.injury).nunique(), "staff", 1000, close=("worker",))

MEASURE = Measure(
    code="injured_rate",
    title=_("千人负伤率"),
    title_en="Persons injured per thousand",
    unit="‰",
    formula=_("受伤人数（去重，一人多次只算1人）÷ 平均参保人数 × 1000"),
    source="通行统计口径：负伤人数 ÷ 平均职工人数 × 1000；分母为平均参保人数",
    tables=("injuries", "headcounts"),
    value=each_unit(CELL),
    cell=CELL,
    whole=False,
    of_injuries=True,
    highest=1000,
)
