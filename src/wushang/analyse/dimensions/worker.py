"""Who, in bands and kinds that tell of no single person: how long employed, in which form, sex, age, workshop, post.

Workshop and post are those that a clerk's words fall under (车间、岗位按关键词归类): free text is not in the snapshot.
"""

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


def _close(column: str, title, title_en: str, listed: str, in_order: bool = False) -> Dimension:
    return Dimension(column, title, title_en, lambda rows: rows[column].fill_null(UNKNOWN), lambda key: codes.name(listed, key),
                     in_order=in_order, close=(column,))  # fmt: skip


DIMENSIONS = (
    Dimension("tenure", _("入职时间"), "Tenure", tenure, band_name, in_order=True),
    Dimension("employment", _("用工形式"), "Form of employment", lambda rows: rows.employment.fill_null(""),
              lambda key: codes.name("employment", key)),
    _close("sex", _("性别"), "Sex", "sex", True),
    _close("age_band", _("年龄段"), "Age band", "age_band", True),
    _close("workshop_kind", _("车间（类别）"), "Workshop, by kind", "workshop_kind"),
    _close("post_kind", _("岗位、工种（类别）"), "Post, by kind", "post_kind"),
)  # fmt: skip
