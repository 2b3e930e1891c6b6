from django.utils.translation import gettext_lazy as _

from wushang.analyse.each_unit import each_unit
from wushang.analyse.injuries import days_between
from wushang.analyse.measures import Cell, Measure

CELL = Cell(
    lambda rows: days_between(rows.accepted, rows.recognised).sum(), lambda rows: rows.accepted.notnull().sum(),
    basis="recognised", status="recognised",
)  # fmt: skip

MEASURE = Measure(
    code="recognition_days",
    title=_("认定平均办理天数（未扣中止）"),
    title_en="Mean days from acceptance to recognition, suspensions not taken off",
    unit="天",
    formula=_("认定件从受理到决定的天数之和 ÷ 受理日期已知的认定件数；数据池没有中止天数、没有扣除，实际办理天数只会更少"),
    source="工伤保险条例 第20条；认定办理时限",
    tables=("injuries",),
    value=each_unit(CELL),
    cell=CELL,
    whole=False,
    of_injuries=True,
    bases=("recognised",),
)
