"""The facts of one enterprise in the groups by which files name it, so that a person can say which of them are another unit's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wushang.pool.models import TOLD, DiseaseHazard, Headcount, RegisterEntry, Report
from wushang.pool.models.clock import Reported

TITLES: dict[str, Any] = {
    "RegisterEntry": _("单位名册"), "Headcount": _("参保缴费"), "Report": _("工伤认定"), "DiseaseHazard": _("职业病危害"), "Payment": _("待遇支付"),
    "ProjectInsurance": _("项目参保"), "Visit": _("医院首诊"), "Disease": _("职业病报告"), "HazardDeclaration": _("危害申报"),
    "HazardTest": _("危害检测"), "HealthCheck": _("健康检查"), "Accident": _("生产安全事故"), "Standing": _("等级与名单"), "Penalty": _("行政处罚"),
}  # fmt: skip
MODELS: tuple[type[Reported], ...] = (RegisterEntry, Headcount, Report, DiseaseHazard, *TOLD)


@dataclass
class Group:
    """The rows of one table that one sender writes under one name of the unit."""

    model: type[Reported]
    sender: str
    said: str  # name, code or number as written
    uscc: str = ""
    number: str = ""
    rows: list[int] = field(default_factory=list)

    @property
    def code(self) -> str:
        """What a form sends back."""
        return f"{self.model.__name__}|{self.sender}|{self.said}"

    @property
    def title(self) -> str:
        return str(TITLES.get(self.model.__name__, self.model.__name__))


def groups(enterprise: int) -> list[Group]:
    """All current facts of the unit, the most telling tables first."""
    found: dict[str, Group] = {}
    for model in MODELS:
        for row in _rows(model, enterprise):
            said, uscc, number = written(row)
            group = Group(model, row.sender, said, uscc, number)
            found.setdefault(group.code, group).rows.append(row.pk)
    return list(found.values())


def _rows(model: type[Reported], enterprise: int) -> Iterator[Any]:
    of = Q(employer=enterprise) | Q(host=enterprise) if model is Report else Q(enterprise=enterprise)
    return model._default_manager.current().filter(of).order_by("pk").iterator(chunk_size=2000)  # type: ignore[attr-defined]


def written(row: Any) -> tuple[str, str, str]:
    """(how the row names the unit, code, number) as the file wrote it."""
    if isinstance(row, Headcount):  # 2026-03|number|mode: the name is not kept with the row
        number = (row.key.split("|") + [""])[1]
        return (number or row.key, "", number)
    if isinstance(row, DiseaseHazard):
        uscc, name = (row.key.split("|") + [""])[:2]
        return (name or uscc, uscc, "")
    if isinstance(row, Report | RegisterEntry):
        values = row.values
        uscc, number = str(values.get("uscc") or ""), str(values.get("insurance_number") or "")
        name = str(values.get("employer_name") or values.get("name") or "")
        return (name or uscc or number, uscc, number)
    return (row.employer_text or row.employer_uscc, row.employer_uscc, "")
