from django.utils.translation import gettext_lazy as _

from wushang.analyse.accidents import gravest
from wushang.analyse.measures import Measure

MEASURE = Measure(
    code="accident_loss",
    title=_("单起生产安全事故最大直接经济损失"),
    title_en="Largest direct loss of one production accident",
    unit="万元",
    formula=_("统计期内每起生产安全事故直接经济损失的最大值；没有事故、没有核定损失为0"),
    source="生产安全事故报告和调查处理条例 第3条（国务院令第493号）",
    tables=("accidents",),
    value=gravest("loss", 1_000_000),
    whole=False,
    bases=("occurred",),
    scopes=(),
)
