"""Why was this unit warned: counts, dates, headcount, threshold, clause, version, commit. No names of people."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from wushang.analyse.injuries import injuries
from wushang.analyse.measures import Ask, measures
from wushang.analyse.measures.average_headcount import value as average_headcount
from wushang.judge import worked
from wushang.judge.judging import ask
from wushang.judge.language.tree import Arithmetic, Comparison, Figure, Name, Part, Value
from wushang.judge.models import Assessment, Finding
from wushang.judge.pack import Pack, plain
from wushang.judge.prose import live, measure_title, sent, sign_said, title
from wushang.judge.worked import WorkedScore
from wushang.pool import reading
from wushang.pool.models import EnterpriseVersion
from wushang.pool.reading import Pool
from wushang.terms.period import Period

SIGNS = {"+": "＋", "-": "－", "*": "×", "/": "÷"}
GRAVE = {"serious_cases": "serious", "fatal_cases": "fatal"}  # measure → the severity it counts


@dataclass(frozen=True)
class Measured:
    """One number that was looked at, over what, and the days that make it up."""

    code: str
    title: str
    value: Value
    shown: str
    unit: str
    window: Period | None
    basis: str
    scope: str
    days: list[date]
    formula: str
    note: str
    severity: str = ""  # what it counts alone: serious, fatal


@dataclass(frozen=True)
class Threshold:
    """One parameter that was used, with its words."""

    code: str
    title: str
    value: Value
    shown: str
    unit: str
    since: date | None
    basis: str
    words: str


@dataclass(frozen=True)
class Met:
    """One comparison of the condition and whether it held: 本年累计工伤事故起数 3 ≥ 3."""

    text: str
    holds: bool


@dataclass(frozen=True)
class Reasons:
    """Everything that decided a finding."""

    outcome: str
    title: str
    before: str
    clause: str
    when: str
    met: list[Met]
    measured: list[Measured]
    thresholds: list[Threshold]
    headcount: float | None
    as_of: date
    commit: int
    cause: str
    policy: str
    policy_title: str
    version: int
    digest: str
    effective_from: date | None
    may_warn: bool
    unit: str  # its name then
    scores: list[WorkedScore]  # how the scores that decided came about
    sent: str  # 由安委办发给单位, as the rule says; '' where it names nobody

    def to_json(self) -> dict[str, Any]:
        """Plain values; dates as text."""
        return _plain(asdict(self))


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value if isinstance(value, str | int | float | bool | None) else str(value)


def why(finding: Finding) -> Reasons:
    """A finding in, its reasons out, from the facts known at its commit."""
    version, pack = finding.version, finding.version.pack
    pool = reading.for_enterprises([finding.enterprise_id], finding.commit)
    outcome = pack.outcome(finding.outcome)
    used = looked_at(pack, finding)
    return Reasons(
        outcome=finding.outcome, title=title(pack, finding.outcome), before=title(pack, finding.before),
        clause=finding.clause, when=outcome.when if outcome else "",
        met=met(pack, finding) if outcome else [],
        measured=[measured(pack, name, finding, pool) for name in pack.measures if name in used],
        thresholds=[threshold(pack, name, finding) for name in pack.parameters if name in used],
        headcount=headcount(pool, finding.enterprise_id, finding.as_of), as_of=finding.as_of, commit=finding.commit,
        cause=finding.cause, policy=version.policy, policy_title=version.title, version=version.number,
        digest=version.digest, effective_from=version.effective_from, may_warn=finding.may_warn, unit=named(finding),
        scores=worked.scores(pack, decided(pack, finding), finding.settings | finding.values), sent=sent_by(pack, finding),
    )  # fmt: skip


def named(finding: Finding) -> str:
    """The unit's name as it was known then: a page of years ago speaks of whom it spoke of."""
    then = EnterpriseVersion.objects.as_of(finding.commit).filter(enterprise=finding.enterprise_id).values_list("name", flat=True)
    now = EnterpriseVersion.objects.current().filter(enterprise=finding.enterprise_id).values_list("name", flat=True)
    return then.first() or now.first() or ""


def decided(pack: Pack, finding: Finding | Assessment) -> Part | None:
    """The condition of its outcome, as far as it is switched on."""
    return live(pack.conditions[finding.outcome].top, pack, finding.settings) if finding.outcome in pack.conditions else None


def sent_by(pack: Pack, finding: Finding) -> str:
    """Who warns whom (谁向谁发), by the parameters as the finding kept them."""
    case = pack.cases.get(finding.outcome)
    return sent(case, finding.settings) if case else ""


def looked_at(pack: Pack, finding: Finding | Assessment) -> frozenset[str]:
    """The names that took part: without local supplements that are off; all of them where the outcome fell away."""
    outcomes = [finding.outcome] if finding.outcome else [outcome.code for outcome in pack.outcomes]
    parts = [live(pack.conditions[code].top, pack, finding.settings) for code in outcomes]
    return frozenset(one.name for part in parts if part for one in part.parts() if isinstance(one, Name))


def measured(pack: Pack, name: str, finding: Finding, pool: Pool) -> Measured:
    use = pack.measures[name]
    measure, asked, value = measures()[use.measure], ask(use, finding.as_of), finding.values.get(name)
    return Measured(
        name, measure_title(use), value, _("缺数") if value is None else plain(value), measure.unit,
        None if use.window == "open" else asked.period, use.basis, use.scope, days(pool, use.measure, asked, finding.enterprise_id),
        str(measure.formula), use.note, GRAVE.get(use.measure, ""),
    )  # fmt: skip


def days(pool: Pool, code: str, asked: Ask, enterprise: int) -> list[date]:
    """The days that a measure counted: of accidents by its basis, or on which hazards were found."""
    if code == "disease_hazards":
        rows = pool.table("disease_hazards")
        rows = rows.filter(rows.enterprise == enterprise, rows.opened <= asked.as_of)
        rows = rows.filter(rows.closed.isnull() | (rows.closed > asked.as_of))
        return sorted(pool.fetch(rows.select(day="opened"))["day"].to_pylist())
    if not measures()[code].of_injuries:
        return []
    rows = injuries(pool, asked)
    rows = rows.filter(rows.enterprise == enterprise)
    rows = rows.filter(rows.severity == GRAVE[code]) if code in GRAVE else rows
    keys = ["event"] if code == "injury_events" else ["injury"]
    return sorted(pool.fetch(rows.group_by(keys).agg(day=rows[asked.basis].min()))["day"].to_pylist())


def threshold(pack: Pack, name: str, finding: Finding | Assessment) -> Threshold:
    parameter = pack.parameters[name]
    dated = parameter.on(finding.as_of)
    value, grounds = finding.settings.get(name), dated.grounds if dated else None
    words = (grounds.clause or grounds.why) if grounds else ""
    return Threshold(
        name, parameter.title, value, plain(value), "" if parameter.kind == "flag" else parameter.unit,
        dated.start if dated else None, grounds.basis if grounds else "", words,
    )  # fmt: skip


def headcount(pool: Pool, enterprise: int, as_of: date) -> float | None:
    """The average insured headcount of the year so far, shown beside every count."""
    rows = pool.fetch(average_headcount(pool, Ask(as_of))).to_pylist()
    return next((row["value"] for row in rows if row["enterprise"] == enterprise), None)


def met(pack: Pack, finding: Finding | Assessment) -> list[Met]:
    """Each comparison of the condition with the numbers put in."""
    known = finding.settings | finding.values
    top = decided(pack, finding)
    return [
        Met(f"{side(pack, part.left, known)} {sign_said(pack, part.sign, part.left)} {side(pack, part.right, known)}", holds(part, known))
        for part in (top.parts() if top else ())
        if isinstance(part, Comparison)
    ]


def holds(part: Part, known: dict[str, Value]) -> bool:
    from wushang.judge.language.scalar import holds as scalar

    return scalar(part, known)


def name_title(pack: Pack, name: str) -> str:
    if name in pack.figures:
        return pack.figures[name].title
    if name in pack.inputs:
        return pack.inputs[name].title
    return measure_title(pack.measures[name]) if name in pack.measures else pack.parameters[name].title


def side(pack: Pack, part: Part, known: dict[str, Value]) -> str:
    from wushang.judge.language.scalar import number

    titles = "、".join(name_title(pack, one.name) for one in part.written() if isinstance(one, Name | Figure))
    shown = worked.said(number(part, known))
    if isinstance(part, Arithmetic) and titles:
        return f"{formula(pack, part, known)} ＝ {shown}"
    return f"{titles} {shown}" if titles else shown


def formula(pack: Pack, part: Part, known: dict[str, Value]) -> str:
    """全域近12个月千人负伤率 14.6 × 倍数 1.3."""
    if not isinstance(part, Arithmetic):
        return side(pack, part, known)
    sides = [formula(pack, one, known) for one in (part.left, part.right)]
    if part.sign in "*/":
        sides = [f"（{said}）" if isinstance(one, Arithmetic) and one.sign in "+-" else said for one, said in zip((part.left, part.right), sides, strict=True)]
    return f"{sides[0]} {SIGNS[part.sign]} {sides[1]}"
