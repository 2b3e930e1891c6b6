"""全市通报, 全县通报: the circular goes to every township and every department of the issuing county."""

from typing import Any

from wushang.people.models import Department
from wushang.warn.units import version_of

letter = "circular"


def issued(warning: Any) -> list[Department]:
    now = version_of(warning.enterprise_id)
    return list(Department.objects.filter(region__code__startswith=now.region[:6])) if now and now.region else []
