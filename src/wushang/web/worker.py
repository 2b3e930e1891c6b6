"""The worker: in one round every duty does what waits for it. A duty that fails is logged and tried again next round;
killed at any instant the worker loses and doubles nothing, because every piece of work is a row with a state."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from wushang.analyse.kept.sending import send_views
from wushang.collect.deeds.check_batch import check_waiting
from wushang.collect.settling import settle_waiting
from wushang.collect.ways.arriving import confirm_clean
from wushang.collect.ways.folder import take_files
from wushang.collect.ways.pulling import pull_waiting
from wushang.evaluate import work as evaluate
from wushang.integrate.hearing import hear_waiting
from wushang.integrate.linkage.run import link_waiting
from wushang.integrate.proposing import propose_waiting
from wushang.integrate.waiting import land_small, land_waiting, small_only, undo_waiting
from wushang.judge.deeds.run_policy import RunPolicy
from wushang.judge.models import PolicyVersion
from wushang.judge.risk.monthly import learn_monthly
from wushang.judge.run import judge_commits, look, may_keep
from wushang.judge.signals.weekly import look_weekly
from wushang.people import audit
from wushang.people.actor import Actor
from wushang.people.lease import held, renew, round_of
from wushang.pool import landing, reckoned, snapshot
from wushang.rectify import work as rectify
from wushang.warn.drafting import draft_findings
from wushang.warn.outbox import deliver_some
from wushang.warn.pushing import push_commits
from wushang.web.corrections.work import find_corrections
from wushang.web.running.beat import beat

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Duty:
    """A name, and what to do: returns how many pieces were done."""

    name: str
    do: Callable[[datetime], int]


def build_snapshot(at: datetime) -> int:
    """Bring it to the latest commit; then drop what no reader can hold any more."""
    if not snapshot.behind() or not snapshot.build(at):
        return 0
    snapshot.sweep(at)
    reckoned.sweep(at)
    return 1


def seal_audit(at: datetime) -> int:
    sealed = audit.seal()
    audit.write_head(timezone.localdate(at))
    return sealed


def judge_daily(at: datetime) -> int:
    """Every policy in force judges all units once a local day, on the snapshot of the latest commit, by one worker."""
    today = timezone.localdate(at)
    if not _waiting_for(today):
        return 0
    with held("judge.daily", at) as mine:
        waiting = _waiting_for(today) if mine else []
        if not waiting or (snapshot.behind() and not snapshot.build(at)):  # another worker builds: the next round
            return 0
        looked = look(waiting, today)
        for version in waiting:
            renew()
            RunPolicy(Actor.system(), at, version, today, looked.pop(version.pk)).do()
    return len(waiting)


def _waiting_for(today: date) -> list[PolicyVersion]:
    """The versions in force that have not judged everybody today and still may."""
    force = PolicyVersion.objects.in_force_on(today).order_by("policy", "region", "number")
    return [v for v in force if not v.runs.filter(road="snapshot", as_of=today).exists() and may_keep(v, today)]


def mind_cases(at: datetime) -> int:
    return sum(rectify.run(at).values())


def propose_rechecks(at: datetime) -> int:
    return sum(evaluate.run(at).values())


DUTIES: tuple[Duty, ...] = (
    Duty("clear landings whose process died", landing.clear_dead),
    Duty("take files from the inbox folder", take_files),
    Duty("read the departments' views", pull_waiting),
    Duty("check files that were received", check_waiting),
    Duty("confirm what a way may take in by itself", confirm_clean),
    Duty("settle rows of one kind that people decided on together", settle_waiting),
    Duty("land deliveries that were confirmed", land_waiting),
    Duty("take back deliveries that were withdrawn", undo_waiting),
    Duty("propose pairs of units that may be one", propose_waiting),
    Duty("link the departments' reports to injuries", link_waiting),
    Duty("take what linked reports say of injuries", hear_waiting),
    Duty("judge the units that new commits touched", judge_commits),
    Duty("bring the snapshot to the latest commit", build_snapshot),
    Duty("judge everybody once a day", judge_daily),
    Duty("look for what stands out, once a week", look_weekly),
    Duty("send the tables that people have asked for weekly or monthly", send_views),
    Duty("draft warnings from findings", draft_findings),
    Duty("tell of accepted injuries (三推送)", push_commits),
    Duty("send what waits in the outbox", deliver_some),
    Duty("find who was told what on figures that changed", find_corrections),
    Duty("open, remind and close the clocks of cases", mind_cases),
    Duty("propose the re-checks whose day has come", propose_rechecks),
    Duty("learn what injuries to expect, once a month", learn_monthly),
    Duty("seal the audit rows", seal_audit),
)

# What a person waits for: done beside the round, which may be busy with millions of rows. Leases keep the two apart.
TURN = 0.0005  # seconds that one thread may keep the interpreter from the other: each statement of a small delivery waits as long
SMALL: tuple[Duty, ...] = (
    Duty("check small files", lambda at: check_waiting(at, largest=small_only())),
    Duty("confirm what a way may take in by itself, and land small deliveries", land_small),
)

# What takes minutes of a large city and what nobody waits for: beside the round too, so that no delivery stands behind it.
SLOW: tuple[Duty, ...] = tuple(duty for duty in DUTIES if duty.do in (look_weekly, learn_monthly))


def one_round(at: datetime, duties: tuple[Duty, ...] | None = None) -> int:
    """Do every duty once; returns how many pieces of work were done."""
    done = 0
    with round_of(at):
        for duty in duties or DUTIES:
            beat(at)
            try:
                done += duty.do(at)
            except Exception:
                log.exception("duty failed: %s", duty.name)
    return done


def settle(at: datetime, rounds: int = 20, leave_out: tuple[Callable[[datetime], int], ...] = ()) -> None:
    """Rounds until nothing waits any more (a replay, a test), without the duties left out."""
    wanted = tuple(duty for duty in DUTIES if duty.do not in leave_out)
    for _round in range(rounds):
        if not one_round(at, wanted):
            return


def land(at: datetime) -> int:
    """Only check and land what waits: history that is judged once at its end."""
    return sum(duty.do(at) for duty in DUTIES if duty.do in (check_waiting, land_waiting))
