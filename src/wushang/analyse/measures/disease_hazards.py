import ibis
from django.utils.translation import gettext_lazy as _

from wushang.analyse.injuries import for_every_unit
from wushang.analyse.measures import Ask, Measure


def value(pool, ask: Ask):
    """Occupational-disease hazards: open on the day for the window `open`, else found within the window."""
    rows, period = pool.table("disease_hazards"), ask.period
    if ask.window == "open":
        rows = rows.filter(rows.opened <= ibis.literal(period.end))
        rows = rows.filter(rows.closed.isnull() | (rows.closed > ibis.literal(period.end)))
    else:
        rows = rows.filter(rows.opened.between(ibis.literal(period.start), ibis.literal(period.end)))
    if ask.not_before:
        rows = rows.filter(rows.opened >= ibis.literal(ask.not_before))
    return for_every_unit(pool, rows.group_by("enterprise").agg(value=rows.count()))


MEASURE = Measure(
    code="disease_hazards",
    title=_("职业病危害隐患"),
    title_en="Open occupational-disease hazards",
    unit="项",
    formula=_("卫健部门报送、到统计日尚未销号的职业病危害隐患项数"),
    source="卫生健康部门报送的职业病危害隐患",
    tables=("disease_hazards",),
    value=value,
    bases=(),
    scopes=(),
)
