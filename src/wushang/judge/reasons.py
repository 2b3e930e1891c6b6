"""What the 机器接口 says of why: the same of a finding (为什么预警) and of an assessment (为什么是这个评定结果)."""

from datetime import date

from ninja import Schema


class Figure(Schema):
    """A number that was looked at."""

    title: str
    value: float | None
    shown: str
    unit: str


class Threshold(Schema):
    """A parameter that was used, since when, and whose words it is."""

    code: str
    title: str
    value: float | bool | str | None
    shown: str
    unit: str
    since: date | None
    basis: str
    words: str


class Met(Schema):
    """One comparison with its numbers, and whether it held."""

    text: str
    holds: bool


class Line(Schema):
    """One line of a score."""

    title: str
    value: float | None
    shown: str
    words: str


class Score(Figure):
    """怎么算的: a score or an index with its lines."""

    lines: list[Line]


class Reasons(Schema):
    """What decided, in both."""

    outcome: str
    title: str
    before: str
    clause: str
    met: list[Met]
    thresholds: list[Threshold]
    scores: list[Score]
    as_of: date
    commit: int
    policy: str
    policy_title: str
    version: int
    digest: str
