"""The figures that the trade knows by name (domain.md C1, C2), and the measures that answer; or why the pool cannot feed one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Indicator:
    """One name. Without `measures` nobody delivers what it is made of; then `why_not` says what is missing."""

    name: str
    measures: tuple[str, ...] = ()
    why_not: Any = ""


def in_order(codes: Iterable[str]) -> list[str]:
    """Measures' codes as the trade names them, the counts first; what it does not name comes last."""
    named = [code for one in INDICATORS for code in one.measures]
    return sorted(codes, key=lambda code: (named.index(code) if code in named else len(named), code))


LOST_DAYS = _("没有来源报送损失工作日（误工日）；折算天数另有“严重度指数”，不能代替")
INDICATORS = (
    Indicator("起数", ("injury_events",)),
    Indicator("受伤人次", ("injured_cases",)),
    Indicator("受伤人数", ("injured_persons",)),
    Indicator("重伤人数", ("serious_cases",)),
    Indicator("死亡人数", ("fatal_cases",)),
    Indicator("新发职业病例数", ("new_diseases",)),
    Indicator("认定件数", ("recognised_cases",)),
    Indicator("申报件数", ("claimed_cases",)),
    Indicator("日均（每工作日）", ("cases_per_working_day",)),
    Indicator("工伤发生率", ("incidence_rate", "incidence_percent", "annual_incidence_rate", "pooled_incidence_rate")),
    Indicator("千人负伤率", ("injured_rate",)),
    Indicator("千人重伤率", ("serious_rate",)),
    Indicator("千人死亡率", ("fatal_rate",)),
    Indicator("百万工时伤害率", ("frequency_rate",)),
    Indicator("伤害严重率", why_not=LOST_DAYS),
    Indicator("伤害平均严重率", why_not=LOST_DAYS),
    Indicator("ILO frequency rate", ("frequency_rate", "fatal_frequency_rate", "nonfatal_frequency_rate")),
    Indicator("ILO incidence rate", ("incidence_rate", "fatal_per_100000", "nonfatal_per_100000")),
    Indicator("ILO severity rate", why_not=LOST_DAYS),
    Indicator("实际工时", why_not=_("没有来源报送实际工时；每百万工时的指标按平均参保人数 × 法定工时估算")),
    Indicator("职业病发生率", ("disease_rate",)),
    Indicator("职业病发生率（分母为接害职工人数）", why_not=_("接害人数按危害因素申报，一人可接触几种，不能相加成人数")),
    Indicator("工伤保险支缴率", ("payment_ratio",)),
    Indicator("费用支付比", ("payment_ratio",)),
    Indicator("整改按期率", ("reports_on_time_share",)),
    Indicator("闭环率", ("closed_share",)),
    Indicator("隐患整改率", ("hazards_mended_share",)),
    Indicator("培训覆盖率", why_not=_("没有培训计划名册和考核结果")),
    Indicator("参保覆盖率", why_not=_("没有来源报送单位用工人数或其他险种参保人数")),
    Indicator("预防费使用率", why_not=_("没有预防费预算和支出的来源")),
    Indicator("申报及时率", ("claimed_on_time_share",)),
    Indicator("认定按期率", ("recognised_on_time_share",)),
    Indicator("平均办理天数", ("recognition_days",)),
    Indicator("伤残构成", ("total_disability_share", "major_disability_share", "partial_disability_share", "no_grade_share", "fatal_share")),
    Indicator("工龄构成", ("first_month_share", "new_worker_share")),
    Indicator("严重度指数", ("severity_index",)),
    Indicator("损失工作日", why_not=LOST_DAYS),
)
