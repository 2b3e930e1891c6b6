"""The meeting page's three tables marked for publication (用于公开): asked of the cube by the page's own 口径."""

from __future__ import annotations

from django.urls import reverse

from wushang.analyse.cube import Asked
from wushang.analyse.views.publications import address
from wushang.people.scope import Scope
from wushang.web.meeting.asked import Asked as Period

TABLES = {"town": ("injury_events", "incidence_rate"), "division": ("injury_events",), "kind": ("injury_events",)}


def publish_url(period: Period, scope: Scope, known: str) -> str | None:
    """Where they are looked at before they are made public; None for who may not."""
    if not scope.may("analyse.publish"):
        return None
    asked = (Asked(measures, period.period, down=side, basis="reported", scope="all") for side, measures in TABLES.items())
    return f"{reverse('analyse:publish')}?{address(*asked)}" + (f"&{known}" if known else "")
