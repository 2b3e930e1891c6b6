"""定时拉取: the worker reads each view when its time has come; what is new becomes a delivery with its kept file.

The delivery and the watermark change in one transaction: killed at any instant, the rows come again or have come.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from time import perf_counter

import psycopg
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wushang.collect.inforce import in_force
from wushang.collect.models import Batch, Pull, PullRun
from wushang.collect.ways import written
from wushang.collect.ways.arriving import Brought, platform, receive
from wushang.collect.ways.reading_views import Read, read
from wushang.collect.ways.view import View
from wushang.people.lease import held
from wushang.terms.problem import Problem, Refused

log = logging.getLogger(__name__)
RUNS_KEPT = 200


def pull_waiting(at: datetime) -> int:
    """Read the views whose time has come; returns how many were read."""
    waiting = Pull.objects.filter(next_run__lte=at).select_related("sender__region")
    return sum(run(pull, at) is not None for pull in waiting)


def run(pull: Pull, at: datetime) -> PullRun | None:
    """One reading; None where another worker is at it."""
    with held(f"pull:{pull.pk}", at, settings.WUSHANG_PULL_SECONDS + 60) as mine:
        if not mine:
            return None
        pull.refresh_from_db()
        if pull.next_run is None or pull.next_run > at:  # another worker was faster, or somebody paused it
            return None
        began = perf_counter()
        try:
            found = read(view_of(pull), in_force(pull.source, at).loaded())
            return _keep(pull, found, at, perf_counter() - began)
        except Refused as refused:
            return _failed(pull, refused.problem, at)
        except psycopg.Error as error:
            log.warning("pull %s: %s", pull.pk, error.sqlstate or type(error).__name__)
            return _failed(pull, problem_of(error, pull.server), at)


def view_of(pull: Pull) -> View:
    return View(
        pull.dsn, pull.view, pull.watermark_column, pull.columns, pull.overlap, pull.watermark, frozenset(pull.seen)
    )  # fmt: skip


def _keep(pull: Pull, found: Read, at: datetime, seconds: float) -> PullRun:
    with transaction.atomic():
        batch = _batch(pull, found, at) if found.rows else None
        wait = timedelta() if found.more else timedelta(minutes=pull.every)
        moved = {"watermark": found.watermark, "seen": found.seen}
        Pull.objects.filter(pk=pull.pk).update(**moved)
        Pull.objects.filter(pk=pull.pk).exclude(next_run=None).update(next_run=at + wait)
        return _told(pull, at, rows=len(found.rows), without=found.without, batch=batch, seconds=round(seconds, 2))


def _batch(pull: Pull, found: Read, at: datetime) -> Batch:
    content, ending = written.write(found.titles, found.rows)
    bringer = platform(_("定时拉取（%(name)s）") % {"name": pull.name}, "pull", pull.sender, pull.confirms)
    name = f"{pull.name} {timezone.localtime(at):%Y-%m-%d %H%M%S}.{ending}"
    return receive(bringer, at, Brought(content, name, pull.sender, pull.source, told=True))[0]


def _failed(pull: Pull, problem: Problem, at: datetime) -> PullRun:
    with transaction.atomic():
        next_run = at + timedelta(minutes=pull.every)
        Pull.objects.filter(pk=pull.pk).exclude(next_run=None).update(next_run=next_run)
        return _told(pull, at, problem=problem.to_json())


def _told(pull: Pull, at: datetime, **said: object) -> PullRun:
    """A run's row; of old runs that brought nothing only the newest are kept."""
    old = pull.runs.filter(batch=None).values_list("pk", flat=True)[RUNS_KEPT:]
    PullRun.objects.filter(pk__in=list(old)).delete()
    return PullRun.objects.create(pull=pull, at=at, **said)


TOLD = {
    "57014": ("timeout", "对方的数据库在规定时间内没有答完。", "请对方给水位列建索引，或请系统管理员调大 WUSHANG_PULL_SECONDS。"),
    "55P03": ("locked", "对方正在改这张表，等不到读的机会。", "不用做什么，下一次会再读。"),
    "42501": ("no_right", "没有给我们读这个视图的权限。", "请对方对这个用户授予 SELECT。"),
    "25006": ("writes", "这个视图在读的时候要写数据，平台只读不写。", "请对方改成普通视图。"),
    "28P01": ("password", "用户名或密码不对。", "请核对后重新登记连接。"),
    "3D000": ("no_database", "对方没有这个数据库。", "请核对数据库名。"),
    "42P01": ("no_view", "对方的数据库里没有这个视图。", "请核对视图名（模式名.视图名）。"),
}  # fmt: skip


def problem_of(error: psycopg.Error, server: str) -> Problem:
    """What the server's refusal means and what to do; its own words may hold data and are not shown."""
    text, state = str(error).lower(), error.sqlstate or ""
    if not state and "password authentication failed" in text:
        state = "28P01"
    if not state and "does not exist" in text and "database" in text:
        state = "3D000"
    if state in TOLD:
        code, why, remedy = TOLD[state]
        return Problem(code, "", server, _(why), _(remedy))
    if isinstance(error, psycopg.OperationalError) and not state:
        why = _("连不上对方的数据库（%(server)s）。") % {"server": server}
        return Problem("no_answer", "", server, why, _("请核对地址和端口，并请对方看看网络和防火墙。下一次会再试。"))
    why = _("读对方的视图时出错（错误码 %(state)s）。") % {"state": state or type(error).__name__}
    return Problem("pull", "", server, why, _("请把错误码告诉对方的数据库管理人员。下一次会再试。"))
