from django.utils.translation import gettext_lazy as _

from wushang.analyse.each_unit import each_unit
from wushang.analyse.measures import Cell, Measure

CELL = Cell(lambda rows: (rows.closed <= rows.until).fill_null(False).sum(), lambda rows: rows.count(), 100, table="disease_hazards")

MEASURE = Measure(
    code="hazards_mended_share",
    title=_("隐患整改率"),
    title_en="Share of hazards mended",
    unit="%",
    formula=_(
        "整改期限在统计期内的职业病危害隐患中，到统计日已销号的项数 ÷ 这些隐患的项数 × 100。要卫健部门在职业病危害隐患清单里报“整改期限”一列；"
        "没有报期限的隐患不计，一项也没有就不可计算。安全隐患没有来源"
    ),
    source="卫生健康部门报送的职业病危害隐患",
    tables=("disease_hazards",),
    value=each_unit(CELL),
    cell=CELL,
    whole=False,
    highest=100,
    bases=(),
    scopes=(),
)
