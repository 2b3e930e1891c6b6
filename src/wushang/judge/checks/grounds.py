"""Does every value say where it comes from? Clauses missing, our defaults, own basis not recorded, gaps of dates."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise

from django.utils.translation import gettext as _

from wushang.judge.pack import Dated, Grounds, Pack, Parameter
from wushang.judge.remark import Remark


def check_grounds(pack: Pack) -> Iterator[Remark]:
    for parameter in pack.parameters.values():
        place = f"parameters.{parameter.code}"
        yield from check_days(pack, parameter, place)
        for dated in parameter.values:
            yield from worded(dated.grounds, f"{place}.{dated.start}", empty=dated.value is None)
            yield from own_basis(parameter, dated, place)
    for outcome in pack.outcomes:
        yield from worded(Grounds("document", outcome.clause, line=outcome.line), f"outcomes.{outcome.code}")
    for figure in pack.figures.values():
        yield from worded(figure.grounds, f"figures.{figure.code}")
        for kind, lines in (("items", figure.items), ("vetoes", figure.vetoes)):
            for n, line in enumerate(lines, 1):
                yield from worded(line.grounds, f"figures.{figure.code}.{kind}[{n}]")
    for case in pack.cases.values():
        place = f"case.{case.outcome}"
        for step, clock in case.clocks.items():
            yield from worded(clock.grounds, f"{place}.clocks.{step}")
        if case.recheck:
            yield from worded(case.recheck.grounds, f"{place}.recheck")


def worded(grounds: Grounds, place: str, empty: bool = False) -> Iterator[Remark]:
    """One Remark where the words that must stand beside a value are not there; a note for our own default."""
    line = grounds.line
    if grounds.basis == "document" and not grounds.clause and not (empty and grounds.why):
        remedy = _("请抄录原文到 clause；原文没有写的，改为 basis: platform_default 并写 why")
        yield Remark("error", _("没有依据原文"), place, line, remedy, "clause")
    if grounds.basis == "platform_default" and not grounds.why:
        yield Remark("error", _("平台默认值没有说明理由"), place, line, _("请补写 why"), "clause")
    if grounds.basis == "place" and not (grounds.clause and grounds.document):
        remedy = _("请补写 document（文件名和文号）和 clause（条款原文）")
        yield Remark("error", _("地方补充规定没有写明文件和条款"), place, line, remedy, "clause")
    if grounds.basis == "platform_default" and grounds.why:
        yield Remark("note", _("平台默认：%(why)s") % {"why": grounds.why}, place, line, _("采用前请核定"), "default")


def own_basis(parameter: Parameter, dated: Dated, place: str) -> Iterator[Remark]:
    if parameter.own_basis and dated.value and dated.grounds.basis != "place":
        remedy = _("启用须另填本地依据：basis: place，document 写文件和文号，clause 抄条款")
        yield Remark(
            "error",
            _("“%(title)s”原文没有，不能直接启用") % {"title": parameter.title},
            place,
            dated.line,
            remedy,
            "own_basis",
        )


def check_days(pack: Pack, parameter: Parameter, place: str) -> Iterator[Remark]:
    """A parameter must have a value, or a written null, on every day from the policy's first."""
    values = parameter.values
    if not values or values[0].start > pack.since:
        until = values[0].start if values else "…"
        sentence = _("从 %(since)s 到 %(until)s 没有值") % {"since": pack.since, "until": until}
        yield Remark(
            "error", sentence, place, parameter.line, _("请补一个自 %(since)s 起的值") % {"since": pack.since}, "dates"
        )
    for one, after in pairwise(values):
        if one.end and one.end >= after.start:
            sentence = _("%(start)s 起的值写到 %(end)s，与 %(after)s 起的值重叠") % {
                "start": one.start,
                "end": one.end,
                "after": after.start,
            }
            yield Remark("error", sentence, place, one.line, _("请改 until"), "dates")
        if one.end and one.end + timedelta(days=1) < after.start:
            sentence = _("%(end)s 之后到 %(after)s 之前没有值") % {"end": one.end, "after": after.start}
            yield Remark("error", sentence, place, one.line, _("请补上这一段的值"), "dates")
    if values and values[-1].end:
        sentence = _("%(end)s 之后没有值") % {"end": values[-1].end}
        yield Remark("warning", sentence, place, values[-1].line, _("到期前请补上后续的值"), "dates")
