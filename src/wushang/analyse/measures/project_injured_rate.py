from django.utils.translation import gettext_lazy as _

from wushang.analyse.each_unit import each_unit
from wushang.analyse.injuries import on_a_project
from wushang.analyse.measures import Cell, Measure

CELL = Cell(lambda rows: on_a_project(rows).sum(), "roster", 1000)

MEASURE = Measure(
    code="project_injured_rate",
    title=_("建设项目工伤事故发生率"),
    title_en="Injury rate on construction projects",
    unit="‰",
    formula=_("建设项目受伤人次 ÷ 按项目参保的实名人数（各月月末的平均）× 1000；没有报实名人数的不可计算，只看人次"),
    source="人社部发〔2014〕103号：按项目参保的分母是实名人数，不是单位参保人数",
    tables=("injuries", "projects"),
    value=each_unit(CELL),
    cell=CELL,
    whole=False,
    of_injuries=True,
)
