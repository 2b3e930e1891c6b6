from django.utils.translation import gettext_lazy as _

from wushang.analyse.headcounts import monthly, rate
from wushang.analyse.injuries import count
from wushang.analyse.measures import Ask, Measure


def value(pool, ask: Ask):
    """The area's rate: all cases over the mean of its month-end totals; the same value for every unit. The meeting page
    counts alike: a unit that came or went within the period weighs for the months in which it was insured."""
    cases, heads = count(pool, ask), monthly(pool, ask)
    area = cases.agg(cases=cases.value.sum()).cross_join(heads.agg(staff=heads.insured.sum(), months=heads.month.nunique()))
    area = area.select(value=rate(area.cases, area.months, area.staff))
    return pool.table("enterprises").select("enterprise").cross_join(area)


MEASURE = Measure(
    code="pooled_incidence_rate",
    title=_("全市平均工伤事故发生率"),
    title_en="Pooled incidence rate of the area",
    unit="‰",
    formula=_("全市受伤人次之和 ÷ 全市各月月末参保人数合计的平均 × 1000，不是各单位发生率的平均；与会商一页同一口径"),
    source="ΣN ÷ ΣD：地区、行业的发生率是合计之比；平均参保人数是各月月末参保人数的算术平均",
    tables=("injuries", "headcounts"),
    value=value,
    whole=False,
    alone=False,
    highest=1000,
)
