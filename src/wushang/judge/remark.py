"""What the check of a policy file has to say: how grave, where, in one sentence, and what to do about it."""

from dataclasses import asdict, dataclass
from typing import Any, Literal

from django.utils.translation import gettext as _

Severity = Literal["error", "warning", "note"]
RANK = {"error": 0, "warning": 1, "note": 2}


@dataclass(frozen=True)
class Remark:
    """An error forbids the use of the file; a warning asks a person to look; a note only tells."""

    severity: Severity
    sentence: str
    place: str = ""
    line: int = 0
    remedy: str = ""
    code: str = ""

    def __str__(self) -> str:
        where = "，".join(
            part for part in (self.place, (_("第%(n)d行") % {"n": self.line}) if self.line else "") if part
        )
        return f"{where}：{self.sentence}{self.remedy and '。' + self.remedy}" if where else self.sentence

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def usable(remarks: list[Remark]) -> bool:
    """Whether none of them forbids the use of the file."""
    return all(remark.severity != "error" for remark in remarks)


def in_order(remarks: list[Remark]) -> list[Remark]:
    """Errors first, each by its line; the same sentence once."""
    return sorted(dict.fromkeys(remarks), key=lambda remark: (RANK[remark.severity], remark.line, remark.place))
