from django.utils.translation import gettext_lazy as _

from wushang.analyse.headcounts import rate
from wushang.analyse.injuries import for_every_unit
from wushang.analyse.measures import Ask, Measure
from wushang.analyse.rates import parts


def value(pool, ask: Ask):
    """Cases per thousand of the average headcount; missing, never 0, where that is zero or missing."""
    rows = parts(pool, ask)
    return for_every_unit(pool, rows.select("enterprise", value=rate(rows.cases, rows.months, rows.staff)), empty=None)


MEASURE = Measure(
    code="incidence_rate",
    title=_("工伤事故发生率"),
    title_en="Injury incidence rate",
    unit="‰",
    formula=_("受伤人次 ÷ 平均参保人数 × 1000；参保人数为零或缺数时不可计算"),
    source="ILO, 16th ICLS 1998: incidence rate = injuries ÷ workers × 1000；分母为平均参保人数",
    tables=("injuries", "headcounts"),
    value=value,
    whole=False,
    of_injuries=True,
    highest=1000,
)
