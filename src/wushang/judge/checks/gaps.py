"""Situations in which nothing comes out, though the policy does not say so; and those of which it says both."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from wushang.judge.checks.edges import on_bounds
from wushang.judge.checks.grid import Point, Walk, pack_none
from wushang.judge.language.scalar import number
from wushang.judge.language.tree import Name
from wushang.judge.pack import Outcome, Pack, plain
from wushang.judge.remark import Remark, Severity


def shown(pack: Pack, point: tuple[tuple[str, object], ...]) -> str:
    return "、".join(f"{name}={plain(value)}" for name, value in point)  # type: ignore[arg-type]


def gaps(pack: Pack, found: Walk, empty: bool) -> Iterator[Remark]:
    if found.contradictions:
        point, code = found.contradictions[0]
        sentence = _("none_when 说没有结果，%(code)s却成立（如%(example)s）") % {
            "code": code,
            "example": shown(pack, tuple(point.items())),
        }
        yield Remark(
            "error",
            sentence,
            "none_when",
            remedy=_("请在 none_when 里用 and 写上这个结果不成立的条件，或改该条件"),
            code="contradiction",
        )
    if empty:
        return
    silent, told = [], {}
    for point in found.silent:
        if at := left_out(pack, found.day, point):
            told.setdefault(at[:3], (at, point))
        else:
            silent.append(point)
    yield from (one_score(pack, *one) for one in told.values())
    if not silent:
        return
    sentence = _("有%(n)d种情形没有结果，如%(example)s") % {
        "n": len(silent), "example": "；".join(shown(pack, tuple(point.items())) for point in silent[:3]),
    }  # fmt: skip
    if pack.none_when:
        yield Remark("error", sentence, "outcomes", remedy=_("请补一个结果，或把它写进 none_when"), code="gap")
    else:
        yield Remark("note", sentence, "outcomes", remedy=_("确属不需要结果的，请写 none_when"), code="gap")


Bound = tuple[str, float, str, Outcome]  # figure, its value, what it is compared with, whose condition leaves that out


def left_out(pack: Pack, day: date, point: Point) -> Bound | None:
    """The score that is exactly a bound, where there is a band on either side and both leave it out."""
    known = pack.settings(day) | point
    beside = [(*at, outcome) for outcome in pack.outcomes for at in on_bounds(pack.conditions[outcome.code], known)]
    quiet = list(on_bounds(none, known)) if (none := pack_none(pack)) else []
    for figure, side, bound, outcome in beside:
        if any(other == figure and way != side for other, way, *_rest in [*beside, *quiet]):
            said = bound.name if isinstance(bound, Name) else plain(number(bound, known))
            return figure, number(pack.figure_parts[figure], known) or 0.0, said, outcome
    return None


def one_score(pack: Pack, at: Bound, point: Point) -> Remark:
    code, value, bound, outcome = at
    figure = pack.figures[code]
    sentence = _("“%(title)s”正好是%(value)s%(unit)s时没有结果，如%(example)s") % {
        "title": figure.title, "value": plain(value), "unit": figure.unit, "example": shown(pack, tuple(point.items())),
    }  # fmt: skip
    remedy = _("相邻两档要有一档含本数：请写 %(code)s >= %(bound)s 或 %(code)s <= %(bound)s；不需要结果的写进 none_when")
    severity: Severity = "error" if pack.none_when else "warning"
    return Remark(severity, sentence, f"outcomes.{outcome.code}", outcome.line, remedy % {"code": code, "bound": bound}, "gap")
