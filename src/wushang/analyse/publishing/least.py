"""From which count on a figure may be published, by the day of the publication."""

from datetime import date

from django.conf import settings


def least_on(day: date) -> int:
    """WUSHANG_SMALL_CELL: of the dated values the last that had begun; the first before that."""
    begun = [count for since, count in settings.WUSHANG_SMALL_CELL if since <= day]
    return begun[-1] if begun else settings.WUSHANG_SMALL_CELL[0][1]
