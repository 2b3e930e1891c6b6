from django.utils.translation import gettext_lazy as _

from wushang.analyse.injuries import for_every_unit, injuries
from wushang.analyse.measures import Ask, Measure


def gravest(rows):
    """The gravest disability grade, 1 the worst; missing where nobody has one (0 = 未达级 is no grade)."""
    return rows.grade.min(where=rows.grade >= 1).cast("int64")


def value(pool, ask: Ask):
    rows = injuries(pool, ask)
    return for_every_unit(pool, rows.group_by("enterprise").agg(value=gravest(rows)), empty=None)


MEASURE = Measure(
    code="worst_grade",
    title=_("最重伤残等级"),
    title_en="Worst disability grade",
    unit="级",
    formula=_("劳动能力鉴定等级的最小值，1级最重；没有等级的为缺数"),
    source="GB/T 16180-2014",
    tables=("injuries",),
    value=value,
    of_injuries=True,
    gathered=gravest,
    highest=10,
)
