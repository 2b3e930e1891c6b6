"""What warn reads of a finding, in one place: level, window, clause, clocks, the values that decided, why it may not warn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from wushang.analyse.injuries import REACHED
from wushang.analyse.measures import Ask
from wushang.judge.explain import Met, met
from wushang.judge.file import reader
from wushang.judge.models import Finding
from wushang.judge.pack import Case, Pack
from wushang.judge.prose import measure_title
from wushang.pool.models import Commit
from wushang.terms.deadline import Length
from wushang.terms.level import Level
from wushang.terms.period import Period, window, window_title
from wushang.warn import actions, facts, units, wording

WINDOW_SAID = {"year_to_date": "今年", "month": "本月", "same_period_last_year": "去年同期"}


@dataclass(frozen=True)
class Told:
    """A finding's own frame: its day, its commit, the window and date basis in which its injuries were counted."""

    as_of: date
    commit: int
    period: Period
    window_title: str
    basis: str
    basis_said: str
    status: str = "reported"
    at_work: bool = True


def pack_of(finding: Finding) -> Pack:
    """The rule as it was approved, whatever a check would say of its text today."""
    return reader.pack_of(finding.version.text)


def level_of(finding: Finding) -> Level | None:
    """The finding's level; None for lists and referrals and for nothing."""
    return Level(finding.outcome) if finding.kind == "level" and finding.outcome in set(Level) else None


def words_of(finding: Finding) -> list[str]:
    """The words of `then:`."""
    return list(finding.actions)


def rules_of(finding: Finding) -> Case | None:
    """The `case:` section of the outcome: who issues what to whom, by when."""
    return pack_of(finding).cases.get(finding.outcome)


def letter_kind(finding: Finding) -> str:
    """The letter that the rule names, else the one its measures ask for; '' for none."""
    rules = rules_of(finding)
    return (rules.letter if rules else "") or actions.letter_of(words_of(finding))


def letter_at(pack: Pack, level: str) -> str:
    """The same of a level that nobody has found yet."""
    outcome, rules = pack.outcome(level), pack.cases.get(level)
    return (rules.letter if rules else "") or (actions.letter_of(list(outcome.then)) if outcome else "")


def issuer_kind(finding: Finding) -> str:
    """The kind of department that issues, as the rule says."""
    rules = rules_of(finding)
    return rules.issued_by(finding.settings) if rules else "hrss"


def told(finding: Finding) -> Told:
    use = _use_of_injuries(finding)
    name = use.window if use and use.window != "open" else "year_to_date"
    return Told(
        as_of=finding.as_of,
        commit=finding.commit,
        period=window(name, finding.as_of),
        window_title=WINDOW_SAID.get(name) or "近" + name.removeprefix("last_").removesuffix("_months") + "个月",
        basis=use.basis if use and use.basis in ("occurred", "reported", "recognised") else "occurred",
        basis_said=basis_said(finding),
        status=use.status if use and use.status in REACHED else "reported",
        at_work=use.scope == "at_work" if use else True,
    )


def ask(told: Told) -> Ask:
    """The same frame as a question to a measure, so that others are counted as the unit itself was."""
    return Ask(told.as_of, basis=told.basis, scope="at_work" if told.at_work else "all", status=told.status, span=told.period)


def accidents(finding: Finding, years: int = 0) -> facts.Accidents:
    """The accidents that the finding's own measure counted; with `years` those of the same period some years before."""
    frame = told(finding)
    period = frame.period.shift_years(years)
    return facts.accidents(finding.enterprise_id, period, frame.commit, frame.basis, frame.status, frame.at_work)


def _use_of_injuries(finding: Finding) -> Any:
    """How the policy counts injuries: its first measure that is not a hazard."""
    uses = pack_of(finding).measures.values()
    return next(
        (use for use in uses if use.measure == "injury_events"), next((u for u in uses if u.window != "open"), None)
    )


def basis_said(finding: Finding) -> str:
    """依据: the document's title, as a letter quotes it."""
    source = pack_of(finding).source.get("document") or pack_of(finding).title
    return source if source.startswith("《") else f"《{source}》"


def clock(finding: Finding, step: str) -> Length | None:
    """The length that the policy gives a step of the case (report, plan, interview …)."""
    case = rules_of(finding)
    held = case.clocks.get(step) if case else None
    return Length.parse(held.length) if held and held.length else None


@dataclass(frozen=True)
class Decided:
    """One measure of the policy as the finding had it, and the comparisons that held or not."""

    code: str
    title: str
    window: str
    value: Any


def deciding(finding: Finding) -> list[Decided]:
    """口径: each measure of the policy with its window and the value it had; missing is said, not zero."""
    uses = pack_of(finding).measures.items()
    return [Decided(code, measure_title(use), window_title(use.window), finding.values.get(code)) for code, use in uses]


def compared(finding: Finding) -> list[Met]:
    """The comparisons of the outcome's condition with the numbers put in."""
    return met(pack_of(finding), finding) if finding.outcome else []


def why_not(finding: Finding, again: bool = False) -> str:
    """Why no warning may be drafted from this finding, in Chinese; '' when it may. `again`: its facts have warned already, at a
    higher level that was taken back, so that they need be no news."""
    version = finding.version
    if level_of(finding) is None or not letter_kind(finding):
        return _("这条研判结果只列名单，不生成预警。")
    if letter_kind(finding) not in wording.names():
        return _("规则写的文书“%(name)s”，平台没有这个样式。") % {"name": letter_kind(finding)}
    if version.mode != "full" or version.effective_from is None or finding.as_of < version.effective_from:
        return _("规则尚未启用，或者只算不发。")
    if finding.historical or not (finding.may_warn or again):
        return _("由历史数据得出，只计数，不生成预警。")
    if Commit.objects.filter(number=finding.commit, historical=True).exists():
        return _("由历史数据得出，只计数，不生成预警。")
    now = units.version_of(finding.enterprise_id)
    if now is None or now.provisional:
        return _("单位身份待确认，暂不预警。")
    if not facts.first_known(finding.enterprise_id, version.effective_from, finding.commit):
        return _("启用日期以后没有新的事故或隐患，不生成预警。")
    return ""
