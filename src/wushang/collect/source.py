"""A source (报送表): what one department's file looks like. One yaml file in `sources/` each, found by being there."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from wushang.collect.cells.title import plain_title

Kind = Literal[
    "text",
    "identifier",
    "document",
    "date",
    "spans",
    "hour",
    "month",
    "integer",
    "money",
    "rate",
    "decimal",
    "duration",
    "code",
    "uscc",
    "id_number",
    "name",
    "phone",
]
NUMBERS = {"integer", "money", "rate", "decimal", "duration"}  # duration is in months, decimal in millionths
PERSONAL = {"id_number", "phone"}


class SourceWrong(Exception):
    """A source's yaml cannot be used; says which file, which place and what to do."""


class Strict(BaseModel):
    """Unknown words in a yaml are mistakes, not extras."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Column(Strict):
    """One column: how its header may read, what its cells hold."""

    titles: list[str] = Field(min_length=1)
    type: Kind
    required: bool = False
    personal: bool = False
    day_first: bool = False  # this file's dates are 31/12/2026; without it such dates wait, since 5/2 may be either
    future: bool = False  # a date that may rightly lie after the day of delivery (竣工, 有效期至)
    begins: str = ""  # a column of spans (中止起止) gives its first day to this field where that is empty,
    ends: str = ""  # and its last day to this one
    hour: str = ""  # a date column that also carries the hour gives it under this field
    codes: str = ""  # a dated list of terms.codes
    values: dict[str, str] = {}  # the words of this file itself, looked at first
    pattern: str = ""  # what a clean cell must look like
    pattern_says: str = ""  # the same for people: “应为 8 位数字”
    unknown: Literal["reject", "warn"] = "reject"  # a word that no list knows, a text unlike the pattern, no readable date
    unit: str = ""  # unit when neither header nor cell says one
    units: dict[str, str] = {}  # title without blanks → its unit, as a person said when mapping a file (对应列)
    min: int | None = None  # plausible range in the stored unit (fen, millionths, whole numbers)
    max: int | None = None
    missing: list[str] = []  # further words that mean "nothing here"
    keep: list[str] = []  # words that look like a placeholder but mean something here
    stand_in: str = ""  # where the file lacks this column, that field's column stands in for it
    share_of: str = ""  # this figure is a part of that field's figure
    jump: int = 0  # how many times the unit's last known figure make a person look twice; 0: not compared
    jump_from: int = 1  # the larger figure must reach this (stored unit): 2 people who become 20 are no news
    sums: Literal["", "stock", "cumulative_from_january"] = ""  # 期末数, 从年初累计; else of the period
    flow: str = ""  # the field that a figure 从年初累计 gives by difference where the file has several months
    upper_bound: bool = False  # “<0.3” (below what can be measured) is read as 0.3
    from_period: bool = False  # a month column that is absent or blank is the file's own month

    @model_validator(mode="after")
    def coded_by_something(self) -> Column:
        if self.type == "code" and not (self.codes or self.values):
            raise ValueError("a column of type code needs `codes` (a dated list) or `values` (words of this file)")
        if bool(self.pattern) != bool(self.pattern_says):
            raise ValueError("`pattern` and `pattern_says` go together: people read the second")
        if self.hour and self.type != "date":
            raise ValueError("`hour` belongs to a column of type date")
        if (self.type == "spans") != bool(self.begins and self.ends):
            raise ValueError("a column of type spans, and no other, needs `begins` and `ends`")
        if (self.day_first or self.future) and self.type != "date":
            raise ValueError("`day_first` and `future` belong to a column of type date")
        if self.flow and self.sums != "cumulative_from_january":
            raise ValueError("`flow` needs `sums: cumulative_from_january`")
        if self.from_period and self.type != "month":
            raise ValueError("`from_period` belongs to a column of type month")
        return self


class Product(Strict):
    """`result` should be `base` × `rate`, within one fen for each of `heads`."""

    base: str
    rate: str
    result: str
    heads: str


class Example(Strict):
    """Raw lines as a clerk writes them and what must come out; run as a test."""

    file_name: str = "example.csv"
    as_of: str
    raw: list[list[str]]
    accepted: list[dict[str, Any]] = []
    quarantined: dict[int, list[str]] = {}  # file row -> problem codes
    duplicates: list[int] = []


class Source(Strict):
    """What one file of one department looks like."""

    id: str
    title: str
    departments: list[str]
    rank: int = 100  # place in lists
    delivers: Literal["whole_period", "changes"]
    period: str = ""  # the column that says which period a row belongs to
    key: list[str] = Field(min_length=1)
    lands: str = ""  # the pool's table these rows become
    unit_name: str = ""  # the field that names the unit on pages
    summary: list[str] = []  # fields that tell a row in a few words
    event_date: str = ""  # code lists are read as of this date
    any_of: list[list[str]] = []
    totals: list[str] = []
    subtotal_in: str = ""  # a line that says 小计 or 合计 in this column is a sum of the lines above, no row
    constants: dict[str, str] = {}  # fields that no column holds: what every row of this file is (a kind of list)
    known_months: int = 3  # how far back figures are held against what was known: who was silent longer is not compared
    date_order: list[str] = []
    date_orders: list[list[str]] = []  # further orders, beside that one: 受理 ≤ 中止 ≤ 恢复 ≤ 决定
    product: Product | None = None
    columns: dict[str, Column]
    example: Example | None = None
    absent: list[str] = []  # needed fields whose column one file has not, as a person said (对应列); no yaml says so
    text: str = ""
    digest: str = ""

    @model_validator(mode="after")
    def names_known(self) -> Source:
        hours = {column.hour for column in self.columns.values() if column.hour}
        named = {
            *self.key,
            *self.totals,
            *self.summary,
            *self.date_order,
            *(field for group in [*self.any_of, *self.date_orders] for field in group),
        }
        named |= {self.period, self.event_date, self.unit_name, self.subtotal_in} - {""}
        named |= set(self.product.model_dump().values()) if self.product else set()
        named |= {name for c in self.columns.values() for name in (c.share_of, c.stand_in, c.flow, c.begins, c.ends) if name}
        if unknown := sorted(named - set(self.columns) - hours):
            raise ValueError(f"not a column of this source: {', '.join(unknown)}")
        if wrong := [field for field in self.totals if self.columns[field].type not in NUMBERS]:
            raise ValueError(f"a total must be a number column: {', '.join(wrong)}")
        if twice := sorted(set(self.constants) & set(self.columns)):
            raise ValueError(f"both a column and a constant: {', '.join(twice)}")
        if self.absent:
            raise ValueError("`absent` is said of one file by a person, never of a source")
        self.claimed_titles()
        return self

    def claimed_titles(self) -> dict[str, str]:
        """Header (plain form) → field; two columns that claim one header are a mistake."""
        found: dict[str, str] = {}
        for field, column in self.columns.items():
            for title in column.titles:
                plain = plain_title(title)
                if found.setdefault(plain, field) != field:
                    raise ValueError(f"header “{title}” is claimed by {found[plain]} and {field}")
        return found

    @property
    def personal(self) -> list[str]:
        """Fields that hold personal data."""
        return [name for name, column in self.columns.items() if column.personal or column.type in PERSONAL]


# Every scalar stays text: 2026-01-12 is what a clerk typed. libyaml is ten times faster, where the package has it.
TEXTS = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def load(text: str, name: str) -> Source:
    """The source in a yaml text; SourceWrong with the place where it is wrong."""
    try:
        data = yaml.load(text, TEXTS)  # noqa: S506
        source = Source(**data, text=text, digest=hashlib.sha256(text.encode()).hexdigest())
    except ValidationError as wrong:
        places = "; ".join(f"{'.'.join(str(part) for part in e['loc']) or 'file'}: {e['msg']}" for e in wrong.errors())
        raise SourceWrong(f"source {name}: {places}") from wrong
    except (yaml.YAMLError, TypeError, ValueError) as wrong:
        raise SourceWrong(f"source {name}: {wrong}") from wrong
    if source.id != name:
        raise SourceWrong(f"source {name}: its id is “{source.id}”; the id must be the file's name")
    return source


@cache
def shipped() -> dict[str, Source]:
    """Every source we ship, by id."""
    found = sorted(files("wushang.collect.sources").iterdir(), key=lambda file: file.name)
    return {s.id: s for s in (load(f.read_text("utf-8"), f.name[:-5]) for f in found if f.name.endswith(".yaml"))}
