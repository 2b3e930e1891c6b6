"""What can be read and yet is hardly meant: a number that has no clause, spans of different length held against each other."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from wushang.judge.language.tree import Arithmetic, Comparison, Condition, Name, Number, Part
from wushang.judge.pack import Pack
from wushang.judge.remark import Remark
from wushang.terms.period import window_title

LAST_YEAR, THIS_YEAR = "same_period_last_year", "year_to_date"


def check_habits(pack: Pack, place: str, line: int, condition: Condition) -> Iterator[Remark]:
    """Warnings about one text of the language."""
    if place.endswith("when"):
        yield from bare_numbers(place, line, condition)
    yield from unequal_spans(pack, place, line, condition)


def bare_numbers(place: str, line: int, condition: Condition) -> Iterator[Remark]:
    """Nought alone needs no parameter: whether there is any."""
    numbers = dict.fromkeys(f"{part.value:g}" for part in condition.top.written() if isinstance(part, Number) and part.value)
    if numbers:
        sentence = _("条件里直接写了数：%(numbers)s") % {"numbers": "、".join(numbers)}
        remedy = _("请写成参数：在 parameters 里写名称、单位、日期和原文，这里写参数的名称；数变了只改一处，批准的人看得到依据")
        yield Remark("warning", sentence, place, line, remedy, "number")


def unequal_spans(pack: Pack, place: str, line: int, condition: Condition) -> Iterator[Remark]:
    """The same days of last year are as long as this year's so far, and as nothing else."""
    told: set[tuple[str, str]] = set()
    for part in condition.top.written():
        if isinstance(part, Comparison) or (isinstance(part, Arithmetic) and part.sign in "-/"):
            told |= {pair for one, other in ((part.left, part.right), (part.right, part.left)) for pair in pairs(pack, one, other)}
    for before, now in sorted(told):
        window = window_title(pack.measures[now].window)
        sentence = _("“%(before)s”是去年1月1日到去年今天，“%(now)s”是%(window)s，起止不同，比不出升降")
        remedy = _("请把 %(now)s 的 window 改为 year_to_date（本年累计），或另写一个本年累计的指标来比") % {"now": now}
        yield Remark("warning", sentence % {"before": before, "now": now, "window": window}, place, line, remedy, "window")


def pairs(pack: Pack, one: Part, other: Part) -> Iterator[tuple[str, str]]:
    """A measure of last year on one side, one that is not of this year so far on the other."""
    for before in measured(pack, one):
        if pack.measures[before].window == LAST_YEAR:
            yield from ((before, now) for now in measured(pack, other) if pack.measures[now].window not in (LAST_YEAR, THIS_YEAR))


def measured(pack: Pack, part: Part) -> list[str]:
    return [one.name for one in part.written() if isinstance(one, Name) and one.name in pack.measures]
