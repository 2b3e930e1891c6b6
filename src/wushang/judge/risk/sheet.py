"""风险排序 as xlsx: what the page shows, all of it, for who goes out with a list."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from wushang.judge.risk import words
from wushang.judge.risk.models import RiskVersion
from wushang.pool.sheet import Column, Heading, ledger


def workbook(version: RiskVersion, rows: list[Any], towns: dict[str, str], heading: Heading) -> bytes:
    """Forecasts with `name` and `region`, in their order; numbers as numbers."""
    columns = [
        Column(_("单位"), 34), Column(_("镇（街道、区）"), 14), Column(_("参保 人"), 9, "count"), Column(_("未来12个月预计 人次"), 12, "rate"),
        Column(_("范围 从"), 9, "rate"), Column(_("范围 到"), 9, "rate"), Column(_("同类通常 人次"), 12, "rate"), Column(_("未来3个月预计 人次"), 12, "rate"),
        Column(_("为什么"), 44), Column(_("把握"), 18),
    ]  # fmt: skip
    return ledger(heading, columns, [cells(row, towns, version) for row in rows])


def note(version: RiskVersion, shown: int, count: int) -> str:
    """What the list is for, what it rests on, and that it is a part where it is one."""
    told = {"from": f"{version.start:%Y-%m}", "to": version.data_to, "n": version.commit}
    part = _("共 %(all)d 家，这里是排在前面的 %(n)d 家。") % {"all": count, "n": shown} if shown < count else ""
    return part + _("只用来安排走访、检查、培训的先后，不作为处罚、定级、通报的依据；只看单位，不评价个人。自 %(from)s 起，数据截至 %(to)s，数据版本第 %(n)d 号；范围为 90%% 区间。") % told


def cells(row: Any, towns: dict[str, str], version: RiskVersion) -> list[Any]:
    numbers = [round(value, 2) for value in (row.year, row.low, row.high, row.usual, row.quarter)]
    why = _("；").join(words.reasons(row)) or _("和同类单位相当")
    return [row.name, towns.get(row.region[:9], ""), row.heads, *numbers, why, words.sure(row, version.top)]
