from django.utils.translation import gettext_lazy as _

from wushang.analyse.injuries import count
from wushang.analyse.measures import Ask, Measure


def value(pool, ask: Ask):
    """Deaths (死亡)."""
    return count(pool, ask, ("fatal",))


MEASURE = Measure(
    code="fatal_cases",
    title=_("死亡人数"),
    title_en="Fatal cases",
    unit="人次",
    formula=_("伤害程度为死亡的人次"),
    source="GB 6441-1986（2026-06-30以前）、GB 6441-2025",
    tables=("injuries",),
    value=value,
    of_injuries=True,
)
