"""Do the units of an expression fit? 起 may not be compared with ‰; a plain number fits everything."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from wushang.judge.language.mistake import Mistake
from wushang.judge.language.tree import Arithmetic, Comparison, Condition, Extreme, Name, Negative, Part

ANY = ""  # a plain number, or a name whose unit is not known


def misfits(condition: Condition, units: Mapping[str, str]) -> list[Mistake]:
    """A Mistake for each comparison, sum or min/max of two different units."""
    found: list[Mistake] = []
    for part in condition.top.parts():
        if isinstance(part, Comparison):
            same(part, (part.left, part.right), units, found)
        elif isinstance(part, Extreme):
            same(part, part.of, units, found)
        elif isinstance(part, Arithmetic) and part.sign in "+-":
            same(part, (part.left, part.right), units, found)
    return found


def same(part: Part, sides: tuple[Part, ...], units: Mapping[str, str], found: list[Mistake]) -> None:
    known = sorted({unit for side in sides if (unit := unit_of(side, units))})
    if len(known) > 1:
        names = [p.name for side in sides for p in side.parts() if isinstance(p, Name)]
        what = _("单位不合：%(names)s分别以%(units)s计") % {"names": "、".join(names), "units": "、".join(known)}
        found.append(Mistake(what, _("请换成同一单位的指标或参数"), part.line, part.column))


def unit_of(part: Part, units: Mapping[str, str]) -> str:
    """The unit of a number; of two equal units their quotient has none."""
    match part:
        case Name(name=name):
            return units.get(name, ANY)
        case Negative(of=of):
            return unit_of(of, units)
        case Extreme(of=of):
            return next((unit for one in of if (unit := unit_of(one, units))), ANY)
        case Arithmetic(sign="+" | "-", left=left, right=right):
            return unit_of(left, units) or unit_of(right, units)
        case Arithmetic(sign=sign, left=left, right=right):
            return product(sign, unit_of(left, units), unit_of(right, units))
    return ANY


def product(sign: str, left: str, right: str) -> str:
    if not left or not right:
        return left or (right if sign == "*" else ANY if not right else f"1/{right}")
    return ANY if sign == "/" and left == right else f"{left}{'·' if sign == '*' else '/'}{right}"
