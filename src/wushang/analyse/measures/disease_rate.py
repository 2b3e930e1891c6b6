from django.utils.translation import gettext_lazy as _

from wushang.analyse.each_unit import each_unit
from wushang.analyse.measures import Cell, Measure

CELL = Cell(lambda rows: rows.count(), "staff", 100, table="diseases")

MEASURE = Measure(
    code="disease_rate",
    title=_("职业病发生率"),
    title_en="Occupational disease rate",
    unit="%",
    formula=_("新发职业病例数 ÷ 平均参保人数 × 100；接害人数按因素申报、一人可接触几种，不能相加，故不作分母"),
    source="新发病例 ÷ 职工总数（或接害职工人数）；分母为平均参保人数",
    tables=("diseases", "headcounts"),
    value=each_unit(CELL),
    cell=CELL,
    whole=False,
    highest=100,
    bases=("occurred", "reported"),
    scopes=(),
)
