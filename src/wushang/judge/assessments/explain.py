"""Why a case, a township … has its outcome: from what was kept with it, so that it answers the same for ever."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from wushang.judge.assessments.measures import measure_of
from wushang.judge.assessments.models import Assessment
from wushang.judge.explain import Met, Threshold, decided, looked_at, met, threshold
from wushang.judge.language.tree import Value
from wushang.judge.pack import Pack
from wushang.judge.prose import measure_title, title
from wushang.judge.worked import WorkedScore, said, scores


@dataclass(frozen=True)
class Looked:
    """One number that was looked at; `told`: how it is reckoned, or that the place reported it."""

    title: str
    value: Value
    shown: str
    unit: str
    told: str


@dataclass(frozen=True)
class Because:
    """Everything that decided an assessment."""

    name: str
    outcome: str
    title: str
    before: str
    clause: str
    met: list[Met]
    counted: list[Looked]
    thresholds: list[Threshold]
    as_of: date
    commit: int
    policy: str
    policy_title: str
    version: int
    digest: str
    scores: list[WorkedScore]

    def to_json(self) -> dict[str, Any]:
        return asdict(self) | {"as_of": self.as_of.isoformat(), "thresholds": [asdict(one) | {"since": str(one.since)} for one in self.thresholds]}


def because(one: Assessment) -> Because:
    version, pack = one.version, one.version.pack
    used = looked_at(pack, one)
    return Because(
        name=one.name, outcome=one.outcome, title=title(pack, one.outcome), before=title(pack, one.before), clause=one.clause,
        met=met(pack, one) if one.outcome else [], counted=list(counted(pack, one)),
        thresholds=[threshold(pack, name, one) for name in pack.parameters if name in used], as_of=one.as_of, commit=one.commit,
        policy=one.policy, policy_title=version.title, version=version.number, digest=version.digest,
        scores=scores(pack, decided(pack, one), one.settings | one.values),
    )  # fmt: skip


def counted(pack: Pack, one: Assessment) -> list[Looked]:
    """Measures, what the place reported, and what the rule reckons of both."""
    measured = [(measure_title(use), one.values.get(code), measure_of(use.measure).unit, str(measure_of(use.measure).formula)) for code, use in pack.measures.items()]
    told = [(told.title, one.values.get(code), told.unit, _("本地填报")) for code, told in pack.inputs.items()]
    figures = [(figure.title, one.figures.get(code), figure.unit, _("按规则计算")) for code, figure in pack.figures.items()]
    return [Looked(name, value, said(value), unit, how) for name, value, unit, how in (*measured, *told, *figures)]
