from django.utils.translation import gettext_lazy as _

from wushang.analyse.measures import Ask, Measure
from wushang.analyse.rates import parts


def value(pool, ask: Ask):
    """The area's rate: all cases over all staff of units whose staff is known; the same value for every unit."""
    rows = parts(pool, ask)
    # months differ from unit to unit, so the average headcounts are summed, not the months
    known = rows.filter(rows.staff > 0)
    area = known.agg(cases=known.cases.sum(), staff=(known.staff.cast("float64") / known.months).sum())
    area = area.select(value=(area.cases * 1000) / area.staff.nullif(0.0))
    return pool.table("enterprises").select("enterprise").cross_join(area)


MEASURE = Measure(
    code="pooled_incidence_rate",
    title=_("全市平均工伤事故发生率"),
    title_en="Pooled incidence rate of the area",
    unit="‰",
    formula=_("全市受伤人次之和 ÷ 平均参保人数之和 × 1000，不是各单位发生率的平均；参保人数不明的单位不计入"),
    source="ΣN ÷ ΣD：地区、行业的发生率是合计之比",
    tables=("injuries", "headcounts"),
    value=value,
    whole=False,
    alone=False,
    highest=1000,
)
