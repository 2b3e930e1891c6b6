"""保管期限 of a volume: years from the end of the year in which the case ended (WUSHANG_VOLUME_YEARS; 0: 永久). The platform destroys
nothing by itself; 30 years is its default where the place's archive office says nothing else."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _


def until(ended: datetime, years: int) -> date | None:
    """The last day of the term; None for 永久."""
    return date(timezone.localdate(ended).year + years, 12, 31) if years else None


def words(ended: datetime | None) -> str:
    """30 年（至 2056-12-31）; before the end only how long."""
    years = settings.WUSHANG_VOLUME_YEARS
    if not years:
        return _("永久")
    last = until(ended, years) if ended else None
    return (
        _("%(n)d 年（至 %(day)s）") % {"n": years, "day": last}
        if last
        else _("%(n)d 年，自办结的次年起算") % {"n": years}
    )
