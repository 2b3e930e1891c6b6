"""A board (板块) of the theme library: which published tables it holds and how their columns are called. One yaml file in
`boards/` each, found by being there. What a source's own yaml says of a column is not said again."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict, Field


class Strict(BaseModel):
    """Unknown words in a yaml are mistakes, not extras."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Said(Strict):
    """What a board says of one column, where its source does not say it."""

    title: str = ""
    of: str | None = None  # the source's field it comes from; None: the field of the same name; '': none
    type: str = ""
    unit: str = ""
    codes: str | None = None
    words: dict[str, str] = {}
    close: bool = False  # of one row it tells too much of a person, though a figure may be split by it


class Listed(Strict):
    """One published table of pool.tables as the library shows it."""

    name: str
    title: str
    says: str
    sources: list[str]  # whose files become its rows; none: the platform's own work
    by: str = ""  # the date that says which month a row belongs to; '': a register without months
    without: str = ""  # rows where this column is filled are left out
    columns: dict[str, Said]


class Link(Strict):
    """Another page that belongs to the board, for who has the verb."""

    title: str
    url: str
    verb: str


class Board(Strict):
    """One board: its sentence, its tables, its code lists; `checked` are sources kept for matching alone, without rows here."""

    id: str
    title: str
    rank: int
    says: str
    tables: list[Listed] = []
    codes: dict[str, str] = {}  # list of terms.codes → what it is called
    checked: list[str] = []
    links: list[Link] = Field(default=[])


@cache
def boards() -> dict[str, Board]:
    """Every board, in its order."""
    found = [Board(**yaml.safe_load(file.read_text("utf-8"))) for file in files("wushang.analyse.library.boards").iterdir()
             if file.name.endswith(".yaml")]  # fmt: skip
    return {board.id: board for board in sorted(found, key=lambda board: board.rank)}


def list_title(name: str) -> str:
    """What a code list is called on the board that offers it."""
    return next((board.codes[name] for board in boards().values() if name in board.codes), name)
