"""示范档案 (S0.11): what was done, and before and after by counts, people and rate together, beside units alike (W2)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.analyse.beside import Beside, beside
from wushang.analyse.changes import per_cent
from wushang.analyse.measures import Ask
from wushang.analyse.models import Demonstration
from wushang.web import figures
from wushang.web.dossier import before_after
from wushang.web.dossier.known import Unit
from wushang.web.dossier.two_spans import Asked, TwoSpans, two_spans


class Record(forms.Form):
    heading = forms.CharField(max_length=100, label=gettext_lazy("项目名称"))
    since = forms.DateField(label=gettext_lazy("措施到位日期"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    what = forms.CharField(max_length=2000, label=gettext_lazy("做了什么"), widget=forms.Textarea(attrs={"rows": 3}))
    basis = forms.CharField(max_length=200, label=gettext_lazy("依据"), help_text=gettext_lazy("创建通知或验收文号"))
    claimed = forms.DecimalField(max_digits=4, decimal_places=1, required=False, label=gettext_lazy("自报降幅 %"), help_text=gettext_lazy("单位或材料里写的降幅；没有的空着"))


def records(unit: Unit, months: int) -> list[dict[str, Any]]:
    """Every project of the unit, the newest first, each with its figures."""
    return [_one(unit, made, months) for made in Demonstration.objects.filter(enterprise=unit.id)]


def _one(unit: Unit, made: Demonstration, months: int) -> dict[str, Any]:
    found = two_spans(unit, Asked(made.since, months, ""))
    told = before_after.shown(unit, found) if found else None
    return {"made": made, "found": found, "shown": told, "beside": list(_beside(unit, found)) if found else [],
            "claimed": claimed(made.claimed, found) if found and made.claimed else ""}  # fmt: skip


def claimed(fall: Decimal, found: TwoSpans) -> str:
    """自报下降 62%；按起数下降 62.0%，按同样人数折算下降 38.6%: what is told beside what the ledger holds."""
    before, after = found.before, found.after
    if not before.events:
        return _("自报下降 %(claimed)s%%；本平台前段没有事故，无从核对。") % {"claimed": f"{fall.normalize():f}"}
    told = {"claimed": f"{fall.normalize():f}", "counts": figures.change(per_cent(after.events, before.events))}
    said = _("自报下降 %(claimed)s%%；本平台按起数%(counts)s") % told
    if not before.years or not after.years:
        return said + _("，没有齐全的参保人数，不能按人数折算。")
    fell = per_cent(after.rate, before.rate) or 0.0
    short = _("，自报的降幅比发生率的降幅大，差的部分来自人数变化。") if -fell + 1 < float(fall) else "。"
    return said + _("，按同样人数折算%(rate)s") % {"rate": figures.change(fell)} + short


def _beside(unit: Unit, found: TwoSpans) -> Iterator[str]:
    """How units alike fared over the same months: a fall that all of them had is not the project's."""
    if unit.known.asked or not unit.headcounts:
        return
    both = [beside(unit.seen, unit.headcounts[-1][1], Ask(unit.day, span=span.days)) for span in (found.before, found.after)]
    if both[0] is None or both[1] is None:
        yield _("同行业、人数相近的单位太少，不比较同期变化。")
        return
    yield _alike(both[0], both[1])


def _alike(before: Beside, after: Beside) -> str:
    told = {"n": after.units, "b": figures.rate(before.alike.rate), "a": figures.rate(after.alike.rate),
            "change": figures.change(per_cent(after.alike.rate, before.alike.rate))}  # fmt: skip
    return _("同行业、人数相近的 %(n)d 家单位，同期年均发生率由 %(b)s‰ 到 %(a)s‰，%(change)s；本单位的升降要与它比。") % told
