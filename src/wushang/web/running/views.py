"""The page 运行, to read: for who keeps the platform going and who audits it. No unit and no person stands on it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.shortcuts import render

from wushang.collect.models import Pull
from wushang.judge.models import PolicyVersion, Run
from wushang.people import audit
from wushang.people.models import Lease
from wushang.people.page import allowed
from wushang.pool.models import Commit
from wushang.web.running import beat
from wushang.web.running.queues import queues
from wushang.web.running.room import room

VERBS = ("people.manage", "people.audit")


@allowed(*VERBS)
def running(request: Any) -> HttpResponse:
    """The worker, its queues, the last runs, the disk, what must be kept."""
    now, last = request.now, beat.last()
    waiting = [{"queue": one, "long": one.long(now)} for one in queues(now)]
    return render(request, "web/running.html", {
        "beat": last, "late": last is None or last.late(now), "grace": int(beat.GRACE.total_seconds() // 60),
        "leases": Lease.objects.filter(until__gt=now).order_by("name"), "queues": waiting, "long": sum(one["long"] for one in waiting),
        "runs": _runs(request.today), "commit": Commit.objects.exclude(number=None).last(), "pulls": _pulls(), "head": _head(),
        "room": room(), "database": connection.vendor, "home": settings.WUSHANG_HOME,
    })  # fmt: skip


def _runs(today: Any) -> list[tuple[PolicyVersion, Run | None]]:
    """The last judging of everybody by each rule in force."""
    force = PolicyVersion.objects.in_force_on(today).order_by("policy", "region", "number")
    return [(version, version.runs.filter(road="snapshot").first()) for version in force]


def _pulls() -> list[dict[str, Any]]:
    """定时拉取 with how the last reading ended."""
    rows = Pull.objects.select_related("sender")
    return [{"pull": row, "run": row.runs.order_by("-at", "-pk").first()} for row in rows]


def _head() -> str:
    """The day of the newest audit head that stands outside the database."""
    path = audit.heads_file()
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return lines[-1].split()[0] if lines else ""
