"""Money in whole fen, rates in whole millionths; every product and quotient is rounded half-up in integers."""

import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal

MILLION = 1_000_000
_UNITS = {"元": Decimal(1), "万元": Decimal(10_000), "亿元": Decimal(100_000_000), "": Decimal(1)}
_PARTS = {"%": Decimal(10_000), "‰": Decimal(1_000), "": Decimal(MILLION)}
_NUMBER = r"([+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)"
_MONEY = re.compile(_NUMBER + r"(元|万元|亿元|)")
_RATE = re.compile(_NUMBER + r"(%|‰|)")


def half_up(numerator: int, denominator: int) -> int:
    """numerator / denominator rounded to a whole number, a half away from zero (四舍五入)."""
    size = (2 * abs(numerator) + abs(denominator)) // (2 * abs(denominator))
    return size if (numerator < 0) == (denominator < 0) else -size


def _whole(amount: Decimal) -> int:
    return int(amount.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def _plain(text: str) -> str:
    return re.sub(r"[\s¥￥]", "", unicodedata.normalize("NFKC", text))


def fen(amount: str | Decimal | int) -> int:
    """Yuan ("1,234.50", "2万元", Decimal, whole number) in, fen out; floats are refused since they lose fen."""
    if isinstance(amount, float):
        raise TypeError(f"{amount!r} is a float: pass the text of the cell or a Decimal")
    if not isinstance(amount, str):
        return _whole(Decimal(amount) * 100)
    found = _MONEY.fullmatch(_plain(amount))
    if not found:
        raise ValueError(f"“{amount}”不是金额：请写数字，如 1234.50")
    return _whole(Decimal(found[1].replace(",", "")) * _UNITS[found[2]] * 100)


def yuan(amount: int, grouped: bool = True) -> str:
    """Fen in, yuan with two decimals out: 123450 → 1,234.50 (grouped=False: 1234.50, for files)."""
    whole, rest = divmod(abs(amount), 100)
    return f"{'-' if amount < 0 else ''}{whole:{',' if grouped else ''}}.{rest:02d}"


def millionths(rate: str | Decimal) -> int:
    """A rate ("0.9%", "1.3‰", "0.009", Decimal) in, millionths out: 0.9 % is 9000."""
    if isinstance(rate, float):
        raise TypeError(f"{rate!r} is a float: pass the text of the cell or a Decimal")
    if not isinstance(rate, str):
        return _whole(rate * MILLION)
    found = _RATE.fullmatch(_plain(rate))
    if not found:
        raise ValueError(f"“{rate}”不是费率或比例：请写成 0.9%、9‰ 或 0.009")
    return _whole(Decimal(found[1].replace(",", "")) * _PARTS[found[2]])


def share(part: int, whole: int) -> int | None:
    """part / whole in millionths, half-up; None where the whole is 0 (不可计算)."""
    return half_up(part * MILLION, whole) if whole else None


def times(amount: int, rate: int) -> int:
    """An amount times a rate in millionths, half-up: 1,200 yuan at 0.9 % is 10.80 yuan."""
    return half_up(amount * rate, MILLION)


def percent(rate: int, decimals: int = 1) -> str:
    """Millionths in, per cent text out: 83969 → 8.4%."""
    return f"{_scaled(rate, 10_000, decimals)}%"


def permille(rate: int, decimals: int = 2) -> str:
    """Millionths in, per mille text out: 20000 → 20.00‰."""
    return f"{_scaled(rate, 1_000, decimals)}‰"


def _scaled(rate: int, unit: int, decimals: int) -> str:
    whole, rest = divmod(half_up(abs(rate) * 10**decimals, unit), 10**decimals)
    sign = "-" if rate < 0 and (whole or rest) else ""
    return f"{sign}{whole}.{rest:0{decimals}d}" if decimals else f"{sign}{whole}"
