from django.utils.translation import gettext_lazy as _

from wushang.analyse.accidents import accidents
from wushang.analyse.injuries import for_every_unit
from wushang.analyse.measures import Ask, Measure


def value(pool, ask: Ask):
    rows = accidents(pool, ask)
    return for_every_unit(pool, rows.group_by("enterprise").agg(value=rows.count()))


MEASURE = Measure(
    code="accidents",
    title=_("生产安全事故起数"),
    title_en="Production accidents",
    unit="起",
    formula=_("应急部门报送的生产安全事故起数，不含非生产经营性事故"),
    source="生产安全事故报告和调查处理条例 第2条（国务院令第493号）",
    tables=("accidents",),
    value=value,
    bases=("occurred",),
    scopes=(),
)
