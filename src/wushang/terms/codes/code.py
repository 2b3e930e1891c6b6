"""One entry of a dated code list, and the lists as they lie in the csv files beside this one."""

import csv
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files

_OWN_COLUMNS = {"code", "name", "parent", "valid_from", "valid_to", "source", "checked", "aliases"}
_BLANK = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]")


@dataclass(frozen=True)
class Code:
    """A code with its name, the dates between which it is valid (both included), and where it comes from."""

    code: str
    name: str
    parent: str
    valid_from: date
    valid_to: date | None
    source: str
    checked: date
    aliases: tuple[str, ...] = ()
    extra: Mapping[str, str] = field(default_factory=dict, hash=False)

    def valid(self, on: date) -> bool:
        """Whether the code may be used for something that happened on that day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)

    def __str__(self) -> str:
        return self.name


def normal(text: str) -> str:
    """A name as typed in; half-width, small letters, no blanks out: the form in which names are compared."""
    return _BLANK.sub("", unicodedata.normalize("NFKC", text)).casefold()


def table(name: str) -> list[dict[str, str]]:
    """The raw rows of one csv file of this folder."""
    with (files(__package__) / f"{name}.csv").open(encoding="utf-8") as rows:
        return list(csv.DictReader(rows))


@cache
def entries(list_name: str) -> tuple[Code, ...]:
    """All entries of a list, of all times, in the order of the standard."""
    if list_name not in names():
        raise ValueError(f"unknown code list {list_name!r}: use one of {', '.join(names())}")
    return tuple(_code(row) for row in table(list_name))


@cache
def names() -> tuple[str, ...]:
    """The lists that there are: each csv file with the columns code to checked is one, found by being there."""
    stems = sorted(file.name[:-4] for file in files(__package__).iterdir() if file.name.endswith(".csv"))
    return tuple(stem for stem in stems if {"code", "name", "parent"} <= set(table(stem)[0]))


def _code(row: dict[str, str]) -> Code:
    return Code(
        code=row["code"],
        name=row["name"],
        parent=row["parent"],
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
        source=row["source"],
        checked=date.fromisoformat(row["checked"]),
        aliases=tuple(alias for alias in row.get("aliases", "").split("|") if alias),
        extra={column: value for column, value in row.items() if column not in _OWN_COLUMNS},
    )
