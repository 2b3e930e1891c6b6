"""The check of a policy file before anybody may use it. Returns Remarks: errors forbid, warnings and notes tell."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial

from django.utils.translation import gettext as _

from wushang.judge.checks.examples import check_examples
from wushang.judge.checks.gaps import gaps, shown
from wushang.judge.checks.grid import Meeting, Point, Walk, days_of_change, walk
from wushang.judge.checks.grounds import check_grounds
from wushang.judge.checks.habits import check_habits
from wushang.judge.checks.names import check_names, units
from wushang.judge.checks.sanctions import check_sanctions
from wushang.judge.checks.units import misfits, unit_of
from wushang.judge.figure import Figure, as_condition
from wushang.judge.file.reader import read_pack
from wushang.judge.language import Mistake
from wushang.judge.language.tree import Condition, Missing, Name, Not, Scaled
from wushang.judge.pack import Pack
from wushang.judge.remark import Remark, in_order, usable
from wushang.terms.level import Level


def check_text(text: str, today: date | None = None) -> tuple[Pack | None, list[Remark]]:
    """A file's text in; the pack (None where it cannot be used) and all that is to be said of it out."""
    pack, remarks = read_pack(text)
    if pack is None or not usable(remarks):
        return None, in_order(remarks)
    remarks += check(pack, today)
    return (pack if usable(remarks) else None), in_order(remarks)


def check(pack: Pack, today: date | None = None) -> list[Remark]:
    """All checks of a pack that could be read."""
    remarks = [*check_names(pack), *check_grounds(pack), *check_age(pack, today)]
    broken = list(check_conditions(pack))
    remarks += broken
    if usable(broken) and usable(remarks):
        remarks += [*check_sanctions(pack), *check_outcomes(pack), *check_examples(pack)]
    return in_order(remarks)


def check_age(pack: Pack, today: date | None) -> Iterator[Remark]:
    if today and (today - pack.checked_on).days > 365:
        sentence = _("上次与依据文件核对是 %(day)s，已超过一年") % {"day": pack.checked_on}
        yield Remark("warning", sentence, "checked_on", remedy=_("请重新核对后改 checked_on"), code="age")
    if today and pack.checked_on > today:
        sentence = _("与依据文件核对的日期 %(day)s 还没有到") % {"day": pack.checked_on}
        yield Remark("warning", sentence, "checked_on", remedy=_("请写真正核对的那一天"), code="age")


def check_conditions(pack: Pack) -> Iterator[Remark]:
    """Everything written in the language can be read, its units fit, and `not` does not swallow what is missing."""
    broken = [remark for figure in pack.figures.values() for remark in check_figure(pack, figure)]
    yield from broken
    if not usable(broken):  # what the figures are made of stands in the conditions
        return
    for outcome in pack.outcomes:
        yield from check_text_of(pack, f"outcomes.{outcome.code}.when", outcome.when, outcome.line, pack.read)
    if pack.none_when:
        yield from check_text_of(pack, "none_when", pack.none_when, 0, pack.read)


def check_figure(pack: Pack, figure: Figure) -> Iterator[Remark]:
    """Each line of a figure, and whether its unit is the one that it says."""
    found = [
        remark
        for place, text, line, condition in figure.written()
        for remark in check_text_of(pack, place, text, line, partial(as_condition, names=pack.given_names, condition=condition))
    ]
    yield from found
    if usable(found):
        yield from check_sum(pack, figure)


def check_sum(pack: Pack, figure: Figure) -> Iterator[Remark]:
    """Whether its lines are of one unit, and of the unit that the figure says."""
    whole = figure.part(pack.given_names).of
    mixed = misfits(Condition(figure.code, whole), units(pack))
    yield from (Remark("error", one.what, f"figures.{figure.code}", figure.line, one.remedy, "units") for one in mixed[:1])
    unit = "" if mixed else unit_of(whole, units(pack))
    if unit not in ("", figure.unit):
        sentence = _("“%(title)s”写的单位是%(said)s，算出来是%(unit)s") % {"title": figure.title, "said": figure.unit, "unit": unit}
        yield Remark("error", sentence, f"figures.{figure.code}", figure.line, _("请改 unit，或换同一单位的参数"), "units")


def check_text_of(pack: Pack, place: str, text: str, line: int, reading: Callable[[str], Condition]) -> Iterator[Remark]:
    """What is to be said of one text of the language."""
    try:
        condition = reading(text)
    except Mistake as mistake:
        sentence = _("第%(n)s字：%(what)s") % {"n": mistake.column, "what": mistake.what}
        yield Remark("error", sentence, place, line, mistake.remedy, "when")
        return
    for mistake in misfits(condition, units(pack)):
        yield Remark("error", mistake.what, place, line, mistake.remedy, "units")
    yield from check_habits(pack, place, line, condition)
    for part in condition.top.written():
        if isinstance(part, Not) and not isinstance(part.of, Missing | Name):
            names = "、".join(sorted({p.name for p in part.parts() if isinstance(p, Name)}))
            sentence = _("not 会把缺数也当作成立（%(names)s）") % {"names": names}
            yield Remark("warning", sentence, place, line, _("请改用相反的比较，或加上 is not missing"), "not")
        if isinstance(part, Scaled):
            yield from check_scaled(pack, part, place, line)


def check_scaled(pack: Pack, part: Scaled, place: str, line: int) -> Iterator[Remark]:
    """scaled looks at all units together, so it goes by a measure and not with each injury."""
    if part.of.name not in pack.looked_at:
        remedy = _("可以写：%(all)s") % {"all": "、".join(sorted(pack.looked_at))}
        yield Remark("error", _("scaled 里要写指标，“%(name)s”不是") % {"name": part.of.name}, place, line, remedy, "name")
    if "on_injury" in pack.run:
        sentence = _("scaled(%(name)s) 要全部单位一起算，不能随事故即时研判") % {"name": part.of.name}
        yield Remark("error", sentence, place, line, _("请把 run 改为 [daily]"), "run")


def check_outcomes(pack: Pack) -> Iterator[Remark]:
    """Gaps, overlaps, contradictions and outcomes that never come, for every day on which a value changes."""
    for day in days_of_change(pack):
        found = walk(pack, day)
        empty = [p.title for p in pack.parameters.values() if p.kind == "number" and not _value(pack, p.code, day)]
        yield from meetings(pack, found)
        yield from gaps(pack, found, bool(empty))
        if empty:
            sentence = _("尚未填写：%(titles)s。填写前用到它们的条件不成立") % {"titles": "、".join(empty)}
            yield Remark("note", sentence, "parameters", code="empty")
        elif not pack.ranked:
            yield from never(pack, found)


def _value(pack: Pack, code: str, day: date) -> bool:
    return pack.settings(day)[code] is not None


def meetings(pack: Pack, found: Walk) -> Iterator[Remark]:
    for meeting in found.meetings.values():
        winner, loser = pack.outcome(meeting.winner), pack.outcome(meeting.loser)
        assert winner and loser
        upside_down = winner.kind == loser.kind == "level" and Level(winner.code) < Level(loser.code)
        why = _("它写在前面，等级却更轻") if upside_down else _why(winner, loser)
        sentence = _("%(a)s与%(b)s的条件同时成立（如%(example)s，共%(n)d种情形）；以%(a)s为准：%(why)s") % {
            "a": title(winner), "b": title(loser), "example": shown(pack, meeting.example),
            "n": meeting.count, "why": why,
        }  # fmt: skip
        remedy = _("请把等级重的写在前面") if upside_down else _("如果原意不是这样，请改条件或次序")
        yield Remark(
            "warning" if upside_down else "note", sentence, f"outcomes.{winner.code}", winner.line, remedy, "overlap"
        )


def _why(winner, loser) -> str:
    if winner.kind == loser.kind == "level":
        if "以上" not in loser.clause:
            return _("等级更重，并写在前面")
        return _("等级更重，并写在前面；“以上”含本数，原文“%(clause)s”也包含这种情形") % {"clause": loser.clause[:24]}
    return _("它写在前面")


def title(outcome) -> str:
    return Level(outcome.code).zh if outcome.kind == "level" else outcome.title


def never(pack: Pack, found: Walk) -> Iterator[Remark]:
    for code, wins in found.wins.items():
        outcome = pack.outcome(code)
        if outcome and not wins:
            sentence = _("%(title)s永远不会出现：条件不可能成立，或总被前面的结果占先") % {"title": title(outcome)}
            yield Remark("error", sentence, f"outcomes.{code}", outcome.line, _("请检查条件和次序"), "never")


__all__ = ["Meeting", "Point", "check", "check_text"]
