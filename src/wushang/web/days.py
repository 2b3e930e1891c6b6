"""Days and deadlines in the office's own writing 日期与期限写法: a date or an aware instant comes in, text goes out."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

NO_DAY = "—"
DASH = "—"


def _local(value: date | datetime) -> date:
    """The local date of a date or of an aware instant (stored in UTC)."""
    if isinstance(value, datetime):
        return (timezone.localtime(value) if timezone.is_aware(value) else value).date()
    return value


def day(value: date | None) -> str:
    """For tables: 2026-03-05."""
    return NO_DAY if value is None else _local(value).isoformat()


def day_long(value: date | None) -> str:
    """For text and letters: 2026年3月5日."""
    if value is None:
        return NO_DAY
    at = _local(value)
    return _("%(y)d年%(m)d月%(d)d日") % {"y": at.year, "m": at.month, "d": at.day}


def day_short(value: date | None) -> str:
    """For a list inside one year: 3月5日."""
    if value is None:
        return NO_DAY
    at = _local(value)
    return _("%(m)d月%(d)d日") % {"m": at.month, "d": at.day}


def day_week(value: date | None) -> str:
    """For a list of days to come: 3月5日（周四）."""
    return NO_DAY if value is None else f"{day_short(value)}（{_week(value)[0]}）"


def weekday(value: date | None) -> str:
    """星期四."""
    return NO_DAY if value is None else _week(value)[1]


def month(value: date | None) -> str:
    """2026年3月."""
    if value is None:
        return NO_DAY
    return _("%(y)d年%(m)d月") % {"y": value.year, "m": value.month}


def months(start: date, end: date) -> str:
    """A run of months: 2026年1—3月; one month alone: 2026年3月; over two years: 2025年11月—2026年2月."""
    if start.year != end.year:
        return f"{month(start)}{DASH}{month(end)}"
    if start.month == end.month:
        return month(start)
    return _("%(y)d年%(a)d—%(b)d月") % {"y": start.year, "a": start.month, "b": end.month}


def clock(value: datetime | None) -> str:
    """08:30, in local time."""
    return NO_DAY if value is None else timezone.localtime(value).strftime("%H:%M")


def moment(value: datetime | None) -> str:
    """For records: 2026-03-05 08:30, in local time."""
    return NO_DAY if value is None else f"{day(value)} {clock(value)}"


def moment_short(value: datetime | None) -> str:
    """For a list inside one year: 3月5日 08:30, in local time."""
    return NO_DAY if value is None else f"{day_short(value)} {clock(value)}"


def left(due: date | None, today: date) -> str:
    """还剩 3 天, 今天到期, 已逾期 2 天; no deadline → nothing."""
    if due is None:
        return ""
    days = (_local(due) - _local(today)).days
    if days == 0:
        return _("今天到期")
    return (_("还剩 %(n)d 天") if days > 0 else _("已逾期 %(n)d 天")) % {"n": abs(days)}


def is_late(due: date | None, today: date) -> bool:
    """The day after the deadline is the first late day."""
    return due is not None and _local(due) < _local(today)


def is_pressing(due: date | None, today: date) -> bool:
    """Due today or late: written bold."""
    return due is not None and _local(due) <= _local(today)


def _week(value: date) -> tuple[str, str]:
    return [
        (_("周一"), _("星期一")),
        (_("周二"), _("星期二")),
        (_("周三"), _("星期三")),
        (_("周四"), _("星期四")),
        (_("周五"), _("星期五")),
        (_("周六"), _("星期六")),
        (_("周日"), _("星期日")),
    ][_local(value).weekday()]
