"""What the worker does for rectify: each part may be killed at any instant and run again; nothing is done twice.

`run(at)` does everything that is due and tells how many of each; web's worker calls it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from wushang.judge.models import Finding, PolicyVersion
from wushang.people.actor import Actor
from wushang.people.deed import refuse
from wushang.people.models import Department
from wushang.rectify import clocks, states
from wushang.rectify.deeds.drop_case import DropCase
from wushang.rectify.deeds.mark_overdue import MarkOverdue
from wushang.rectify.deeds.open_case import OpenCase
from wushang.rectify.deeds.refer_to_enforcement import ReferSerious
from wushang.rectify.deeds.restart_clock import RestartClock
from wushang.rectify.deeds.revive_case import ReviveCase
from wushang.rectify.deeds.take_over_case import TakeOverCase, UntakeCase
from wushang.rectify.deeds.urge import reminder_words
from wushang.rectify.models import Case, CaseLine, Referral, Reminder
from wushang.rectify.policy import read, rules_of
from wushang.rectify.words import tell_enterprise
from wushang.terms.problem import Refused
from wushang.warn import failing, hours, units
from wushang.warn.models import Failure, Warning
from wushang.warn.states import ENDED as WARNING_ENDED
from wushang.warn.states import UNSIGNED

SERIOUS = "refer_serious"  # its queue of failures
CLOCK_OF = {"report_due": "report", "interview": "interview"}  # state → the clock that runs in it


def run(at: datetime) -> dict[str, int]:
    return {
        "opened": open_waiting(at) + take_over_waiting(at),
        "followed": follow_warnings(at),
        "overdue": mark_overdue(at),
        "reminded": remind(at),
        "referred": refer_serious(at),
    }


def open_waiting(at: datetime) -> int:
    """Delivered warnings without a case become cases."""
    waiting = Warning.objects.filter(case=None, paper=None).exclude(delivered=None).exclude(state__in=WARNING_ENDED)
    return _each("open_case", waiting, lambda warning: OpenCase(Actor.system(), at, warning), at)


def take_over_waiting(at: datetime) -> int:
    """Paper cases (接续纸质件) get the state and the clocks that they had on paper; undone ones are given up."""
    waiting = Warning.objects.filter(case=None).exclude(paper=None).exclude(delivered=None)
    waiting = waiting.exclude(state__in=("withdrawn", "merged"))
    taken = _each("take_over_case", waiting, lambda warning: TakeOverCase(Actor.system(), at, warning), at)
    undone = Case.objects.filter(warning__state="withdrawn").exclude(warning__paper=None).exclude(state="dropped")
    return taken + _each("untake_case", undone, lambda case: UntakeCase(Actor.system(), at, case), at)


def open_now(warning: Warning, at: datetime) -> Case:
    """The case of a delivered warning, opened if the worker has not come round yet."""
    try:
        return Case.objects.filter(warning=warning).first() or OpenCase(Actor.system("page"), at, warning).do()
    except Refused:
        if found := Case.objects.filter(warning=warning).first():  # the worker was faster
            return found
        raise


def follow_warnings(at: datetime) -> int:
    """Cases whose warning ended go with it, and go on when it stands again; a mended delivery or a new receipt restarts the
    clock."""
    live = Case.objects.filter(state__in=states.OPEN).select_related("warning")
    ended = live.filter(warning__state__in=WARNING_ENDED)
    dropped = _each("drop_case", ended, lambda case: DropCase(Actor.system(), at, case), at)
    standing = Case.objects.filter(state="dropped").exclude(warning__state__in=WARNING_ENDED).select_related("warning")
    dropped += _each("revive_case", standing, lambda case: ReviveCase(Actor.system(), at, case), at)
    moved = ~Q(delivered=F("warning__delivered")) & Q(state__in=("report_due", "interview"), warning__delivered__isnull=False)
    again = live.filter(moved | Q(pk__in=_other_day(live)), warning__paper=None)  # a paper case keeps the days of its paper
    return dropped + _each("restart_clock", again, lambda case: RestartClock(Actor.system(), at, case), at)


def _other_day(live: QuerySet) -> list[int]:
    """Reports and interviews whose clock can begin now, or whose receipt was taken back."""
    rows = live.filter(state__in=CLOCK_OF, warning__delivered__isnull=False).select_related("warning__version", "warning__finding")
    signed, left = Q(warning__acknowledged__isnull=False), Q(warning__receipts__undone=None, warning__receipts__method__in=UNSIGNED)
    begins, ends = rows.filter(signed | left, due=None).distinct(), rows.exclude(due=None).filter(warning__acknowledged=None)
    return [case.pk for case in (*begins, *ends) if _counted(case) != case.due]


def _counted(case: Case) -> date | None:
    found = clocks.of_case(rules_of(case.warning), CLOCK_OF[case.state], case.warning)
    return found.due if found else None


def mark_overdue(at: datetime) -> int:
    """Reports whose last day is over at 24:00 local."""
    late = Case.objects.filter(state__in=states.MOVES["overdue"].sources, due__lt=timezone.localdate(at))
    return _each("mark_overdue", late, lambda case: MarkOverdue(Actor.system(), at, case), at)


def remind(at: datetime) -> int:
    """The policy's reminders (7, 3, 1 days before, on the day) to units that still have to report; each once.

    After a stop of the worker only the newest reminder that was missed is sent. None is made at night (发送时段).
    """
    if not hours.are_open(at):
        return 0
    today, count = timezone.localdate(at), 0
    for case in _near(today):
        rules = rules_of(case.warning)
        passed = [n for n in (rules.remind if rules else ()) if case.due and case.due + timedelta(days=n) <= today]
        # a case opened yesterday missed no reminder of last week
        if passed and case.due and case.due + timedelta(days=max(passed)) >= timezone.localdate(case.opened):
            sent = {(row.due, row.offset) for row in case.reminders.all()}
            count += (case.due, max(passed)) not in sent and _remind(case, max(passed), at)
    return count


def _near(today: date) -> list[Case]:
    """Cases whose unit still has to report, as near to the last day as the earliest reminder of any policy behind them."""
    owing = Case.objects.filter(state__in=("report_due", "returned"), due__gte=today, warning__paper=None)
    versions = PolicyVersion.objects.in_bulk(set(owing.order_by().values_list("warning__version", flat=True).distinct()))
    packs = filter(None, (read(version.text) for version in versions.values()))
    first = min((n for pack in packs for rules in pack.cases.values() for n in rules.remind), default=None)
    if first is None:
        return []
    near = owing.filter(due__lte=today - timedelta(days=first)).select_related("warning").prefetch_related("reminders")
    cases = list(near)
    for case in cases:
        case.warning.version = versions[case.warning.version_id]  # its text is read once, not with every case
    return cases


def _remind(case: Case, offset: int, at: datetime) -> bool:
    with transaction.atomic():
        due = case.due or timezone.localdate(at)
        _row, new = Reminder.objects.get_or_create(case=case, due=due, offset=offset, defaults={"at": at})
        if new:
            tell_enterprise(at, case.warning, *reminder_words(due, timezone.localdate(at)))
            CaseLine.objects.create(case=case, at=at, name="平台", text=_("提醒单位：期限 %(due)s") % {"due": due})
    return new


def refer_serious(at: datetime) -> int:
    """Findings of a policy that hands over at once (重伤以上), each once; history and trial runs hand over nothing."""
    fresh = Finding.objects.filter(kind="referral", may_warn=True, historical=False).exclude(outcome="")
    fresh = fresh.exclude(pk__in=Referral.objects.exclude(finding=None).values("finding"))
    later = Failure.objects.filter(queue=SERIOUS, done=None, next_try__gt=at)
    return sum(_hand_over(finding, at) for finding in fresh.exclude(pk__in=later.values("number")))


def _hand_over(finding: Finding, at: datetime) -> bool:
    """What cannot be handed over is shown with its sentence, and tried again the next day, not every round."""
    try:
        bureau = emergency_bureau(finding.enterprise_id)
        if bureau is None:
            raise refuse("no_bureau", _("没有登记本地应急管理局，重伤以上事故没有移送。"), _("请系统管理员登记应急管理局。"))
        ReferSerious(Actor.system(), at, finding, bureau, reply_by(finding, timezone.localdate(at))).do()
    except failing.NOT_THE_ITEM:
        raise
    except Exception as error:
        if not Referral.objects.filter(finding=finding).exists():  # else another worker was faster
            item = failing.Item(SERIOUS, finding.pk, _("重伤以上事故当即移送"), finding.enterprise_id)
            with transaction.atomic():
                failing.note(item, error, at, next_try=_tomorrow(at))
        return False
    Failure.objects.filter(queue=SERIOUS, number=finding.pk, done=None).update(done=at)
    return True


def reply_by(finding: Finding, today: date) -> date:
    """The last day of the bureau's answer by the clock `reply` of the finding's rule, else by the platform's default."""
    pack = read(finding.version.text)
    found = clocks.deadline(pack.cases.get(finding.outcome) if pack else None, "reply", today)
    return found.due if found else today


def _tomorrow(at: datetime) -> datetime:
    """The start of the next local day."""
    return timezone.make_aware(datetime.combine(timezone.localdate(at) + timedelta(days=1), time.min))


def emergency_bureau(enterprise: int) -> Department | None:
    """应急局 of the unit's county, else of the deployment."""
    from django.conf import settings

    now = units.version_of(enterprise)
    bureaux = {d.region.code: d for d in Department.objects.filter(kind="emergency").select_related("region")}
    return bureaux.get((now.region if now else "")[:6]) or bureaux.get(settings.WUSHANG_REGION)


def _each(queue: str, rows: QuerySet, deed: Callable[[Any], Any], at: datetime) -> int:
    """One that cannot be done (a policy that cannot be read) does not hold up the others and is tried again with growing
    pauses; what no longer waits (somebody was faster) is settled."""
    open_ = Failure.objects.filter(queue=queue, done=None)
    if open_.exists():
        open_.exclude(number__in=rows.values("pk")).update(done=at)
        rows = rows.exclude(pk__in=open_.filter(next_try__gt=at).values("number"))
    return sum(_try(queue, row, deed, at) for row in list(rows))


def _try(queue: str, row: Any, deed: Callable[[Any], Any], at: datetime) -> bool:
    made = deed(row)
    try:
        made.do()
    except failing.NOT_THE_ITEM:
        raise
    except Exception as error:
        with transaction.atomic():
            failing.note(failing.Item(queue, row.pk, str(made.title), row.enterprise_id), error, at)
        return False
    return True
