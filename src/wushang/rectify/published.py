"""What rectify publishes to the snapshot: table `cases`."""

from django.db.models import Q

from wushang.pool.published import Publication
from wushang.rectify.models import CaseVersion

_SAME = ("policy", "level", "state", "opened", "report_due", "submitted", "late", "accepted", "ended")

PUBLISHED = (
    Publication(
        "cases",
        CaseVersion.objects.all,
        {"case": "case_id", "enterprise": "enterprise_id", "rule": "case__warning__version__title", **{name: name for name in _SAME}},
        of=lambda ids: Q(enterprise__in=ids),
    ),
)
