"""From a finding to a warning: it opens one, joins the open one, or raises it; a higher one follows an issued one.

One open warning per enterprise and policy. Not yet signed: it is raised in place with a new letter. Signed already: a new
warning at the higher level, and the older one is merged into it (并案) with its letter; it stands again if that is taken back.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.people.deed import Deed, Place, refuse
from wushang.people.models import one_at_a_time
from wushang.terms.level import Level
from wushang.warn import clocks, compose, issuing, judged, numbers, states, units, wording
from wushang.warn.models import Entry, Letter, Warning, WarningFinding


@dataclass
class DraftWarning(Deed):
    finding: Any
    again: bool = False  # the outcome fell back to this one

    verb = "warn.draft"
    title = gettext_lazy("起草预警")

    def where(self) -> tuple[Place, ...]:
        return (units.place_of(self.finding.enterprise_id),)

    def check(self) -> None:
        if why := judged.why_not(self.finding, self.again):
            raise refuse("no_warning", why)

    def act(self) -> Warning:
        one_at_a_time(f"warning.{self.finding.enterprise_id}")
        known = WarningFinding.objects.filter(finding=self.finding).exclude(part="fell_away").first()
        if known:  # the same finding again changes nothing
            self.warning = known.warning
            return self.warning
        level = judged.level_of(self.finding)
        assert level is not None  # checked by why_not
        held = self._held()
        if held is None:
            self.warning = self._open(level)
        elif level <= held.rank_level:
            self.warning = self._join(held)
        elif states.allows(held, "raise"):
            self.warning = self._raise(held, level)
        else:
            self.warning = self._follow(held, level)
        return self.warning

    def _held(self) -> Warning | None:
        same = Warning.objects.filter(enterprise=self.finding.enterprise_id, policy=self.finding.policy)
        return same.filter(state__in=states.OPEN).first()

    def _open(self, level: Level) -> Warning:
        today = timezone.localdate(self.at)
        warning = Warning.objects.create(
            enterprise_id=self.finding.enterprise_id, policy=self.finding.policy, version=self.finding.version,
            finding=self.finding, level=level.value, opened=self.at, mode=settings.WUSHANG_MODE,
            handler=self.actor.user, due=clocks.due("drafted", today),
        )  # fmt: skip
        self._attach(warning, "opened")
        self._letter(warning)
        self._record(warning, _("达到%(level)s条件，生成待起草件") % {"level": level.zh})
        return warning

    def _join(self, held: Warning) -> Warning:
        """The same level or a lower one: told in the record; a draft gets the new figures."""
        self._attach(held, "joined")
        if held.state == "drafted" and judged.level_of(self.finding) == held.rank_level:
            self._refresh(held)
        self._record(held, _("新的研判结果并入本件"))
        self._drop_proposal(held)
        return held

    def _drop_proposal(self, held: Warning) -> None:
        """What the platform proposed because the outcome fell away, it takes back when the outcome holds again; what a person
        proposed stays."""
        ours = held.withdrawal_proposed and held.findings.filter(part="fell_away", at=held.withdrawal_proposed).exists()
        if not ours or judged.level_of(self.finding) != held.rank_level:
            return
        held.withdrawal_proposed, held.withdrawal_why = None, ""
        held.save(update_fields=["withdrawal_proposed", "withdrawal_why"])
        self._record(held, _("又达到%(level)s条件，原来的撤回建议不再提") % {"level": held.rank_level.zh})

    def _refresh(self, held: Warning) -> None:
        """New figures for a draft; what a person has written stays."""
        letter = held.letter
        touched = {name for edit in letter.edits.all() for name in edit.changes}
        held.finding, held.version = self.finding, self.finding.version
        held.save(update_fields=["finding", "version"])
        fresh = compose.values(held, letter.kind)
        letter.values = {**letter.values, **{k: v for k, v in fresh.items() if k not in touched}}
        letter.save(update_fields=["values"])

    def _raise(self, held: Warning, level: Level) -> Warning:
        """Not signed yet: the same case at the higher level, drafted anew."""
        before = held.rank_level.zh
        states.move(held, "raise")
        held.level, held.finding, held.version = level.value, self.finding, self.finding.version
        held.due = clocks.due("drafted", timezone.localdate(self.at))
        held.save(update_fields=["level", "finding", "version", "due"])
        held.steps.filter(live=True).update(live=False)
        for letter in held.letters.filter(purpose="main", dropped=False):
            numbers.cancel(letter, self.at, _("预警升级，文书重拟"))
        held.letters.filter(purpose="main").update(dropped=True)
        self._attach(held, "raised")
        self._letter(held)
        self._record(held, _("由%(before)s升为%(after)s，文书重新起草") % {"before": before, "after": level.zh})
        return held

    def _follow(self, held: Warning, level: Level) -> Warning:
        """Signed already: the older case is merged into the new one, not doubled."""
        states.move(held, "merge")
        held.ended, held.due = self.at, None
        held.end_reason = _("升为%(level)s，并入新件") % {"level": level.zh}
        held.save(update_fields=["ended", "due", "end_reason"])
        warning = self._open(level)
        held.merged_into = warning
        held.save(update_fields=["merged_into"])
        self._record(held, _("并入第 %(n)d 件（%(level)s）") % {"n": warning.pk, "level": level.zh})
        self._record(warning, _("第 %(n)d 件（%(level)s）并入本件") % {"n": held.pk, "level": held.rank_level.zh})
        return warning

    def _letter(self, warning: Warning) -> Letter:
        kind = judged.letter_kind(self.finding)
        house = issuing.bureau(self.finding)
        return Letter.objects.create(
            warning=warning, kind=kind, title=wording.letter(kind).title, issuer=house.name if house else "", bureau=house,
            values=compose.values(warning, kind), created=self.at,
        )  # fmt: skip

    def _attach(self, warning: Warning, part: str) -> None:
        WarningFinding.objects.create(warning=warning, finding=self.finding, part=part, at=self.at)

    def _record(self, warning: Warning, text: str) -> None:
        Entry.objects.create(warning=warning, at=self.at, name=str(_("研判")), text=text)

    def subject(self) -> str:
        return f"warning:{self.warning.pk}" if hasattr(self, "warning") else f"finding:{self.finding.pk}"

    def said(self) -> dict:
        return {"finding": self.finding.pk, "outcome": self.finding.outcome}
