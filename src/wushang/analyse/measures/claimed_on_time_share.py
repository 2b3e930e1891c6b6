from django.conf import settings
from django.utils.translation import gettext_lazy as _

from wushang.analyse.each_unit import each_unit
from wushang.analyse.injuries import days_between
from wushang.analyse.measures import Cell, Measure

DISEASE = "14-4"  # an occupational disease: its term runs from the diagnosis, which the row does not say


def has_term(rows):
    return rows.reported.notnull() & (rows.situation.fill_null("") != DISEASE)


def in_time(rows):
    return has_term(rows) & (days_between(rows.occurred, rows.reported) <= settings.WUSHANG_CLAIM_DAYS)


CELL = Cell(lambda rows: in_time(rows).sum(), lambda rows: has_term(rows).sum(), 100, basis="reported")

MEASURE = Measure(
    code="claimed_on_time_share",
    title=_("申报及时率"),
    title_en="Share of claims within the term",
    unit="%",
    formula=_("事故后30日内申请的件数 ÷ 申请件数 × 100，不论由谁申请；职业病从诊断日起算，不在内"),
    source="工伤保险条例 第17条：用人单位自事故伤害发生之日起30日内申请",
    tables=("injuries",),
    value=each_unit(CELL),
    cell=CELL,
    whole=False,
    of_injuries=True,
    highest=100,
    bases=("reported",),
)
