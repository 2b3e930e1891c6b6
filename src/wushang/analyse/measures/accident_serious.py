from django.utils.translation import gettext_lazy as _

from wushang.analyse.accidents import gravest
from wushang.analyse.measures import Measure

MEASURE = Measure(
    code="accident_serious",
    title=_("单起生产安全事故最多重伤人数"),
    title_en="Most serious injuries in one production accident",
    unit="人",
    formula=_("统计期内每起生产安全事故重伤（含急性工业中毒）人数的最大值；没有事故为0"),
    source="生产安全事故报告和调查处理条例 第3条（国务院令第493号）",
    tables=("accidents",),
    value=gravest("serious"),
    whole=True,
    bases=("occurred",),
    scopes=(),
)
