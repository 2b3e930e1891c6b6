"""What old paper warnings rest on: one finding each, apart from what the platform judges by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from wushang.judge.models import Finding, PolicyVersion, Run
from wushang.people.deed import Deed, Place
from wushang.pool.models.clock import latest

PAPER = "paper-cases"  # its own word: the standing of a unit under the real policy stays what was judged


@dataclass
class TakeOverFindings(Deed):
    """`cases` are unit, level and day of the letter; returns the findings in that order. They may never warn."""

    version: PolicyVersion
    cases: Sequence[tuple[int, str, date]]

    verb = "warn.take_over"
    title = _("接续纸质件")

    def where(self) -> tuple[Place, ...]:
        return ((self.version.region, "", None),)

    def act(self) -> list[Finding]:
        # commit 0: no facts were judged, so no later run waits for this one
        run = Run.objects.create(
            version=self.version, as_of=max(day for _unit, _level, day in self.cases), at=self.at, commit=0, road="paper",
            units=len(self.cases), digest=PAPER,
        )  # fmt: skip
        known, pack = latest(), self.version.pack
        made = [
            Finding(
                run=run, version=self.version, policy=PAPER, region=self.version.region, enterprise_id=unit, as_of=day,
                commit=known, at=self.at, outcome=level, kind="level", actions=_then(pack, level), cause="rule",
                clause=str(_("接续纸质件，按纸质文书办理")), historical=True, may_warn=False,
            )
            for unit, level, day in self.cases
        ]  # fmt: skip
        return Finding.objects.bulk_create(made)

    def subject(self) -> str:
        return f"policy:{self.version.pk}"

    def said(self) -> dict[str, Any]:
        return {"n": len(self.cases)}


def _then(pack: Any, level: str) -> list[str]:
    outcome = pack.outcome(level)
    return list(outcome.then) if outcome else []
