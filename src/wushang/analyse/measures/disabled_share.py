from django.utils.translation import gettext_lazy as _

from wushang.analyse.each_unit import each_unit
from wushang.analyse.measures import Cell, Measure

CELL = Cell(lambda rows: (rows.grade >= 1).sum(), lambda rows: rows.grade.notnull().sum(), 100, close=("grade",))

MEASURE = Measure(
    code="disabled_share",
    title=_("有伤残等级占比"),
    title_en="Share with a disability grade",
    unit="%",
    formula=_("鉴定为一至十级的人次 ÷ 已鉴定人次 × 100；未鉴定不等于未达级"),
    source="GB/T 16180-2014",
    tables=("injuries",),
    value=each_unit(CELL),
    cell=CELL,
    whole=False,
    of_injuries=True,
    highest=100,
)
