from django.utils.translation import gettext_lazy as _

from wushang.analyse.each_unit import each_unit
from wushang.analyse.injuries import dead
from wushang.analyse.measures import Cell, Measure

CELL = Cell(lambda rows: (~dead(rows)).sum(), "staff", 100_000)

MEASURE = Measure(
    code="nonfatal_per_100000",
    title=_("十万人非死亡伤害率"),
    title_en="Non-fatal injuries per 100,000 workers",
    unit="人次/十万人",
    formula=_("非死亡受伤人次 ÷ 平均参保人数 × 100000；比较国际数据时取整年"),
    source="ILO, 16th ICLS 1998: incidence rate；SDG 8.8.1 按每10万人，非死亡",
    tables=("injuries", "headcounts"),
    value=each_unit(CELL),
    cell=CELL,
    whole=False,
    of_injuries=True,
    highest=100_000,
)
