from django.utils.translation import gettext_lazy as _

from wushang.analyse.injuries import count
from wushang.analyse.measures import Ask, Measure


def value(pool, ask: Ask):
    """Cases (人次): every injured person of every event."""
    return count(pool, ask)


MEASURE = Measure(
    code="injured_cases",
    title=_("受伤人次"),
    title_en="Injured cases",
    unit="人次",
    formula=_("工伤件数，一人一次事故算1人次"),
    source="工伤认定、申报以件计，一人一件",
    tables=("injuries",),
    value=value,
    of_injuries=True,
)
