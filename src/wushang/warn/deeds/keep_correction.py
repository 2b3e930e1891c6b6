"""数据订正 found: keep who was told what on the old figure. What nobody outside was told, and what only came late, and
a figure that is the same again, needs no explanation unless a person wants one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.people.deed import Deed
from wushang.pool.models import Commit
from wushang.warn.corrected import Use, cause
from wushang.warn.models import CorrectedUse, Correction

LATE = gettext_lazy("补报增加，原数在发出时没有错；研判已按新数另行办理。")
SAME = gettext_lazy("写出去的数和现在一样，不用更正；计入的事故如有变动，列在下面。")
INSIDE = gettext_lazy("按旧数的内容没有发出、印发或导出过。")


@dataclass
class KeepCorrection(Deed):
    commit: Commit
    uses: Iterable[Use] = field(default_factory=list)

    verb = "warn.draft"
    title = gettext_lazy("登记数据订正")

    def act(self) -> list[Correction]:
        by_unit: dict[int, list[Use]] = defaultdict(list)
        for use in self.uses:
            by_unit[use.enterprise].append(use)
        return [self._keep(enterprise, found) for enterprise, found in sorted(by_unit.items())]

    def _keep(self, enterprise: int, found: list[Use]) -> Correction:
        why = cause(self.commit, enterprise)
        held, new = Correction.objects.get_or_create(
            commit=self.commit.number, enterprise_id=enterprise, defaults={"cause": why, "found": self.at} | self._state(why, found)
        )
        if new:
            CorrectedUse.objects.bulk_create([CorrectedUse(correction=held, **columns(use)) for use in found])
        return held

    def _state(self, why: str, found: list[Use]) -> dict[str, Any]:
        reason = self._why_none(why, [use for use in found if use.outside])
        return {} if not reason else {"state": "not_needed", "reason": str(reason), "by": _("平台"), "settled": self.at}

    def _why_none(self, why: str, outside: list[Use]) -> Any:
        """Why nobody need be told anything; '' when the unit or a department has a figure that no longer holds."""
        if not outside:
            return INSIDE
        if not any(use.differs for use in outside):
            return SAME
        return LATE if why == "late" else ""

    def subject(self) -> str:
        return f"commit:{self.commit.number}"


def columns(use: Use) -> dict[str, Any]:
    """A place as its row keeps it."""
    values = {name: value for name, value in vars(use).items() if name != "enterprise"}
    limits = {"what": 200, "number": 60, "figure": 120, "old": 300, "new": 300}
    return values | {name: values[name][:most] for name, most in limits.items()} | {"told": list(use.told)}
