from django.utils.translation import gettext_lazy as _

from wushang.analyse.injuries import count
from wushang.analyse.measures import Ask, Measure


def value(pool, ask: Ask):
    """Serious injuries (重伤), deaths not counted."""
    return count(pool, ask, ("serious",))


MEASURE = Measure(
    code="serious_cases",
    title=_("重伤人次"),
    title_en="Serious cases",
    unit="人次",
    formula=_("伤害程度为重伤的人次，不含死亡"),
    source="GB 6441-1986（2026-06-30以前）、GB 6441-2025",
    tables=("injuries",),
    value=value,
    of_injuries=True,
)
