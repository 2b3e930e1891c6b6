from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wushang.judge.signals.choosing import Alarm, Looks, alike_in
from wushang.judge.signals.looking import ASKED
from wushang.judge.signals.models import Signal, SignalRun
from wushang.people.deed import Deed, refuse
from wushang.people.models import one_at_a_time
from wushang.statistics.discovery import within_budget

COUNTY = 6  # digits of the place whose office sees to the signals


@dataclass
class RecordSignals(Deed):
    """每周查看: the look of a week and its signals, in one transaction. What goes beyond an office's budget waits in its order."""

    week: date
    commit: int
    data_to: date
    newest: date
    weeks: int
    looks: Looks

    verb: ClassVar[str] = "judge.run"
    title: ClassVar[Any] = _("每周查看异常提示")

    def check(self) -> None:
        one_at_a_time("signals")
        if SignalRun.objects.filter(week=self.week).exists():
            raise refuse("twice", str(_("这一周已经看过")), str(_("下周一再看")))

    def act(self) -> SignalRun:
        self.run = SignalRun.objects.create(
            week=self.week, at=self.at, commit=self.commit, data_to=self.data_to, newest=self.newest, weeks=self.weeks,
            detector=self.looks.detector, series=self.looks.series, looked=self.looks.looked, alarms=len(self.looks.alarms),
        )  # fmt: skip
        waiting = list(Signal.objects.filter(state="waiting").exclude(run=self.run))
        new = [self._row(alarm) for alarm in self.looks.alarms if not told_before(alarm)]
        self.shown = release([*waiting, *new], settings.WUSHANG_SIGNALS_A_WEEK, timezone.localdate(self.at))
        for row in [*waiting, *new]:
            row.save()
        return self.run

    def _row(self, alarm: Alarm) -> Signal:
        region, industry, kind = alarm.series
        return Signal(
            run=self.run, region=region, industry=industry, kind=kind, week=alarm.week, state="waiting",
            history=alarm.drawn(), **alarm.values,
        )  # fmt: skip

    def subject(self) -> str:
        return f"signals:{self.week}"

    def said(self) -> dict[str, Any]:
        return {"commit": self.commit, "n": self.shown}


def told_before(alarm: Alarm) -> bool:
    """Whether a signal of these weeks tells of the same already, whatever became of it."""
    near = timedelta(weeks=ASKED.within)
    rows = Signal.objects.filter(week__range=(alarm.week - near, alarm.week + near), region__startswith=alarm.series[0][:COUNTY])
    return any(alike_in(alarm.keys, alarm.week, row.keys, row.week) for row in rows)


def release(rows: Sequence[Signal], most: int, today: date) -> int:
    """Make the surest of each office new, at most so many; the others go on waiting. Returns how many are new."""
    kept = within_budget(
        [True] * len(rows), [row.region[:COUNTY] for row in rows], [row.p for row in rows],
        [row.observed - row.expected for row in rows], most,
    ).kept  # fmt: skip
    for row, chosen in zip(rows, kept, strict=True):
        row.state = "new" if chosen else "waiting"
        row.history |= {"shown": today.isoformat()} if chosen else {}
    return int(kept.sum())
