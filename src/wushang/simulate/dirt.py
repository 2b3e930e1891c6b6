"""Every kind of dirt that departments' cells show: a clean cell in, the cell as it arrives out.

Outcome of a kind, which collect is held to:
`mended`  the clean value can be read again without guessing;
`empty`   a word or nothing stands where a value belongs: the row is taken, the value is missing;
`variant` the value arrives as written, another word for the same thing, for integrate to resolve;
`quarantine` the value cannot be known, or another sort of number stands there: the row goes to 待订正.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import numpy as np

from wushang.simulate.enterprises import Enterprises
from wushang.simulate.identities import USCC_ALPHABET
from wushang.simulate.names import VARIANTS, variant
from wushang.simulate.places import CITY
from wushang.simulate.sheet import Cell, money
from wushang.simulate.trades import TRADES

PLACEHOLDERS = ("无", "/", "-", "不详", "待补")
FULL_WIDTH = str.maketrans({chr(c): chr(c + 0xFEE0) for c in range(0x21, 0x7F)})
TITLES = {t.code: t.title for t in TRADES}


@dataclass
class Place:
    """Where a cell stands: the enterprise of its row (-1: unknown), the month of the file (number, words), chance."""

    rng: np.random.Generator
    firms: Enterprises
    enterprise: int
    month: int
    period: str

    def one(self, words: tuple[str, ...]) -> str:
        """One word by chance."""
        return words[int(self.rng.integers(0, len(words)))]


Change = Callable[[Cell, Place], Cell]


@dataclass(frozen=True)
class Kind:
    """One kind of dirt: on which sort of column it falls and what becomes of the row."""

    name: str
    sort: str
    outcome: str
    change: Change


def _day(form: str) -> Change:
    def change(cell: Cell, place: Place) -> Cell:
        return cell.strftime(form) if isinstance(cell, date) else None

    return change


def _day_parts(form: str) -> Change:
    def change(cell: Cell, place: Place) -> Cell:
        return form.format(cell.year, cell.month, cell.day) if isinstance(cell, date) else None

    return change


def _serial(cell: Cell, place: Place) -> Cell:
    return (cell - date(1899, 12, 30)).days if isinstance(cell, date) else None


def _impossible(cell: Cell, place: Place) -> Cell:
    return f"{cell.year}-02-30" if isinstance(cell, date) else None


def _clock(form: str) -> Change:
    """The hour as people write it: 2026.3.5 上午8：30, 2026年3月5日8时30分."""

    def change(cell: Cell, place: Place) -> Cell:
        if not isinstance(cell, str) or len(cell) != 16:
            return None
        year, month, day = (int(p) for p in cell[:10].split("-"))
        hour, minute = int(cell[11:13]), cell[14:16]
        half, twelve = ("上午", hour) if hour < 12 else ("下午", hour - 12 if hour > 12 else 12)
        return form.format(y=year, m=month, d=day, h=hour, mm=minute, half=half, hh=twelve)

    return change


def _hour_gone(cell: Cell, place: Place) -> Cell:
    return cell[:10] if isinstance(cell, str) and len(cell) == 16 else None


def _no_year(cell: Cell, place: Place) -> Cell:
    """A day without its year, outside the month of the file: inside it the year would be plain."""
    if not isinstance(cell, str) or cell.startswith(place.period):
        return None
    return f"{int(cell[5:7])}月{int(cell[8:10])}日"


def _text(rule: Callable[[str], str]) -> Change:
    """A rule for text cells; a rule that changes nothing gives no dirt."""

    def change(cell: Cell, place: Place) -> Cell:
        if not isinstance(cell, str) or not cell:
            return None
        after = rule(cell)
        return after if after != cell else None

    return change


def _unseen(cell: Cell, place: Place) -> Cell:
    """Characters that nobody sees: zero width inside, tab, blank or NBSP at the end."""
    if not isinstance(cell, str) or len(cell) < 2:
        return None
    blank = place.one(("\u200b", "\t", " ", "\u00a0"))
    return cell[:2] + blank + cell[2:] if blank == "\u200b" else cell + blank


def _broken(cell: Cell, place: Place) -> Cell:
    """A gap or a new line in the middle of a word."""
    if not isinstance(cell, str) or len(cell) < 2:
        return None
    return cell[:2] + place.one(("\u00a0", "\n", " ")) + cell[2:]


def _placeholder(cell: Cell, place: Place) -> Cell:
    return place.one(PLACEHOLDERS) if cell else None


def _missing(cell: Cell, place: Place) -> Cell:
    return "" if cell else None


def _org_code(cell: Cell, place: Place) -> Cell:
    return cell[8:17] if isinstance(cell, str) and len(cell) == 18 else None


def _insurance_number(cell: Cell, place: Place) -> Cell:
    return str(place.firms.insurance[place.enterprise]) if cell and place.enterprise >= 0 else None


def _wrong_digit(cell: Cell, place: Place) -> Cell:
    """One character of the credit code replaced by its neighbour in the alphabet: the check digit no longer fits."""
    if not isinstance(cell, str) or len(cell) != 18:
        return None
    at = int(place.rng.integers(10, 16))
    other = USCC_ALPHABET[(USCC_ALPHABET.index(cell[at]) + 1) % 31]
    return cell[:at] + other + cell[at + 1 :]


def _digits_lost(cell: Cell, place: Place) -> Cell:
    """An ID number that a spreadsheet took for a number: the last digits are gone for ever."""
    return float(cell) if isinstance(cell, str) and cell.isdigit() and len(cell) == 18 else None


def _lower_x(cell: Cell, place: Place) -> Cell:
    return cell.lower() if isinstance(cell, str) and cell.endswith("X") else None


def _name_variant(cell: Cell, place: Place) -> Cell:
    if not isinstance(cell, str) or not cell.startswith(CITY):
        return None
    after = variant(cell, place.one(VARIANTS))
    return after if after != cell else None


def _old_name(cell: Cell, place: Place) -> Cell:
    """The former name, months after the change."""
    renamed = place.enterprise >= 0 and place.firms.renamed[place.enterprise] <= place.month
    old = str(place.firms.name[place.enterprise]) if renamed else None
    return old if old != cell else None


def _town(cell: Cell, place: Place) -> Cell:
    if not isinstance(cell, str):
        return None
    bare = cell.removesuffix("街道").removesuffix("镇")
    return place.one((bare, CITY + cell)) if bare != cell else CITY + cell


def _thousands(cell: Cell, place: Place) -> Cell:
    if not isinstance(cell, int):
        return None
    whole, cents = money(cell).split(".")
    return f"{int(whole):,}.{cents}" if len(whole) > 3 else None


def _per_mille(text: str) -> str:
    return f"{float(text.rstrip('%')) * 10:.2f}‰"


def _about(cell: Cell, place: Place) -> Cell:
    return f"约{cell}" if isinstance(cell, int) else None


KINDS: tuple[Kind, ...] = (
    Kind("date_dots", "date", "mended", _day_parts("{0}.{1}.{2}")),
    Kind("date_dashes", "date", "mended", _day_parts("{0}-{1}-{2}")),
    Kind("date_slashes", "date", "mended", _day("%Y/%m/%d")),
    Kind("date_plain", "date", "mended", _day("%Y%m%d")),
    Kind("date_chinese", "date", "mended", _day_parts("{0}年{1}月{2}日")),
    Kind("date_serial", "date", "mended", _serial),
    Kind("date_with_midnight", "date", "mended", _day("%Y-%m-%d 00:00:00")),
    Kind("date_impossible", "date", "quarantine", _impossible),
    Kind("hour_half_day", "time", "mended", _clock("{y}.{m}.{d} {half}{hh}：{mm}")),
    Kind("hour_chinese", "time", "mended", _clock("{y}年{m}月{d}日{h}时{mm}分")),
    Kind("hour_slashes", "time", "mended", _clock("{y}/{m}/{d} {h}:{mm}:00")),
    Kind("hour_gone", "time", "empty", _hour_gone),
    Kind("date_without_year", "time", "quarantine", _no_year),
    Kind("full_width", "code", "mended", _text(lambda t: t.translate(FULL_WIDTH))),
    Kind("apostrophe", "code", "mended", _text(lambda t: "'" + t)),
    Kind("lower_case", "uscc", "mended", _text(str.lower)),
    Kind("unseen_characters", "name", "mended", _unseen),
    Kind("unseen_characters_in_town", "town", "mended", _unseen),
    Kind("broken_name", "name", "variant", _broken),
    Kind("broken_town", "town", "variant", _broken),
    Kind("lower_x", "id", "mended", _lower_x),
    Kind("id_digits_lost", "id", "quarantine", _digits_lost),
    Kind("uscc_missing", "uscc", "empty", _missing),
    Kind("uscc_placeholder", "uscc", "empty", _placeholder),
    Kind("uscc_is_org_code", "uscc", "quarantine", _org_code),
    Kind("uscc_is_insurance_number", "uscc", "quarantine", _insurance_number),
    Kind("uscc_wrong_digit", "uscc", "quarantine", _wrong_digit),
    Kind("placeholder", "free", "empty", _placeholder),
    Kind("name_variant", "name", "variant", _name_variant),
    Kind("old_name", "name", "variant", _old_name),
    Kind("town_suffix", "town", "variant", _town),
    Kind("industry_as_text", "industry", "mended", _text(lambda t: TITLES.get(t, t))),
    Kind("industry_without_letter", "industry", "mended", _text(lambda t: t[1:])),
    Kind("thousands", "money", "mended", _thousands),
    Kind("per_mille", "rate", "mended", _text(_per_mille)),
    Kind("about", "count", "quarantine", _about),
)
