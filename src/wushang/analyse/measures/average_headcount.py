from django.utils.translation import gettext_lazy as _

from wushang.analyse.each_unit import workers
from wushang.analyse.injuries import for_every_unit
from wushang.analyse.measures import Ask, Cell, Measure


def value(pool, ask: Ask):
    """The mean of the month-end insured headcounts of the window; missing where no month was delivered."""
    rows = workers(pool, ask)
    return for_every_unit(pool, rows.select(enterprise="unit", value=rows.staff.cast("float64") / rows.months), empty=None)


MEASURE = Measure(
    code="average_headcount",
    title=_("平均参保人数"),
    title_en="Average insured headcount",
    unit="人",
    formula=_("统计期内已报各月月末参保人数的算术平均；只算一个月的，用当月月末数，或按本地设置用（上月末＋本月末）÷2"),
    source="月平均参保人数：各月月末参保人数的算术平均",
    tables=("headcounts",),
    value=value,
    whole=False,
    cell=Cell(None, "staff"),
    bases=(),
    scopes=(),
)
