"""The formulas. A score is 100 × (1 − lost ÷ of), cut (not rounded) to one decimal, so that 100 means nothing was lost.

| dimension    | of (denominator)                                        | lost                                                        |
| completeness | rows × needed columns (a group “one of these” is one)   | needed cells that are blank                                 |
| validity     | rows × columns of the file whose cells have a form      | cells that cannot be read or break their form or code list  |
| consistency  | rows + totals in the file's footer that can be compared | rows that contradict themselves, their period or the past; wrong totals |
| uniqueness   | rows                                                    | repeated rows, rows that share a key with another           |
| timeliness   | tables owed                                             | tables late or not come                                     |

Rows are those of the file as it came, whatever people mended afterwards. The total is the plain mean of the scores there are.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

COMPLETENESS, VALIDITY, CONSISTENCY = "completeness", "validity", "consistency"
UNIQUENESS, TIMELINESS = "uniqueness", "timeliness"
DIMENSIONS: dict[str, Any] = {
    COMPLETENESS: _("完整性"), VALIDITY: _("有效性"), CONSISTENCY: _("一致性"), UNIQUENESS: _("唯一性"), TIMELINESS: _("及时性"),
}  # fmt: skip
SAID: dict[str, Any] = {
    COMPLETENESS: _("必填的格里填了的占多少：行数 × 必填列数为分母（几项任填其一的算一列）"),
    VALIDITY: _("有写法要求的格里写对的占多少：行数 × 有写法要求的列数（编号、日期、数字、代码等）为分母"),
    CONSISTENCY: _("前后不矛盾的占多少：行数加上文件里可比的合计数为分母；日期颠倒、不在所属期、与上次相差太多、合计不符的算失分"),
    UNIQUENESS: _("不重复的行占多少：行数为分母；整行重复、同一编号几行不同的算失分"),
    TIMELINESS: _("按时报的占多少：应报的表数为分母；迟报、未报的算失分"),
}
BLANK = {"required", "month_missing"}
CONTRADICTS = {"date_order", "contribution", "period", "accident_grade", "cumulative_falls", "jump"}
TWICE = {"duplicate_key"}
FREE = {"text", "name"}  # columns without a form that could be broken


@dataclass(frozen=True)
class Reason:
    """One thing that lowered a score: which check, in which column, how many cells or rows."""

    code: str
    field: str
    column: str
    why: str
    lost: int


@dataclass(frozen=True)
class Part:
    """One score: what it is out of, what was lost and by what."""

    of: int = 0
    reasons: tuple[Reason, ...] = field(default=())

    @property
    def lost(self) -> int:
        return min(sum(reason.lost for reason in self.reasons), self.of)

    @property
    def score(self) -> float | None:
        """0 to 100; None where there is nothing to score."""
        return (self.of - self.lost) * 1000 // self.of / 10 if self.of else None


def dimension_of(code: str) -> str:
    """Which score a check lowers; a check that says nothing else is one of form."""
    return COMPLETENESS if code in BLANK else CONSISTENCY if code in CONTRADICTS else UNIQUENESS if code in TWICE else VALIDITY


def together(parts: Iterable[Part]) -> Part:
    """Several parts as one: numerators and denominators added, never scores averaged."""
    of, reasons = 0, dict[tuple[str, str], Reason]()
    for part in parts:
        of += part.of
        for one in part.reasons:
            before = reasons.get((one.code, one.field))
            lost = one.lost + (before.lost if before else 0)
            reasons[one.code, one.field] = Reason(one.code, one.field, one.column, one.why, lost)
    return Part(of, tuple(sorted(reasons.values(), key=lambda one: -one.lost)))


def total(parts: dict[str, Part]) -> float | None:
    """总分: the mean of the scores there are, cut to one decimal."""
    found = [part.score for part in parts.values() if part.score is not None]
    return int(sum(found) / len(found) * 10 + 1e-6) / 10 if found else None
