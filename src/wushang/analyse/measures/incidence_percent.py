from django.utils.translation import gettext_lazy as _

from wushang.analyse.each_unit import each_unit
from wushang.analyse.measures import Cell, Measure

CELL = Cell(lambda rows: rows.count(), "staff", 100)

MEASURE = Measure(
    code="incidence_percent",
    title=_("工伤事故发生率（百分率）"),
    title_en="Injury incidence rate, per cent",
    unit="%",
    formula=_("受伤人次 ÷ 平均参保人数 × 100；和千分率同一口径，用于按百分率下达的目标"),
    source="浙人社发〔2014〕4号：工伤事故发生率控制在1%以内；分母为平均参保人数",
    tables=("injuries", "headcounts"),
    value=each_unit(CELL),
    cell=CELL,
    whole=False,
    of_injuries=True,
    highest=100,
)
