from django.utils.translation import gettext_lazy as _

from wushang.analyse.each_unit import each_unit
from wushang.analyse.measures import Cell, Measure

CLOSED = ("closed_ok", "delisted")  # 办结, 已摘牌
CELL = Cell(lambda rows: (rows.state.isin(CLOSED) & (rows.ended <= rows.until)).fill_null(False).sum(), lambda rows: rows.count(), 100, table="cases")

MEASURE = Measure(
    code="closed_share",
    title=_("整改闭环率"),
    title_en="Share of cases closed",
    unit="%",
    formula=_("到统计日已办结（摘牌）的件数 ÷ 统计期内到期应报的件数 × 100；随预警终止的不算"),
    source="闭环：办结件数 ÷ 到期件数",
    tables=("cases",),
    value=each_unit(CELL),
    cell=CELL,
    whole=False,
    highest=100,
    bases=(),
    scopes=(),
)
