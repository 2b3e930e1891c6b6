from django.utils.translation import gettext_lazy as _

from wushang.analyse.injuries import for_every_unit, injuries
from wushang.analyse.measures import Ask, Measure


def value(pool, ask: Ask):
    """Accidents (起): several injured in one event are one."""
    rows = injuries(pool, ask)
    return for_every_unit(pool, rows.group_by("enterprise").agg(value=rows.event.nunique()))


MEASURE = Measure(
    code="injury_events",
    title=_("工伤事故起数"),
    title_en="Injury events",
    unit="起",
    formula=_("事故编号去重计数，同一起事故伤多人算1起"),
    source="以事故编号计起；“起”是高台县分级预警的计数单位",
    tables=("injuries",),
    value=value,
    of_injuries=True,
)
