from django.utils.translation import gettext_lazy as _

from wushang.analyse.each_unit import each_unit
from wushang.analyse.injuries import dead, outcome_known
from wushang.analyse.measures import Cell, Measure

CELL = Cell(lambda rows: (rows.grade.between(5, 6) & ~dead(rows)).sum(), lambda rows: outcome_known(rows).sum(), 100, close=("grade",))

MEASURE = Measure(
    code="major_disability_share",
    title=_("伤残构成：五至六级占比"),
    title_en="Disability mix: grades 5–6",
    unit="%",
    formula=_("五至六级（大部分丧失劳动能力）人次 ÷ 已鉴定和死亡人次 × 100；五类合计 100%，未鉴定的不算"),
    source="GB/T 16180-2014 分级；工伤保险条例 第36条",
    tables=("injuries",),
    value=each_unit(CELL),
    cell=CELL,
    whole=False,
    of_injuries=True,
    highest=100,
)
