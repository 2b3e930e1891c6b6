"""The pieces of the case (整改件): plans, reports with their photos and reviews, interviews, referrals, visits, requests to mend data."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from wushang.evaluate.volume import sheet
from wushang.evaluate.volume.piece import Piece
from wushang.rectify import photos, plans
from wushang.rectify.models import Case, CorrectionRequest, Interview, Plan, RectifyReport, Referral, Visit
from wushang.rectify.views.report import answers_of
from wushang.rectify.words import interview_name
from wushang.warn.models import Warning

NOT_YOURS = "内容只有经办这一项的岗位看得到，本次没有印出。"


def _day(at: datetime | None) -> date | None:
    return timezone.localdate(at) if at else None


def _kept(digest: str, kind: str) -> bytes:
    found = photos.kept(digest, kind)
    if found is None:
        raise FileNotFoundError(digest)
    return found.getvalue()


def _photo(key: str, title: str, by: str, day: date | None, digest: str, kind: str) -> Piece:
    return Piece(key, title, by, day, functools.partial(_kept, digest, kind), kind, original=True)


def of_plans(case: Case, unit: str, band: str) -> Iterator[Piece]:
    """整改方案 of every round that was sent: the files as the unit sent them, and the word of who read them."""
    for plan in sorted(plans.sent(case), key=lambda plan: plan.round):
        title = _("整改方案（第 %(n)d 次）") % {"n": plan.round}
        for n, file in enumerate(plan.live_files, 1):
            make = functools.partial(_kept, file.sha256, file.kind)
            yield Piece(
                f"plan-file-{file.pk}", f"{title}{n}", unit, _day(plan.submitted), make, file.kind, original=True
            )
        if plan.reviewed:
            make = functools.partial(_plan_review, plan, band)
            yield Piece(
                f"plan-{plan.pk}", _("%(title)s审阅意见") % {"title": title}, plan.reviewer, _day(plan.reviewed), make
            )


def _plan_review(plan: Plan, band: str) -> bytes:
    said = sheet.facts(
        (_("提交"), sheet.moment(plan.submitted)), (_("结果"), plan.state_title), (_("意见"), plan.reason),
        (_("审阅"), f"{plan.reviewer} {sheet.moment(plan.reviewed)}"),
    )  # fmt: skip
    return sheet.pdf(_("整改方案审阅意见"), [said], under=_("第 %(n)d 次") % {"n": plan.round}, band=band)


def reports(case: Case, unit: str, band: str) -> Iterator[Piece]:
    """整改情况报告 of every round that was sent with the review beside it, then its photos."""
    for report in case.reports.exclude(submitted=None):
        title = _("整改情况报告（第 %(n)d 次）") % {"n": report.round}
        make, day = functools.partial(_report, report, band), _day(report.submitted)
        yield Piece(f"report-{report.pk}", title, unit, day, make, number=report.receipt, note=report.state_title)
        for n, photo in enumerate(report.photos.filter(removed=None), 1):
            yield _photo(f"report-photo-{photo.pk}", f"{title}照片 {n}", unit, day, photo.sha256, photo.kind)


def _report(report: RectifyReport, band: str) -> bytes:
    held = report.photos.filter(removed=None).count()
    rows = [
        (one["ask"], _("%(n)d 张，附后") % {"n": held} if one["code"] == "photos" and held else one["value"])
        for one in answers_of(report, str)
    ]
    blocks = [
        sheet.facts((_("编号"), report.receipt), (_("提交"), sheet.moment(report.submitted)), (_("主要负责人"), report.confirmed_masked),
                    (_("确认"), sheet.moment(report.confirmed)), (_("结果"), report.state_title)),
        sheet.table((_("项目"), _("内容")), (2, 7), rows),
    ]  # fmt: skip
    if remarks := list(report.remarks.all()):
        asked = {one["code"]: one["ask"] for one in answers_of(report, str)}
        said = [(asked.get(r.field, r.field), r.reason, r.name, sheet.moment(r.at)) for r in remarks]
        blocks += [
            sheet.heading(_("退回补正")),
            sheet.table((_("项目"), _("理由"), _("复核人"), _("时间")), (2, 5, 2, 3), said),
        ]
    return sheet.pdf(_("整改情况报告"), blocks, under=_("第 %(n)d 次提交") % {"n": report.round}, band=band)


def interviews(case: Case, office: str, band: str, may: Callable[[str], bool]) -> Iterator[Piece]:
    """约谈 as held or missed; its minutes may name people, so only who holds them reads them."""
    shown = may("rectify.refer")
    for one in case.interviews.exclude(state="planned"):
        day = one.held_on or _day(one.planned)
        make = functools.partial(_interview, one, shown, band)
        note = "" if shown or not one.minutes else _("记录未印出")
        yield Piece(
            f"interview-{one.pk}",
            _("%(what)s记录") % {"what": interview_name(case.warning)},
            office,
            day,
            make,
            note=note,
        )


def _interview(one: Interview, shown: bool, band: str) -> bytes:
    minutes = one.minutes if shown or not one.minutes else NOT_YOURS
    said = sheet.facts(
        (_("约定"), f"{sheet.moment(one.planned)} {one.place}"), (_("结果"), one.state_title), (_("日期"), sheet.day(one.held_on)),
        (_("记录"), minutes), (_("未到场原因"), one.absence), (_("下一次"), sheet.day(one.next_due)), (_("登记"), f"{one.name} {sheet.moment(one.at)}"),
    )  # fmt: skip
    return sheet.pdf(interview_name(one.case.warning), [said], band=band)


def referrals(warning: Warning, band: str) -> Iterator[Piece]:
    """转办、移送: what was asked, what came back, each step; and what was photographed on the way."""
    for one in warning.referrals.select_related("to", "sent_by", "handler").order_by("sent", "pk"):
        title = f"转办件：{one.kind_title}"
        make = functools.partial(_referral, one, band)
        yield Piece(f"referral-{one.pk}", title, one.to.short_name, _day(one.sent), make, note=one.state_title)
    for visit in warning.visits.select_related("by").order_by("at", "pk"):
        by = visit.by.name if visit.by else ""
        title = _("走访记录：%(what)s") % {"what": visit.kind_title}
        yield Piece(
            f"visit-{visit.pk}", title, by, visit.on, functools.partial(_visit, visit, band), note=visit.result_title
        )
        for n, photo in enumerate(visit.photos, 1):
            yield _photo(
                f"visit-photo-{visit.pk}-{n}", f"{title}照片 {n}", by, visit.on, photo["sha256"], photo["kind"]
            )


def _referral(one: Referral, band: str) -> bytes:
    said = sheet.facts(
        (_("要求"), one.what), (_("转出"), f"{one.sent_by.name if one.sent_by else '平台'} {sheet.moment(one.sent)}"),
        (_("办理单位"), one.to.name), (_("办理人"), one.handler.name if one.handler else ""), (_("反馈期限"), sheet.day(one.reply_by)),
        (_("办理情况"), one.state_title), (_("退回理由"), one.reason), (_("反馈"), one.sealed_answer), (_("核验"), sheet.moment(one.checked)),
    )  # fmt: skip
    steps = [(sheet.moment(line.at), line.name, line.text) for line in reversed(one.lines.all())]
    return sheet.pdf(_("转办件"), [said, sheet.heading(_("经过")), _steps(steps)], under=str(one.kind_title), band=band)


def _steps(rows: list[tuple[str, str, str]]) -> dict[str, Any]:
    return sheet.table((_("时间"), _("人员"), _("办理")), (3, 2, 8), rows)


def _visit(visit: Visit, band: str) -> bytes:
    said = sheet.facts(
        (_("事项"), visit.kind_title), (_("日期"), sheet.day(visit.on)), (_("结果"), visit.result_title), (_("走访人"), visit.by.name if visit.by else ""),
        (_("记录"), visit.record), (_("照片"), _("%(n)d 张，附后") % {"n": len(visit.photos)} if visit.photos else ""),
    )  # fmt: skip
    return sheet.pdf(_("走访记录"), [said], band=band)


def corrections(warning: Warning, unit: str, band: str, may: Callable[[str], bool]) -> Iterator[Piece]:
    """数据核对申请 of the unit, and the answer to it."""
    shown = may("rectify.answer_correction")
    for one in warning.corrections.select_related("answered_by").order_by("asked", "pk"):
        make = functools.partial(_correction, one, shown, band)
        yield Piece(
            f"correction-{one.pk}",
            _("数据核对申请"),
            unit,
            _day(one.asked),
            make,
            note="" if shown else _("申请内容未印出"),
        )


def _correction(one: CorrectionRequest, shown: bool, band: str) -> bytes:
    who = one.answered_by.name if one.answered_by else ""
    said = sheet.facts(
        (_("事项"), one.kind_title), (_("申请"), sheet.moment(one.asked)), (_("内容"), one.text if shown else NOT_YOURS), (_("答复期限"), sheet.day(one.due)),
        (_("答复"), one.answer_title), (_("说明"), one.reply if shown else ""), (_("答复人"), f"{who} {sheet.moment(one.answered)}" if one.answered else ""),
    )  # fmt: skip
    return sheet.pdf(_("数据核对申请"), [said], band=band)


def record(warning: Warning, case: Case | None, office: str, band: str) -> Piece:
    """办理记录: everything that was done to the warning and to its case, from first to last."""
    lines = [*reversed(warning.entries.all()), *(reversed(case.lines.all()) if case else ())]
    rows = [(sheet.moment(line.at), line.name, line.text) for line in sorted(lines, key=lambda line: line.at)]
    make = functools.partial(
        sheet.pdf, _("办理记录"), [_steps(list(dict.fromkeys(rows)))], band=band
    )  # 办结 stands in both
    return Piece(
        "record",
        _("办理记录"),
        office,
        _day(warning.ended or max((line.at for line in lines), default=warning.opened)),
        make,
    )
