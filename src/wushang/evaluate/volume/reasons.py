"""为什么预警 as a page of the record: the unit and the rule as they were then, what was counted, with what it was compared, and by whose
words. It says the same for ever: everything comes from the finding, the text of its version and the facts of its commit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from wushang.evaluate.volume import sheet
from wushang.judge.explain import Measured, Reasons, Threshold
from wushang.judge.explain import why as explained
from wushang.judge.worked import WorkedScore
from wushang.warn import facts, judged
from wushang.warn.models import Warning

BASES = {"document": "原文：", "platform_default": "平台默认：", "place": "本地依据："}


def page(warning: Warning, band: str) -> bytes:
    why = explained(warning.finding)
    return sheet.pdf(_("为什么预警"), [*blocks(warning, why)], under=f"{why.unit}　{warning.rank_level.zh}", band=band)


def blocks(warning: Warning, why: Reasons) -> Iterator[dict[str, Any]]:
    yield head(warning, why)
    yield sheet.heading(_("数了什么"))
    yield sheet.table((_("指标"), _("数值"), _("统计期"), _("日期")), (5, 1.6, 3, 4), map(counted, why.measured))
    for score in why.scores:
        yield sheet.heading(_("%(title)s怎么算的") % {"title": score.title})
        yield sheet.table((_("项"), _("计入"), _("依据")), (5, 2, 6), worked(score))
    yield sheet.heading(_("和什么比"))
    yield sheet.table(
        (_("条件"), _("结果")), (6, 1), [(one.text, _("成立") if one.holds else _("不成立")) for one in why.met]
    )
    if why.thresholds:
        yield sheet.table((_("规则里的数"), _("值"), _("依据")), (4, 2, 7), map(threshold, why.thresholds))
    yield from accidents(warning)


def head(warning: Warning, why: Reasons) -> dict[str, Any]:
    finding = warning.finding
    told = judged.told(finding)
    hazards = facts.open_hazards(warning.enterprise_id, told.as_of, told.commit)
    heads = _("%(n)s 人（本年）") % {"n": f"{round(why.headcount, 1):g}"} if why.headcount is not None else _("缺数")
    return sheet.facts(
        (_("单位"), why.unit), (_("规则"), _("%(title)s 第%(n)d版") % {"title": why.policy_title, "n": why.version}),
        (_("依据"), f"{told.basis_said}：“{finding.clause}”" if finding.clause else told.basis_said), (_("谁向谁发"), why.sent),
        (_("统计到"), sheet.day(finding.as_of)), (_("平均参保人数"), heads), (_("职业病危害隐患"), "、".join(hazards)),
        (_("数据版本"), _("第 %(n)d 号") % {"n": told.commit}), (_("研判时间"), sheet.moment(finding.at)),
    )  # fmt: skip


def counted(one: Measured) -> tuple[str, ...]:
    span = f"{one.window.start} 至 {one.window.end}" if one.window else _("目前")
    return (
        one.title,
        f"{one.shown} {one.unit}" if one.value is not None else one.shown,
        span,
        "、".join(map(str, one.days)),
    )


def worked(score: WorkedScore) -> list[tuple[str, ...]]:
    return [
        *((line.title, line.shown, line.words) for line in score.lines),
        (_("合计"), f"{score.shown} {score.unit}", ""),
    ]


def threshold(one: Threshold) -> tuple[str, ...]:
    return (
        one.title,
        f"{one.shown}{one.unit if one.value is not None else ''}",
        f"{BASES.get(one.basis, '')}{one.words}",
    )


def accidents(warning: Warning) -> Iterator[dict[str, Any]]:
    """The accidents that were counted, without any person; with how many are recognised so far."""
    told, found = judged.told(warning.finding), judged.accidents(warning.finding)
    if not found.injuries:
        return
    said = _("%(p)s收到工伤事故报告 %(n)d 起（已认定 %(a)d 起、正在办理 %(b)d 起）。") % {
        "p": told.window_title, "n": found.events, "a": found.recognised, "b": found.pending,
    }  # fmt: skip
    rows = [
        (r["occurred"], r["workshop"], r["post"], r["kind"], r["part"], f"{r['status']}\n{r['status_on']}")
        for r in found.rows(told.as_of)
    ]
    yield sheet.heading(_("事故清单（不含人员身份）"))
    yield sheet.text(said)
    yield sheet.table(
        (_("发生日期"), _("车间"), _("岗位"), _("事故类别"), _("受伤部位"), _("状态")), (2.2, 2, 2, 2.6, 2, 2.2), rows
    )
