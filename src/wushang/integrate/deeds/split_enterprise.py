"""分开: what stands under one unit belongs to two. The chosen facts move to a new identity as one more Commit; undo is one more."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from wushang.integrate import injuries
from wushang.integrate.deeds.merge_enterprises import current, place
from wushang.integrate.models import Alias, Candidate
from wushang.integrate.names import plain_name
from wushang.integrate.pairs import PARTED
from wushang.integrate.parting import Group, groups
from wushang.integrate.places import place_names
from wushang.integrate.undo import copy_of, undo
from wushang.people.deed import Deed, Place, refuse
from wushang.people.models import one_at_a_time
from wushang.pool import landing
from wushang.pool.models import Commit, Enterprise, EnterpriseVersion, FoundBy, Report
from wushang.terms.identifiers import is_uscc

SOME = 2000


@dataclass
class SplitEnterprise(Deed):
    """The facts of `chosen` groups become those of a new unit called `name`; returns the Commit."""

    mixed: Enterprise
    chosen: list[str]
    name: str
    reason: str
    uscc: str = ""
    _groups: list[Group] = field(default_factory=list, init=False)

    verb = "integrate.decide"
    title = _("单位分开")

    def where(self) -> tuple[Place, ...]:
        return (place(self.mixed),)

    def check(self) -> None:
        self.name, self.uscc = self.name.strip(), self.uscc.strip().upper()
        known = groups(self.mixed.pk)
        self._groups = [group for group in known if group.code in self.chosen]
        if current(self.mixed).merged_into_id:
            raise refuse("merged", _("这个单位已经归并。"), _("请先撤销归并。"))
        if not self._groups or len(self._groups) == len(known):
            raise refuse("nothing", _("没有选，或者全选了。"), _("请勾选属于另一家单位的记录，至少留下一组。"))
        if not self.name:
            raise refuse("name", _("没有写分出的单位名称。"), _("请写营业执照上的全称。"))
        if not self.reason.strip():
            raise refuse("reason", _("没有写分开的理由。"), _("请写明依据，例如“两份营业执照，已电话核实”。"))
        self._check_code()

    def _check_code(self) -> None:
        if self.uscc and not is_uscc(self.uscc):
            raise refuse("uscc", _("统一社会信用代码的校验位不对。"), _("请对照营业执照重新填写。"), "uscc", self.uscc)
        if self.uscc and EnterpriseVersion.objects.current().filter(uscc=self.uscc, merged_into=None).exists():
            raise refuse("taken", _("这个信用代码已经是别的单位的。"), _("请核对代码；确是同一家的，用单位归并。"), "uscc", self.uscc)

    def act(self) -> Commit:
        one_at_a_time("publish")  # what is published while the facts move would stay behind
        mixed, new = current(self.mixed), Enterprise.objects.create(created=self.at)
        commit = landing.start("split", f"分开：{mixed.name} → {self.name}", self.actor, self.at)
        moved = {injury for group in self._groups for injury in self._move(commit, group, new)}
        self._versions(commit, mixed, new)
        self._take_names(commit, new)
        injuries.derive(commit, moved)
        landing.publish(commit, self.at, [mixed.enterprise_id, new.pk])
        pair = {"left_id": new.pk, "right_id": mixed.enterprise_id, "reason": PARTED, "likeness": 0.0, "commit": commit}
        Candidate.objects.create(**pair, state="different", decided=self.at, decided_by=self.actor.user, remark=self.reason[:300])
        return commit

    def _move(self, commit: Commit, group: Group, new: Enterprise) -> set[int]:
        """Rows of a group under the new identity; returns the injuries they tell of."""
        told: set[int] = set()
        for start in range(0, len(group.rows), SOME):
            rows: list[Any] = list(group.model._default_manager.filter(pk__in=group.rows[start : start + SOME]).order_by("pk"))
            landing.claim(commit, group.model, [row.pk for row in rows])
            landing.load(commit, group.model, [copy_of(row, **self._instead(row, new)) for row in rows])
            told |= {row.injury_id for row in rows if isinstance(row, Report) and row.injury_id}
        return told

    def _instead(self, row: Any, new: Enterprise) -> dict[str, int]:
        names = ("employer_id", "host_id") if isinstance(row, Report) else ("enterprise_id",)
        moved = {name: new.pk for name in names if getattr(row, name) == self.mixed.pk}
        return moved | {"found_by": FoundBy.PERSON} if names[0] in moved else moved

    def _versions(self, commit: Commit, mixed: EnterpriseVersion, new: Enterprise) -> None:
        """The new unit has the place of the old one until its own register row comes; what was its own number goes with it."""
        number = next((group.number for group in self._groups if group.number), "")
        plain = plain_name(self.name, place_names())
        own = {"enterprise_id": new.pk, "name": self.name, "plain_name": plain, "uscc": self.uscc, "insurance_number": number}
        kept = {
            "insurance_number": "" if number and mixed.insurance_number == number else mixed.insurance_number,
            "former_names": [old for old in mixed.former_names if plain_name(old, place_names()) != plain],
        }
        landing.claim(commit, EnterpriseVersion, [mixed.pk])
        landing.load(commit, EnterpriseVersion, [
            copy_of(mixed, **kept), copy_of(mixed, **own, former_names=[], legal_person="", provisional=not self.uscc),
        ])  # fmt: skip

    def _take_names(self, commit: Commit, new: Enterprise) -> None:
        """The names and numbers of the chosen groups lead to the new unit from now on."""
        names = {plain_name(group.said, place_names()) for group in self._groups} | {plain_name(self.name, place_names())}
        numbers = {group.number for group in self._groups} | {group.said for group in self._groups}
        wanted = [("name", value) for value in names] + [("insurance_number", value) for value in numbers]
        for kind, value in wanted:
            taken, _counts = Alias.objects.filter(enterprise=self.mixed, kind=kind, value=value).delete()
            if taken:
                Alias.objects.create(enterprise=new, kind=kind, value=value, commit=commit)

    def subject(self) -> str:
        return f"enterprise:{self.mixed.pk}"

    def said(self) -> dict:
        return {"reason": self.reason, "groups": len(self._groups), "rows": sum(len(group.rows) for group in self._groups)}


@dataclass
class UndoSplit(Deed):
    """The split was wrong: everything goes back, as one more Commit."""

    commit: Commit
    reason: str

    verb = "integrate.decide"
    title = _("撤销分开")

    def where(self) -> tuple[Place, ...]:
        return tuple(place(one) for one in Enterprise.objects.filter(pk__in=self._both()) if _stands(one))

    def _both(self) -> list[int]:
        found = Candidate.objects.filter(commit=self.commit, reason=PARTED).first()
        return [found.right_id, found.left_id] if found else []

    def check(self) -> None:
        both = self._both()
        if self.commit.kind != "split" or not both:
            raise refuse("not_a_split", _("这不是一次分开。"))
        if not all(_stands(one) for one in Enterprise.objects.filter(pk__in=both)):
            raise refuse("undone", _("这次分开已经撤销，或者单位后来又归并了。"))
        if not self.reason.strip():
            raise refuse("reason", _("没有写撤销理由。"), _("请写明理由。"))

    def act(self) -> Commit:
        mixed, _new = self._both()
        back = undo(self.commit, "merge", f"撤销{self.commit.title}", self.actor, self.at)
        for alias in Alias.objects.filter(commit=self.commit):
            Alias.objects.get_or_create(enterprise_id=mixed, kind=alias.kind, value=alias.value, defaults={"commit": back})
            alias.delete()
        Candidate.objects.filter(commit=self.commit, reason=PARTED).update(
            state="same", decided=self.at, decided_by=self.actor.user, remark=self.reason[:300]
        )
        return back

    def subject(self) -> str:
        return f"commit:{self.commit.number}"

    def said(self) -> dict:
        return {"reason": self.reason}


def _stands(enterprise: Enterprise) -> bool:
    return EnterpriseVersion.objects.current().filter(enterprise=enterprise, merged_into=None).exists()
