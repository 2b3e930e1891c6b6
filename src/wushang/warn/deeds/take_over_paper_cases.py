"""接续纸质件: old warnings come in with their paper number, dates and state. Nothing is sent, no number of ours is used."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.collect import shelf
from wushang.judge.deeds.take_over_findings import TakeOverFindings
from wushang.judge.models import Finding, PolicyVersion
from wushang.people.actor import Actor
from wushang.people.deed import Deed, Place, refuse
from wushang.people.models import one_at_a_time
from wushang.people.scope import Scope
from wushang.warn import issuing, judged, numbers, paper, states, wording
from wushang.warn.models import Entry, Letter, PaperCase, PaperImport, Warning


@dataclass
class TakeOverPaperCases(Deed):
    """`version`: the rule under which the platform goes on with them."""

    content: bytes
    file_name: str
    version: PolicyVersion

    verb = "warn.take_over"
    title = gettext_lazy("接续纸质件")

    def where(self) -> tuple[Place, ...]:
        return ((self.version.region, "", None),)

    def check(self) -> None:
        one_at_a_time("paper_cases")
        self.read = paper.read(self.content, self.file_name, self.actor.scope, self.at)
        self._leave_out()
        if not self.read.found:
            raise refuse("nothing", _("没有可以接续的件。"), _("请看各行的原因，改好后再来。"), value=self.file_name)

    def _leave_out(self) -> None:
        """Cases that may not become one of this rule: a level it has no letter for, a unit that has a case already."""
        busy = Warning.objects.filter(policy=self.version.policy, state__in=states.OPEN)
        held = dict(busy.values_list("enterprise", "pk"))
        for one in list(self.read.found):
            why = ""
            if not judged.letter_at(self.version.pack, one.level):
                why = _("规则“%(title)s”没有这个等级的文书。") % {"title": self.version.title}
            elif one.open and one.enterprise in held:
                why = _("本单位按同一规则已有一件在办（第 %(n)d 件）。") % {"n": held[one.enterprise]}
            if why:
                self.read.found.remove(one)
                self.read.left.append(paper.Left(one.row, one.name, why, _("请核对，或改选规则。")))

    def act(self) -> PaperImport:
        read = self.read
        brought = PaperImport.objects.create(
            file_name=self.file_name[:200], digest=shelf.keep_file(self.content), version=self.version, at=self.at,
            name=self.actor.name, rows=read.rows, taken=len(read.found), refused=[one.to_json() for one in read.left],
        )  # fmt: skip
        system = Actor(self.actor.user, self.actor.name, Scope.system(), self.actor.via)
        cases = [(one.enterprise, one.level, one.issued) for one in read.found]
        findings = TakeOverFindings(system, self.at, self.version, cases).do()
        held: dict[int, Warning] = {}
        for one, finding in zip(read.found, findings, strict=True):
            self._follow(held.get(one.enterprise) if one.open else None, one)
            warning = self._one(brought, one, finding)
            if one.open:
                held[one.enterprise] = warning
        self._brought = brought
        return brought

    def _follow(self, older: Warning | None, one: paper.Found) -> None:
        """One open case a unit and rule: the older letter is merged into the newer (并案)."""
        if older:
            states.move(older, "merge")
            older.ended, older.due = self.at, None
            older.end_reason = _("并入同单位的 %(number)s") % {"number": one.number}
            older.save(update_fields=["ended", "due", "end_reason"])

    def _one(self, brought: PaperImport, one: paper.Found, finding: Finding) -> Warning:
        state = "closed" if not one.open else "acknowledged" if one.delivered else "issued"
        delivered = one.delivered or (one.issued if one.closed else None)
        warning = Warning.objects.create(
            enterprise_id=one.enterprise, policy=self.version.policy, version=self.version, finding=finding,
            level=one.level, state=state, opened=moment(one.issued), mode=settings.WUSHANG_MODE, handler=self.actor.user,
            issued=moment(one.issued), delivered=delivered, acknowledged=moment(delivered) if delivered else None,
            ended=moment(one.closed) if one.closed else None, end_reason=_("接续前已在纸面办结") if one.closed else "",
        )  # fmt: skip
        self._letter(warning, one)
        PaperCase.objects.create(
            warning=warning, brought=brought, row=one.row, number=str(one.number), deadline=one.deadline,
            submitted=one.submitted, accepted=one.accepted, closed=one.closed,
        )  # fmt: skip
        Entry.objects.create(warning=warning, at=self.at, name=self.actor.name, text=_words(one))
        return warning

    def _letter(self, warning: Warning, one: paper.Found) -> None:
        """The letter is on paper: its number is entered in the register as typed, so that nobody gives it again."""
        kind, bureau = judged.letter_kind(warning.finding), issuing.bureau(warning.finding)
        letter = Letter.objects.create(
            warning=warning, kind=kind, title=wording.letter(kind).title, values={"enterprise": one.name},
            issuer=bureau.name if bureau else "", bureau=bureau, signed=one.issued, official="scan", created=self.at,
        )  # fmt: skip
        letter.number = str(numbers.take_typed(letter, bureau.code if bureau else "", str(one.number), self.at))
        letter.save(update_fields=["number"])

    def subject(self) -> str:
        return f"papers:{self._brought.pk}" if hasattr(self, "_brought") else "papers"

    def said(self) -> dict[str, Any]:
        return {"file": self._brought.digest, "rows": self.read.rows, "n": self._brought.taken}


def moment(day: date) -> datetime:
    """The start of a local day: paper knows days only."""
    return timezone.make_aware(datetime.combine(day, time.min))


def _words(one: paper.Found) -> str:
    said = [_("接续纸质件 %(number)s，发文 %(day)s") % {"number": one.number, "day": one.issued}]
    said += [_("送达 %(day)s") % {"day": one.delivered}] if one.delivered else []
    said += [_("期限 %(day)s") % {"day": one.deadline}] if one.deadline else []
    said += [_("办结 %(day)s") % {"day": one.closed}] if one.closed else []
    return "，".join(said)


@dataclass
class UndoTakeOver(Deed):
    """撤销接续: all cases of one file leave the desk; their numbers are free for the mended file."""

    brought: PaperImport
    reason: str

    verb = "warn.take_over"
    title = gettext_lazy("撤销接续")

    def where(self) -> tuple[Place, ...]:
        return ((self.brought.version.region, "", None),)

    def check(self) -> None:
        one_at_a_time("paper_cases")
        self.brought.refresh_from_db()
        if self.brought.undone:
            raise refuse("state", _("这一次接续已经撤销。"), _("不用再做什么。"))
        if len(self.reason.strip()) < 2:
            raise refuse("reason", _("没有写撤销的理由。"), _("例如“台账是旧版”。"), "reason")

    def act(self) -> PaperImport:
        for case in self.brought.cases.select_related("warning"):
            warning = case.warning
            if states.allows(warning, "untake"):
                states.move(warning, "untake")
                warning.ended, warning.due, warning.end_cause = self.at, None, "wrong_data"
                warning.end_reason = _("撤销接续：%(reason)s") % {"reason": self.reason.strip()}
                warning.save(update_fields=["ended", "due", "end_cause", "end_reason"])
            for letter in warning.letters.all():
                letter.numbers.filter(source="oa").delete()
            Entry.objects.create(warning=warning, at=self.at, name=self.actor.name, text=warning.end_reason)
        said = {"undone": self.at, "undone_by": self.actor.name, "reason": self.reason.strip()[:500]}
        PaperImport.objects.filter(pk=self.brought.pk).update(**said)
        self.brought.refresh_from_db()
        return self.brought

    def subject(self) -> str:
        return f"papers:{self.brought.pk}"

    def said(self) -> dict[str, Any]:
        return {"reason": self.reason}
