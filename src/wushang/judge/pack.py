"""A policy as read from its file: dated parameters with their clauses, measures, outcomes, the case, examples.

The text is the truth: `Pack.text` is kept byte for byte, and everything here is read from it (`pack_reader`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from django.utils.translation import gettext as _

from wushang.judge.language import Condition, Kind, read
from wushang.judge.language.tree import Part, Value
from wushang.judge.subject import CASE, ENTERPRISE, Input

if TYPE_CHECKING:
    from wushang.judge.figure import Figure

FLAG_UNIT = "是否"
Basis = Literal["document", "platform_default", "place"]


@dataclass(frozen=True)
class Grounds:
    """Why a value is what it is: the document's own words, our default with its reason, or a place's own document."""

    basis: str
    clause: str = ""
    why: str = ""
    document: str = ""
    line: int = 0


@dataclass(frozen=True)
class Dated:
    """A value from a day on, until the next one begins or until its own last day."""

    start: date
    end: date | None
    value: Value
    grounds: Grounds
    line: int = 0
    own: bool = False  # the place's value; `was` is what the file had before
    was: Value = None

    def holds_on(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day <= self.end)


@dataclass(frozen=True)
class Parameter:
    code: str
    title: str
    unit: str
    values: tuple[Dated, ...]
    own_basis: bool = False  # to switch it on a place must record its own basis
    line: int = 0

    @property
    def kind(self) -> Kind:
        return "flag" if self.unit == FLAG_UNIT else "number"

    def on(self, day: date) -> Dated | None:
        """What holds on a day; None where nothing was laid down."""
        held = [dated for dated in self.values if dated.holds_on(day)]
        return max(held, key=lambda dated: dated.start, default=None)


@dataclass(frozen=True)
class Use:
    """A measure as the policy asks for it."""

    code: str
    measure: str
    window: str
    basis: str
    scope: str
    status: str
    note: str = ""
    line: int = 0
    of: str = ""  # AREA: not of the group that is judged, but of the whole area (全县平均)

    @property
    def same_injuries(self) -> tuple[str, str, str, str]:
        """Two uses that look at the same injuries share this."""
        return self.window, self.basis, self.scope, self.status


@dataclass(frozen=True)
class Top:
    """The first N of those for whom the condition holds; no N means all of them. `places`: first the sum of their places
    by each of these names, times its weight (a parameter); the least sum is the first (domain.md C6, rank sum)."""

    count: str
    by: tuple[str, ...]
    ties: str = "include"
    places: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Outcome:
    code: str  # red, key, serious …
    kind: Literal["level", "list", "referral"]
    title: str
    when: str
    then: tuple[str, ...]
    clause: str
    top: Top | None = None
    line: int = 0


@dataclass(frozen=True)
class Clock:
    """How long a step may take, from what moment; no length means as often as told (`every`)."""

    step: str
    length: str
    start: str
    grounds: Grounds
    rounds: int | None = None
    every: str = ""


HEADCOUNT_PERCENT = 20  # 平台默认


@dataclass(frozen=True)
class Recheck:
    """效果评估: every parameter of the re-check that a document may leave open."""

    after: str
    start: str
    window: str
    scope: str
    fall_percent: float
    compare_with: str
    combination: str
    small_baseline: int
    lag: str
    grounds: Grounds
    headcount_percent: float | None = None  # None: the pack says nothing, the platform's default holds

    @property
    def headcount_limit(self) -> float:
        """The change of the average headcount in %, beyond which the pages say 分母大幅变化 (domain.md W2)."""
        return HEADCOUNT_PERCENT if self.headcount_percent is None else self.headcount_percent


@dataclass(frozen=True)
class Case:
    """What follows from an outcome: who issues what to whom, by when, what is asked back, what it costs in days."""

    outcome: str
    issuer: str
    addressees: tuple[str, ...]
    letter: str
    clocks: dict[str, Clock]
    remind: tuple[int, ...]
    recheck: Recheck | None
    staff_days: dict[str, float]
    line: int = 0
    switch: str = ""  # the parameter (是否) that, when it says yes, has `instead` issue: 镇（街、区）或行业主管部门
    instead: str = ""
    urgent: bool = False  # its messages to people outside wait for no hour of the day (发送时段)

    def issued_by(self, settings: Mapping[str, Value]) -> str:
        """The kind of department that issues, by the parameters' values."""
        return self.instead if self.switch and settings.get(self.switch) is True else self.issuer

    @property
    def days_of_work(self) -> float:
        """Person-days (人·天) that one piece takes."""
        return round(sum(self.staff_days.values()), 4)


@dataclass(frozen=True)
class Example:
    name: str
    given: tuple[dict[str, Value], ...]
    expect: tuple[str, ...]
    with_parameters: dict[str, Value] = field(default_factory=dict)
    as_of: date | None = None
    line: int = 0
    issuer: str = ""  # who issues then, where the example tells


@dataclass(frozen=True)
class Pack:
    id: str
    title: str
    issuer: str
    area: str
    subject: str
    run: tuple[str, ...]
    since: date
    checked_on: date
    checked_by: str
    source: dict[str, str]
    parameters: dict[str, Parameter]
    measures: dict[str, Use]
    inputs: dict[str, Input]
    figures: dict[str, Figure]
    outcomes: tuple[Outcome, ...]
    none_when: str
    cases: dict[str, Case]
    examples: tuple[Example, ...]
    text: str

    @cached_property
    def names(self) -> dict[str, Kind]:
        """What a `when` may use."""
        return self.given_names | dict.fromkeys(self.figures, "number")

    @cached_property
    def given_names(self) -> dict[str, Kind]:
        """What a figure may use: measures, inputs and parameters."""
        measured: dict[str, Kind] = dict.fromkeys(self.looked_at, "number")
        return measured | {parameter.code: parameter.kind for parameter in self.parameters.values()}

    @property
    def looked_at(self) -> tuple[str, ...]:
        """The names whose values differ from unit to unit: measures of the pool, and inputs that the place reports."""
        return (*self.measures, *self.inputs)

    @property
    def of_units(self) -> bool:
        """Whether it judges enterprises; everything else is assessed and warns nobody."""
        return self.subject == ENTERPRISE

    @property
    def of_cases(self) -> bool:
        return self.subject == CASE

    @property
    def shown_on(self) -> date:
        """The day whose values a page shows and a draft changes."""
        return max(self.since, self.checked_on)

    @cached_property
    def conditions(self) -> dict[str, Condition]:
        """The read conditions by outcome. Raises language.Mistake: a checked pack has none."""
        return {outcome.code: self.read(outcome.when) for outcome in self.outcomes}

    @cached_property
    def figure_parts(self) -> dict[str, Part]:
        """What each figure is made of. Raises language.Mistake."""
        return {code: figure.part(self.given_names) for code, figure in self.figures.items()}

    def read(self, text: str) -> Condition:
        """A condition with the pack's own names and figures. Raises language.Mistake."""
        return read(text, self.names, self.figure_parts)

    def settings(self, day: date) -> dict[str, Value]:
        """The parameters' values on a day; None where nothing holds or nothing was entered."""
        dated = {code: parameter.on(day) for code, parameter in self.parameters.items()}
        return {code: held.value if held else None for code, held in dated.items()}

    def documented(self, day: date) -> dict[str, Value]:
        """The values as the file had them before the place changed any: the examples are about these."""
        held = {code: parameter.on(day) for code, parameter in self.parameters.items()}
        return {code: (dated.was if dated.own else dated.value) if dated else None for code, dated in held.items()}

    def outcome(self, code: str) -> Outcome | None:
        return next((outcome for outcome in self.outcomes if outcome.code == code), None)

    def first(self, values: dict[str, Value], settings: dict[str, Value]) -> str:
        """The outcome of one unit, by the first condition that holds; '' for none. Ranks (Top) are not looked at."""
        known = settings | values
        return next((o.code for o in self.outcomes if self.conditions[o.code].holds(known)), "")

    @property
    def ranked(self) -> bool:
        """Whether an outcome needs all units at once (the first N)."""
        return any(outcome.top for outcome in self.outcomes)


def with_ends(values: list[Dated]) -> tuple[Dated, ...]:
    """A value without a last day of its own ends the day before the next begins."""
    ordered = sorted(values, key=lambda dated: dated.start)
    ends = [later.start - timedelta(days=1) for later in ordered[1:]] + [None]
    return tuple(dated if dated.end else replace(dated, end=end) for dated, end in zip(ordered, ends, strict=True))


def plain(value: Any) -> str:
    """A value as a page writes it: 2, 12.9, 是, 未填."""
    if value is None:
        return _("未填")
    if isinstance(value, bool):
        return _("是") if value else _("否")
    return f"{value:g}" if isinstance(value, float) else str(value)
