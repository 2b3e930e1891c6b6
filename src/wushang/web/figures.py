"""Numbers in the office's own writing 数字写法: a number comes in with its unit named by the function, text goes out.

None is a value nobody has (—); a value that is not finite cannot be computed (不可计算). Both stay words, never zero.
"""

from decimal import ROUND_HALF_UP, Decimal
from math import isfinite

from django.utils.translation import gettext as _

Number = int | float | Decimal | None

NO_VALUE = "—"
YI_FEN = 100_000_000 * 100  # 1亿元 in fen
WAN_FEN = 10_000 * 100  # 1万元 in fen
RISING, FALLING = "▲", "▼"


def _places(value: Number, places: int) -> str:
    """The number rounded half-up to `places`, with thousands separated; or the word for a missing one."""
    if value is None:
        return NO_VALUE
    if not isfinite(value):
        return _("不可计算")
    # str() first: a float's shortest writing is what people typed, 2.675 must round to 2.68.
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return f"{rounded + 0:,}"  # + 0 turns -0.0 into 0.0


def count(value: Number) -> str:
    """起数、人数、家数: 1203 → 1,203."""
    return _places(value, 0)


def rate(value: Number) -> str:
    """A rate already in ‰, for a table whose header says ‰: 3.114 → 3.11."""
    return _places(value, 2)


def rate_said(value: Number) -> str:
    """A rate already in ‰, in a sentence: 3.114 → 3.1‰."""
    return _with_sign(_places(value, 1), value, "‰")


def percent(value: Number) -> str:
    """A value already in %, for a table whose header says %: 6.24 → 6.2."""
    return _places(value, 1)


def percent_said(value: Number) -> str:
    """A value already in %, in a sentence: 6.24 → 6.2%."""
    return _with_sign(_places(value, 1), value, "%")


def share(value: Number) -> str:
    """A fraction of one as per cent: 0.882 → 88.2%."""
    return NO_VALUE if value is None else percent_said(Decimal(str(value)) * 100)


def premium_rate(millionths: int | None) -> str:
    """费率 from millionths: 8000 → 0.80%."""
    return NO_VALUE if millionths is None else f"{_places(Decimal(millionths) / 10_000, 2)}%"


def yuan(fen: int | None) -> str:
    """Money in 元 to the cent, for registers and letters: 3124050 → 31,240.50."""
    return NO_VALUE if fen is None else _places(Decimal(fen) / 100, 2)


def wan(fen: int | None) -> str:
    """Money for a table whose header says 万元: 312_405_000 → 312.41."""
    return NO_VALUE if fen is None else _places(Decimal(fen) / WAN_FEN, 2)


def money(fen: int | None) -> str:
    """Money in a sentence: from 1亿元 on in 亿元, below in 万元, two decimals."""
    if fen is None:
        return NO_VALUE
    if abs(fen) >= YI_FEN:
        return _("%(n)s亿元") % {"n": _places(Decimal(fen) / YI_FEN, 2)}
    return _("%(n)s万元") % {"n": wan(fen)}


def small(value: int | None, least: int = 3) -> str:
    """A count that may not show a person: 1 and 2 → ＜3; zero stays zero."""
    return f"＜{least}" if value is not None and 0 < value < least else count(value)


def arrow(value: Number) -> str:
    """▲ rises, ▼ falls, nothing when level, missing or not computable."""
    if value is None or not isfinite(value) or percent(value) == "0.0":
        return ""
    return RISING if value > 0 else FALLING


def size(value: Number) -> str:
    """The size of a change in %, without its sign (the arrow or the word carries it): -6.24 → 6.2."""
    return percent(None if value is None else abs(Decimal(str(value))))


def change(value: Number) -> str:
    """A change in % in words: -6.24 → 下降 6.2%; no base last year → 上年同期为 0."""
    if value is None:
        return NO_VALUE
    if not isfinite(value):
        return _("上年同期为 0")
    word = {RISING: _("上升"), FALLING: _("下降")}.get(arrow(value))
    return f"{word} {size(value)}%" if word else _("持平")


def _with_sign(text: str, value: Number, sign: str) -> str:
    return text + sign if value is not None and isfinite(value) else text
