"""Do the units of an expression fit? 起 may not be compared with ‰; a plain number fits everything."""

from collections import Counter
from collections.abc import Mapping

from django.utils.translation import gettext as _

from wushang.judge.language.mistake import Mistake
from wushang.judge.language.tree import (
    Arithmetic,
    Choice,
    Comparison,
    Condition,
    Extreme,
    Figure,
    Name,
    Negative,
    Part,
)

ANY = ""  # a plain number, or a name whose unit is not known
PURE = "倍"  # a parameter that is a plain number: a weight, an index


def misfits(condition: Condition, units: Mapping[str, str]) -> list[Mistake]:
    """A Mistake for each comparison, sum or min/max of two different units."""
    found: list[Mistake] = []
    for part in condition.top.written():
        if isinstance(part, Comparison):
            same(part, (part.left, part.right), units, found)
        elif isinstance(part, Choice):
            same(part, (part.then, part.otherwise), units, found)
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
        case Name(name=name) | Figure(name=name):
            unit = units.get(name, ANY)
            return ANY if unit == PURE else unit
        case Negative(of=of):
            return unit_of(of, units)
        case Choice(then=then, otherwise=otherwise):
            return unit_of(then, units) or unit_of(otherwise, units)
        case Extreme(of=of):
            return next((unit for one in of if (unit := unit_of(one, units))), ANY)
        case Arithmetic(sign="+" | "-", left=left, right=right):
            return unit_of(left, units) or unit_of(right, units)
        case Arithmetic(sign=sign, left=left, right=right):
            return product(sign, unit_of(left, units), unit_of(right, units))
    return ANY


def product(sign: str, left: str, right: str) -> str:
    """起 × 分/起 = 分; of what is left over, first what is above the line: 分·人/起."""
    powers = powers_of(left)
    for unit, power in powers_of(right).items():
        powers[unit] += power if sign == "*" else -power
    above, below = ([u for u, n in powers.items() for _time in range(abs(n)) if n * way > 0] for way in (1, -1))
    return ("·".join(above) or "1") + "".join(f"/{unit}" for unit in below) if above or below else ANY


def powers_of(unit: str) -> Counter[str]:
    """分·人/起 → 分 1, 人 1, 起 −1."""
    above, *below = unit.split("/")
    powers = Counter(one for one in above.split("·") if one not in ("", "1"))
    powers.subtract(Counter(one for part in below for one in part.split("·")))
    return powers
