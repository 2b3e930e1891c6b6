import re
from datetime import date
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from wushang.analyse.quality import day_of, with_trend
from wushang.analyse.quality.shown import told
from wushang.people.scope import Scope
from wushang.pool.known import NOW, on
from wushang.terms.period import add_months, month_of
from wushang.web.said import SayingCommand


class Command(SayingCommand):
    help = "How good each department's data of a month are (数据质量), for the monthly bulletin: five scores, what lowered each, the trend."

    def options(self, parser):
        parser.add_argument("--month", default="", metavar="YYYY-MM", help="the month; last month where nothing is said")
        parser.add_argument("--known-on", default="", metavar="YYYY-MM-DD", help="as known at the end of that day (按某日所知)")

    def run(self, month: str, known_on: str, **_):
        today = timezone.localdate()
        day = day_of(on(_date(known_on), today) if known_on else NOW, today)
        which = _date(f"{month}-01") if month else add_months(month_of(day), -1)
        return [told(one, trend) for one, trend in with_trend(Scope.system(), which, day)]

    def words(self, result: Any, options: dict[str, Any]) -> str:
        return "\n".join(_line(one) for one in result) or "No table had come or was owed for this month."


def _line(one: dict[str, Any]) -> str:
    scores = "  ".join(f"{score['title']} {_score(score['score'])}" for score in one["scores"])
    return f"{one['sender_name']} {one['title']}  {_score(one['total'])}  ({scores})"


def _score(value: float | None) -> str:
    return "—" if value is None else f"{value:.1f}"


def _date(text: str) -> date:
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass
    raise CommandError(f"{text.removesuffix('-01')} is no month or day: write 2026-03, or 2026-03-31.")
