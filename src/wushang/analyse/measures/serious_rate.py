from django.utils.translation import gettext_lazy as _

from wushang.analyse.each_unit import each_unit
from wushang.analyse.measures import Cell, Measure

CELL = Cell(lambda rows: (rows.severity == "serious").sum(), "staff", 1000)

MEASURE = Measure(
    code="serious_rate",
    title=_("千人重伤率"),
    title_en="Serious injuries per thousand",
    unit="‰",
    formula=_("重伤人次 ÷ 平均参保人数 × 1000，不含死亡"),
    source="GB 6441-1986 千人重伤率；分母为平均参保人数",
    tables=("injuries", "headcounts"),
    value=each_unit(CELL),
    cell=CELL,
    whole=False,
    of_injuries=True,
    highest=1000,
)
