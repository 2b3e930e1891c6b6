"""Who, in bands that tell of no single person: how long employed, in which form."""

from __future__ import annotations

import ibis
from django.utils.translation import gettext_lazy as _

from wushang.analyse.dimensions import UNKNOWN, Dimension
from wushang.terms import codes

BANDS = (("1", 30, _("不满1个月")), ("2", 90, _("1—3个月")), ("3", 180, _("3—6个月")), ("4", 365, _("6个月—1年")),
         ("5", 3 * 365, _("1—3年")), ("6", 10 * 365, _("3—10年")))  # fmt: skip
LONG = ("7", _("10年及以上"))


def tenure(rows):
    """Days from the first day at work to the accident, in bands; below the upper bound."""
    days = rows.tenure_days
    return ibis.cases((days.isnull(), UNKNOWN), *[(days < below, key) for key, below, _name in BANDS], else_=LONG[0])


def band(days: int | None) -> str:
    """The same of one number of days."""
    return UNKNOWN if days is None else next((key for key, below, _name in BANDS if days < below), LONG[0])


def band_name(key: str) -> str:
    return str(dict([(k, name) for k, _below, name in BANDS] + [LONG]).get(key, key))


DIMENSIONS = (
    Dimension("tenure", _("入职时间"), "Tenure", tenure, band_name, in_order=True),
    Dimension("employment", _("用工形式"), "Form of employment", lambda rows: rows.employment.fill_null(""),
              lambda key: codes.name("employment", key)),
)  # fmt: skip
