"""A change of a case becomes a Commit: the new version is landed and the old one superseded, in the deed's transaction."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from wushang.people.actor import Actor
from wushang.pool import landing
from wushang.rectify.models import Case, CaseVersion


def publish(case: Case, actor: Actor, at: datetime) -> int:
    """Write what `cases` says of this case now; returns the commit's number. Nothing is written when nothing changed."""
    old = CaseVersion.objects.current().filter(case=case).order_by("-pk").first()
    row = {"case_id": case.pk, **_values(case)}
    if old and all(getattr(old, name) == value for name, value in row.items()):
        return old.recorded.number or 0
    commit = landing.start("decision", f"整改件{case.pk}：{case.state_title}", actor, at)
    landing.load(commit, CaseVersion, [row])
    if old:
        landing.claim(commit, CaseVersion, [old.pk])
    return landing.publish(commit, at, [case.enterprise_id])


def _values(case: Case) -> dict:
    return {
        "enterprise_id": case.enterprise_id, "policy": case.policy, "level": case.level, "state": case.state,
        "opened": _local(case.opened), "report_due": case.report_due, "submitted": _local(case.submitted),
        "late": case.late, "accepted": case.accepted, "ended": _local(case.ended),
    }  # fmt: skip


def _local(at: datetime | None) -> date | None:
    return timezone.localdate(at) if at else None
