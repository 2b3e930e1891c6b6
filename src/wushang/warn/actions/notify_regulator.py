"""通报行业主管部门: the regulator is told when the letter goes out."""

from typing import Any

from wushang.people.models import Department
from wushang.warn.units import regulator_of, version_of

letter = ""


def issued(warning: Any) -> list[Department]:
    now = version_of(warning.enterprise_id)
    unit = regulator_of(now) if now else None
    return [unit] if unit else []
