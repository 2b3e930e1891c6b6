from django.utils.translation import gettext_lazy as _

from wushang.analyse.each_unit import each_unit
from wushang.analyse.injuries import on_a_project
from wushang.analyse.measures import Cell, Measure

CELL = Cell(lambda rows: on_a_project(rows).sum(), listed=on_a_project)

MEASURE = Measure(
    code="project_cases",
    title=_("建设项目受伤人次"),
    title_en="Injured on construction projects",
    unit="人次",
    formula=_("用工形式为建设项目用工的受伤人次；已含在受伤人次里"),
    source="人社部发〔2014〕103号（按项目参保）；长沙市2025年4月通报：企业与建设项目分列",
    tables=("injuries",),
    value=each_unit(CELL),
    cell=CELL,
    of_injuries=True,
)
