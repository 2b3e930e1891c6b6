from django.utils.translation import gettext_lazy as _

from wushang.analyse.each_unit import each_unit
from wushang.analyse.measures import Cell, Measure

CELL = Cell(lambda rows: (rows.severity == "fatal").sum(), "staff", 1000)

MEASURE = Measure(
    code="fatal_rate",
    title=_("千人死亡率"),
    title_en="Deaths per thousand",
    unit="‰",
    formula=_("死亡人数 ÷ 平均参保人数 × 1000"),
    source="GB 6441-1986 千人死亡率；分母为平均参保人数",
    tables=("injuries", "headcounts"),
    value=each_unit(CELL),
    cell=CELL,
    whole=False,
    of_injuries=True,
    highest=1000,
)
