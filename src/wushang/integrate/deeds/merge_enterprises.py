"""归并: two identities are one enterprise. One more Commit records the moved facts under the kept identity;
undo is one more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wushang.integrate import injuries
from wushang.integrate.identity import renamed
from wushang.integrate.models import Alias, Candidate
from wushang.integrate.undo import copy_of, undo
from wushang.people.deed import Deed, Place, refuse
from wushang.people.models import one_at_a_time
from wushang.pool import landing
from wushang.pool.models import (
    TOLD,
    Commit,
    DiseaseHazard,
    Enterprise,
    EnterpriseVersion,
    FoundBy,
    Headcount,
    RegisterEntry,
    Report,
)

MOVED = (Headcount, DiseaseHazard, RegisterEntry, *TOLD)


def current(enterprise: Enterprise) -> EnterpriseVersion:
    return EnterpriseVersion.objects.current().get(enterprise=enterprise)


def place(enterprise: Enterprise) -> Place:
    now = current(enterprise)
    return (now.region, now.industry, enterprise.pk)


@dataclass
class MergeEnterprises(Deed):
    """`lose` becomes `keep`; its names stay as aliases, its facts move."""

    keep: Enterprise
    lose: Enterprise
    reason: str

    verb = "integrate.decide"
    title = _("单位归并")

    def where(self) -> tuple[Place, ...]:
        return (place(self.keep), place(self.lose))

    def check(self) -> None:
        keep, lose = current(self.keep), current(self.lose)
        if self.keep == self.lose:
            raise refuse("same", _("两个单位是同一个。"), _("请选择另一个单位。"))
        if keep.merged_into_id or lose.merged_into_id:
            raise refuse("merged", _("其中一个单位已经归并。"), _("请刷新页面后再选。"))
        if keep.uscc and lose.uscc and keep.uscc != lose.uscc and not renamed(keep, lose):
            raise refuse(
                "two_codes",
                _("两个单位的统一社会信用代码都有效而且不同，是两个法人。"),
                _("如果是换码或更名，请先由市场监管部门在名册中写明曾用名。"),
            )
        if not self.reason.strip():
            raise refuse("reason", _("没有写归并理由。"), _("请写明依据，例如“同一地址、同一法定代表人，已电话核实”。"))

    def act(self) -> Commit:
        one_at_a_time("publish")  # what is published while the facts move would stay behind
        keep, lose = current(self.keep), current(self.lose)
        commit = landing.start("merge", f"归并：{lose.name} → {keep.name}", self.actor, self.at)
        for model in MOVED:
            self._move(commit, model, Q(enterprise=self.lose), enterprise_id=self.keep.pk, found_by=FoundBy.PERSON)
        moved = self._move_reports(commit)
        landing.claim(commit, EnterpriseVersion, [lose.pk])
        landing.load(commit, EnterpriseVersion, [copy_of(lose, merged_into_id=self.keep.pk, provisional=False)])
        if lose.uscc and not keep.uscc:  # the one code the two have: the next file finds the kept one by it
            landing.claim(commit, EnterpriseVersion, [keep.pk])
            landing.load(commit, EnterpriseVersion, [copy_of(keep, uscc=lose.uscc)])
        self._keep_names(commit, lose)
        injuries.derive(commit, moved)
        landing.publish(commit, self.at, [self.keep.pk, self.lose.pk])
        self._settle_candidates(commit)
        return commit

    def _move(self, commit: Commit, model, which: Q, **changes: Any) -> list:
        rows = list(model.objects.current().filter(which))
        landing.claim(commit, model, [row.pk for row in rows])
        landing.load(commit, model, [copy_of(row, **changes) for row in rows])
        return rows

    def _move_reports(self, commit: Commit) -> set[int]:
        both = Q(employer=self.lose, host=self.lose)
        keep = self.keep.pk
        rows = [
            *self._move(commit, Report, both, employer_id=keep, host_id=keep, found_by=FoundBy.PERSON),
            *self._move(commit, Report, Q(employer=self.lose) & ~both, employer_id=keep, found_by=FoundBy.PERSON),
            *self._move(commit, Report, Q(host=self.lose) & ~Q(employer=self.lose), host_id=keep),
        ]
        return {row.injury_id for row in rows if row.injury_id}

    def _keep_names(self, commit: Commit, lose: EnterpriseVersion) -> None:
        names = [("name", lose.plain_name), ("insurance_number", lose.insurance_number), ("old_code", lose.uscc)]
        Alias.objects.bulk_create(
            [Alias(enterprise=self.keep, kind=kind, value=value, commit=commit) for kind, value in names if value],
            ignore_conflicts=True,
        )

    def _settle_candidates(self, commit: Commit) -> None:
        pair = Q(left=self.keep, right=self.lose) | Q(left=self.lose, right=self.keep)
        Candidate.objects.filter(pair).update(
            state="same", decided=self.at, decided_by=self.actor.user, remark=self.reason[:300], merge=commit
        )

    def subject(self) -> str:
        return f"enterprise:{self.keep.pk}"

    def said(self) -> dict:
        return {"merged": self.lose.pk, "reason": self.reason}


@dataclass
class UndoMerge(Deed):
    """A merge was wrong: everything it moved goes back, as one more Commit."""

    commit: Commit
    reason: str

    verb = "integrate.decide"
    title = _("撤销归并")

    def where(self) -> tuple[Place, ...]:
        return tuple(place(one) for one in Enterprise.objects.filter(pk__in=self.commit.enterprises))

    def check(self) -> None:
        if self.commit.kind != "merge":
            raise refuse("not_a_merge", _("这不是一次归并。"))
        if Candidate.objects.filter(merge=self.commit, state="different").exists():
            raise refuse("undone", _("这次归并已经撤销。"))
        if not self.reason.strip():
            raise refuse("reason", _("没有写撤销理由。"), _("请写明理由。"))

    def act(self) -> Commit:
        back = undo(self.commit, "split", f"撤销{self.commit.title}", self.actor, self.at)
        Alias.objects.filter(commit=self.commit).delete()
        Candidate.objects.filter(merge=self.commit).update(
            state="different", decided=self.at, decided_by=self.actor.user, remark=self.reason[:300]
        )
        return back

    def subject(self) -> str:
        return f"commit:{self.commit.number}"

    def said(self) -> dict:
        return {"reason": self.reason}


@dataclass
class KeepApart(Deed):
    """A person says: these two are different enterprises. The provisional one becomes certain."""

    candidate: Candidate
    reason: str

    verb = "integrate.decide"
    title = _("不是同一单位")

    def where(self) -> tuple[Place, ...]:
        return (place(self.candidate.left), place(self.candidate.right))

    def check(self) -> None:
        self.candidate = Candidate.objects.select_for_update().get(pk=self.candidate.pk)
        if self.candidate.state != "open":
            raise refuse("decided", _("这一对已经有人处理。"), _("请刷新页面。"))
        if not self.reason.strip():
            raise refuse("reason", _("没有写理由。"), _("请写明依据，例如“地址、法定代表人都不同”。"))

    def act(self) -> None:
        self.candidate.state, self.candidate.decided = "different", self.at
        self.candidate.decided_by, self.candidate.remark = self.actor.user, self.reason.strip()[:300]
        self.candidate.save()
        if not Candidate.objects.filter(left=self.candidate.left, state="open").exists():
            self._confirm(current(self.candidate.left))

    def _confirm(self, version: EnterpriseVersion) -> None:
        if version.provisional and version.uscc:
            commit = landing.start("decision", f"确认单位：{version.name}", self.actor, self.at)
            landing.claim(commit, EnterpriseVersion, [version.pk])
            landing.load(commit, EnterpriseVersion, [copy_of(version, provisional=False)])
            landing.publish(commit, self.at, [version.enterprise_id])

    def subject(self) -> str:
        return f"candidate:{self.candidate.pk}"

    def said(self) -> dict:
        return {"reason": self.reason}
