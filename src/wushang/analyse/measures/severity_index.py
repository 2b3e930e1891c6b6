import ibis
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from wushang.analyse.each_unit import each_unit
from wushang.analyse.injuries import dead
from wushang.analyse.measures import Cell, Measure


def weights(rows):
    """Days that an injury stands for: death, else its grade, else its severity alone (WUSHANG_SEVERITY_DAYS)."""
    days = settings.WUSHANG_SEVERITY_DAYS
    graded = [(rows.grade == n, days[f"{n}"]) for n in range(1, 11)]
    return ibis.cases((dead(rows), days["fatal"]), *graded, *[(rows.severity == how, days[how]) for how in ("serious", "minor")], else_=0)


CELL = Cell(lambda rows: weights(rows).sum(), close=("grade",), listed=None)

MEASURE = Measure(
    code="severity_index",
    title=_("严重度指数"),
    title_en="Severity index",
    unit="折算日",
    formula=_("每件按伤害程度折成天数再相加：死亡6000，有等级按等级，没有等级的重伤105、轻伤1（可由本地设定）；鉴定要等数月，近期偏低；不是实际误工日"),
    source="GB 6441-1986 附录B：死亡6000日、重伤105日起；各级按工伤保险条例第35—37条补助金月数折算",
    tables=("injuries",),
    value=each_unit(CELL),
    cell=CELL,
    of_injuries=True,
)
