"""Whose: the unit itself, its size, local tag, regulator (the unit's present ones); the department whose report the injury rests on."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from wushang.analyse.dimensions import Dimension
from wushang.people.models import Department
from wushang.pool.models import EnterpriseVersion
from wushang.terms import codes


def _column(name: str):
    return lambda rows: rows[name]


def _name(key: str) -> str:
    found = EnterpriseVersion.objects.current().filter(enterprise=int(key)) if key else None
    return (found.values_list("name", flat=True).first() if found else None) or key


def _names(keys: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for start in range(0, len(keys), 500):
        rows = EnterpriseVersion.objects.current().filter(enterprise__in=[int(key) for key in keys[start : start + 500]])
        found |= {str(unit): name for unit, name in rows.values_list("enterprise", "name")}
    return found


def _department(key: str) -> str:
    return Department.objects.filter(code=key).values_list("name", flat=True).first() or key


def _unit(rows):
    return rows.enterprise.cast("string")


DIMENSIONS = (
    Dimension("sender", _("数据来源部门"), "Source department", lambda rows: rows.sender.fill_null(""), _department),
    Dimension("size", _("单位规模"), "Size class", _column("size"), lambda key: codes.name("size", key), _column("size")),
    Dimension("tag", _("本地行业标签"), "Local industry tag", _column("tag"), str, _column("tag"), deeper="enterprise"),
    Dimension("regulator", _("监管部门"), "Regulator", _column("regulator"), _department, _column("regulator")),
    Dimension("enterprise", _("单位"), "Enterprise", _unit, _name, _unit, own_months=True, labels=_names),
)
