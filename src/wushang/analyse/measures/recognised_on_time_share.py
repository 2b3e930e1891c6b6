from django.conf import settings
from django.utils.translation import gettext_lazy as _

from wushang.analyse.each_unit import each_unit
from wushang.analyse.injuries import days_between
from wushang.analyse.measures import Cell, Measure

CELL = Cell(
    lambda rows: (days_between(rows.accepted, rows.recognised) <= settings.WUSHANG_DECISION_DAYS).sum(),
    lambda rows: rows.accepted.notnull().sum(), 100, basis="recognised", status="recognised",
)  # fmt: skip

MEASURE = Measure(
    code="recognised_on_time_share",
    title=_("认定按期率（未扣中止）"),
    title_en="Share recognised within the term, suspensions not taken off",
    unit="%",
    formula=_("受理后60日内作出决定的认定件数 ÷ 受理日期已知的认定件数 × 100；数据池没有中止天数、没有扣除，实际按期率只会更高"),
    source="工伤保险条例 第20条：自受理之日起60日内作出决定",
    tables=("injuries",),
    value=each_unit(CELL),
    cell=CELL,
    whole=False,
    of_injuries=True,
    highest=100,
    bases=("recognised",),
)
