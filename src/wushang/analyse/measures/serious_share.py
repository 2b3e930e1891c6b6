from django.utils.translation import gettext_lazy as _

from wushang.analyse.each_unit import each_unit
from wushang.analyse.measures import Cell, Measure

CELL = Cell(lambda rows: rows.severity.isin(("serious", "fatal")).sum(), lambda rows: rows.count(), 100)

MEASURE = Measure(
    code="serious_share",
    title=_("重伤和死亡占比"),
    title_en="Share of serious and fatal",
    unit="%",
    formula=_("重伤和死亡人次 ÷ 受伤人次 × 100"),
    source="GB 6441 伤害程度；轻伤少报时占比上升",
    tables=("injuries",),
    value=each_unit(CELL),
    cell=CELL,
    whole=False,
    of_injuries=True,
    highest=100,
)
