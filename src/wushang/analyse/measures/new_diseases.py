from django.utils.translation import gettext_lazy as _

from wushang.analyse.each_unit import each_unit
from wushang.analyse.measures import Cell, Measure

CELL = Cell(lambda rows: rows.count(), table="diseases")

MEASURE = Measure(
    code="new_diseases",
    title=_("新发职业病例数"),
    title_en="New cases of occupational disease",
    unit="例",
    formula=_("职业病报告卡中确诊的例数，按首次诊断日期；疑似、晋期、排除的不算"),
    source="职业病防治法 第50条；职业病报告卡",
    tables=("diseases",),
    value=each_unit(CELL),
    cell=CELL,
    bases=("occurred", "reported"),
    scopes=(),
)
