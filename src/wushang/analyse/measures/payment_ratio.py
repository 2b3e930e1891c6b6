from django.utils.translation import gettext_lazy as _

from wushang.analyse.each_unit import each_unit
from wushang.analyse.measures import Cell, Measure

CELL = Cell(lambda rows: rows.amount.sum(), "levied", 100, table="payments")

MEASURE = Measure(
    code="payment_ratio",
    title=_("工伤保险支缴率"),
    title_en="Benefits paid over contributions paid",
    unit="%",
    formula=_("基金支付的工伤待遇（含先行支付，冲红已减）÷ 同一时期实缴工伤保险费 × 100；只算有实缴金额的月份，实缴为零时不可计算"),
    source="工伤保险条例 第8条：费率按费用使用等情况确定",
    tables=("payments", "headcounts"),
    value=each_unit(CELL),
    cell=CELL,
    whole=False,
    bases=(),
    scopes=(),
)
