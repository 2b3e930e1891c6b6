"""What a workbook says beside its values: errors, formulas, percent formats, hidden rows and columns, 1904 days, macros."""

from __future__ import annotations

from dataclasses import dataclass, field

Place = tuple[int, int]  # line and column, counted from 0


@dataclass
class Oddities:
    """Of one sheet."""

    errors: dict[Place, str] = field(default_factory=dict)  # #N/A …, which the reader gives as blank
    formulas: int = 0
    bare: dict[Place, str] = field(default_factory=dict)  # formulas whose result the file does not hold
    percents: set[Place] = field(default_factory=set)  # numbers shown as percent
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)


@dataclass
class Anatomy:
    """Of the whole workbook; `sheets` by name, only where a sheet has something to say."""

    sheets: dict[str, Oddities] = field(default_factory=dict)
    since_1904: bool = False
    macros: bool = False
    hidden: bool = False  # something is hidden, without saying where
    links: bool = False  # values taken from other workbooks, as they were last seen


def letters(place: int) -> str:
    """0 → A, 25 → Z, 26 → AA."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(65 + rest) + name
    return name


def several(numbers: set[int]) -> str:
    """{4, 5, 6, 8} → '第 5—7、9 行' without the words: runs of numbers counted from 1, at most six."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    said = [f"{a + 1}" if a == b else f"{a + 1}—{b + 1}" for a, b in runs[:6]]
    return "、".join(said) + (" 等" if len(runs) > 6 else "")
