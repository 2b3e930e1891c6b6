from django.conf import settings
from django.utils import timezone

from wushang.judge.signals.listed import told
from wushang.judge.signals.models import STATES, Signal, SignalRun
from wushang.judge.signals.weekly import look_weekly
from wushang.web.said import SayingCommand


class Command(SayingCommand):
    help = "Signals (异常提示): what the weekly looks told, the newest week first; none of them has a legal effect."

    def options(self, parser):
        parser.add_argument("--state", choices=sorted(STATES), default="new", help="new (待核查) when left out")
        parser.add_argument("--look", action="store_true", help="look now, if this week was not looked at yet")

    def run(self, state: str, look: bool, **_):
        now = timezone.now()
        looked = look_weekly(now) if look else 0
        run, today = SignalRun.objects.first(), timezone.localdate(now)
        rows = Signal.objects.filter(state=state).select_related("run")
        return {
            "looked": looked, "week": run.week if run else None, "detector": run.detector if run else "", "series": run.series if run else 0,
            "budget": settings.WUSHANG_SIGNALS_A_WEEK, "waiting": Signal.objects.filter(state="waiting").count(),
            "signals": [told(row, today) for row in rows],
        }  # fmt: skip
