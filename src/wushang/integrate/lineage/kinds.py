"""The kinds of facts of a unit whose lists can be looked at, one entry each: the table, its day, its columns, who may."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from wushang.integrate.models import Link
from wushang.pool import models as pool
from wushang.pool.models import Reported
from wushang.terms import codes

VERB, LINKS = "pool.see", "integrate.see"


class Column(NamedTuple):
    """A title, the words of a row, and whether they are a number."""

    title: Any
    words: Callable[[Any], str]
    num: bool = False


@dataclass(frozen=True)
class Kind:
    """`day` is the column that 从 and 到 mean, `month` where it is a month's first day; `linked` names the links' `what`: only
    rows linked to an injury are listed, for what is not linked is a lead (疑似未申报) with its own page and purpose."""

    title: Any
    model: type[Reported]
    day: str
    columns: tuple[Column, ...]
    month: bool = False
    linked: str = ""

    @property
    def verb(self) -> str:
        return LINKS if self.linked else VERB

    def rows(self, of: QuerySet[Any], stood: Q) -> QuerySet[Any]:
        """Those of a unit's rows that are listed; `stood` says which links count."""
        if not self.linked:
            return of
        same = {name: OuterRef(name) for name in ("source", "sender", "key")}
        return of.filter(Exists(Link.objects.filter(stood, **same, what=self.linked)))


def _text(name: str) -> Callable[[Any], str]:
    return lambda row: str(getattr(row, name) or "—")


def _day(name: str) -> Callable[[Any], str]:
    return lambda row: value.isoformat() if (value := getattr(row, name)) else "—"


def _month(row: Any) -> str:
    return f"{row.month:%Y-%m}" if row.month else "—"


def _count(name: str) -> Callable[[Any], str]:
    return lambda row: f"{value:,}" if (value := getattr(row, name)) is not None else "—"


def _money(name: str) -> Callable[[Any], str]:
    return lambda row: f"{value / 100:,.2f}" if (value := getattr(row, name)) is not None else "—"


def _coded(name: str, kind: str) -> Callable[[Any], str]:
    return lambda row: (codes.name(kind, value) or value) if (value := getattr(row, name)) else "—"


def _yes(name: str) -> Callable[[Any], str]:
    return lambda row: {True: "是", False: "否"}.get(getattr(row, name), "—")


def _measured(row: Any) -> str:
    return f"{row.measured / 1_000_000:g} {row.unit}".strip() if row.measured is not None else "—"


REGISTER = {"active": _("存续"), "cancelled": _("注销")}

KINDS: dict[str, Kind] = {
    "headcounts": Kind(_("参保人数"), pool.Headcount, "month", (
        Column(_("月份"), _month), Column(_("参保人数"), _count("insured"), True), Column(_("缴费（元）"), _money("paid"), True),
        Column(_("参保方式"), _coded("mode", "insured_mode")),
    ), month=True),
    "hazards": Kind(_("职业病危害隐患"), pool.DiseaseHazard, "opened", (
        Column(_("发现日期"), _day("opened")), Column(_("危害因素"), lambda row: row.factor or _coded("kind", "hazard_kind")(row)), Column(_("销号日期"), _day("closed")),
    )),
    "payments": Kind(_("待遇支付"), pool.Payment, "month", (
        Column(_("月份"), _month), Column(_("待遇项目"), _coded("item", "benefit_item")), Column(_("金额（元）"), _money("amount"), True), Column(_("支付日期"), _day("paid_on")),
        Column(_("支付对象"), _coded("paid_to", "payee")), Column(_("资金来源"), _coded("fund_source", "fund_source")),
    ), month=True),
    "projects": Kind(_("项目参保"), pool.ProjectInsurance, "month", (
        Column(_("月份"), _month), Column(_("项目"), _text("name")), Column(_("缴费额（元）"), _money("levy"), True), Column(_("实名人数"), _count("heads"), True),
    ), month=True),
    "visits": Kind(_("医院首诊"), pool.Visit, "visited", (Column(_("首诊日期"), _day("visited")), Column(_("医疗机构"), _text("facility"))), linked="visit"),
    "diseases": Kind(_("职业病报告"), pool.Disease, "occurred", (
        Column(_("诊断日期"), _day("occurred")), Column(_("危害因素"), _text("factor")), Column(_("诊断机构"), _text("institution")),
    ), linked="disease"),
    "accidents": Kind(_("生产安全事故"), pool.Accident, "occurred", (
        Column(_("发生日期"), _day("occurred")), Column(_("事故类别"), _coded("kind", "accident_kind")), Column(_("事故等级"), _coded("grade", "accident_grade")),
        Column(_("死亡"), _count("dead"), True), Column(_("重伤"), _count("serious"), True), Column(_("轻伤"), _count("minor"), True), Column(_("结案"), _day("closed")),
    )),
    "declarations": Kind(_("危害申报"), pool.HazardDeclaration, "declared", (
        Column(_("申报日期"), _day("declared")), Column(_("危害因素"), _text("factor")), Column(_("接害人数"), _count("exposed"), True), Column(_("危害严重"), _yes("serious")),
    )),
    "tests": Kind(_("危害检测"), pool.HazardTest, "tested", (
        Column(_("检测日期"), _day("tested")), Column(_("岗位"), _text("post")), Column(_("危害因素"), _text("factor")), Column(_("检测结果"), _measured), Column(_("超标"), _yes("exceeded")),
    )),
    "checks": Kind(_("职业健康检查"), pool.HealthCheck, "month", (
        Column(_("月份"), _month), Column(_("危害因素"), _text("factor")), Column(_("应检"), _count("due"), True), Column(_("实检"), _count("checked"), True), Column(_("异常"), _count("abnormal"), True),
    ), month=True),
    "standings": Kind(_("等级与名单"), pool.Standing, "valid_from", (
        Column(_("名称"), _coded("kind", "standing_kind")), Column(_("等级"), _text("grade")), Column(_("编号"), _text("number")), Column(_("起"), _day("valid_from")),
        Column(_("止"), _day("valid_to")),
    )),
    "penalties": Kind(_("行政处罚"), pool.Penalty, "decided", (
        Column(_("决定日期"), _day("decided")), Column(_("处罚机关"), _text("authority")), Column(_("事由"), _text("matter")), Column(_("金额（元）"), _money("amount"), True),
    )),
    "certificates": Kind(_("特种作业操作证"), pool.Certificate, "valid_to", (
        Column(_("作业类别"), _text("trade")), Column(_("准操项目"), _text("item")), Column(_("持证人"), _text("masked_name")),
        Column(_("应复审"), _day("review")), Column(_("有效期止"), _day("valid_to")),
    )),
    "register": Kind(_("单位名册"), pool.RegisterEntry, "", (
        Column(_("登记名称"), lambda row: str(row.values.get("name") or "—")), Column(_("信用代码"), lambda row: str(row.values.get("uscc") or "—")),
        Column(_("状态"), lambda row: str(REGISTER.get(row.values.get("state") or "active", row.values.get("state")))),
    )),
}  # fmt: skip
