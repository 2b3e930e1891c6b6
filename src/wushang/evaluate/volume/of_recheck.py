"""效果评估 in the volume: each signed re-check with its figures, its rule and the decision."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from wushang.evaluate.models import Recheck
from wushang.evaluate.shown import shown
from wushang.evaluate.volume import sheet
from wushang.evaluate.volume.piece import Piece
from wushang.rectify.models import Case


def rechecks(case: Case, band: str) -> Iterator[Piece]:
    for held in (
        case.rechecks.filter(state="signed").select_related("signer", "signer__department").order_by("signed", "pk")
    ):
        house = held.signer.department.short_name if held.signer and held.signer.department else held.by
        day = timezone.localdate(held.signed) if held.signed else None
        make = functools.partial(_recheck, held, band)
        yield Piece(f"recheck-{held.pk}", _("效果评估结论"), house, day, make, note=held.decision_title)


def _recheck(held: Recheck, band: str) -> bytes:
    said = shown(held)
    decided = sheet.facts(
        (_("平台建议"), held.verdict_title), (_("结论"), held.decision_title), (_("理由"), held.reason),
        (_("签发"), f"{held.signer.name if held.signer else ''} {sheet.moment(held.signed)}"),
        (_("算出"), f"{held.by} {sheet.moment(held.at)}"), (_("数据版本"), _("第 %(n)d 号") % {"n": held.commit}),
    )  # fmt: skip
    blocks = [decided, sheet.text("".join(held.sentences)), sheet.heading(_("两期对照")), _windows(said)]
    blocks += [sheet.facts(*((one["title"], one["value"]) for one in said["references"]))]
    blocks += [sheet.heading(_("依据")), sheet.text(said["clause"]), sheet.text("\n".join(said["rule"]))]
    blocks += [sheet.heading(_("统计依据")), sheet.text("\n".join(said["basis"]))]
    return sheet.pdf(_("效果评估结论"), blocks, band=band)


def _windows(said: dict[str, Any]) -> dict[str, Any]:
    """The two windows side by side, one column each: twelve columns would not fit the page."""
    names = (
        ("period", _("本期")), ("before_period", _("上年同期")), ("now", _("本期起数")), ("before", _("上年起数")), ("change", _("变化")),
        ("cases", _("本期人次")), ("cases_before", _("上年人次")), ("heads", _("本期参保人数")), ("heads_before", _("上年参保人数")),
        ("rate", _("本期发生率")), ("rate_before", _("上年发生率")),
    )  # fmt: skip
    rows = [(title, *(row[name] for row in said["rows"])) for name, title in names]
    return sheet.table((_("项目"), *(row["title"] for row in said["rows"])), (2, 4, 4), rows)
