"""What is wrong with a value or an act, as data: what, where, and what to do about it."""

from dataclasses import asdict, dataclass
from typing import Any

END = ("。", "！", "？", "…")


@dataclass(frozen=True)
class Problem:
    """One trouble: `code` for machines, `column` and `value` for the place, `why` and `remedy` for people."""

    code: str
    column: str
    value: str
    why: str
    remedy: str

    def __str__(self) -> str:
        """Column, value, why and what to do in one line: 照片：当面送达必须有。请补上。 or 日期：2026-13-01；没有这一天。 A part that is a
        sentence of its own keeps its full stop."""
        place = [str(part) for part in (self.column, self.value) if part]
        said = "：".join(place)
        for part, after in ((self.why, "：" if len(place) == 1 else "；"), (self.remedy, "；")):
            said += (after if part and said and not said.endswith(END) else "") + str(part)
        return said

    def to_json(self) -> dict[str, str]:
        """Plain strings (a lazy translation becomes text here)."""
        return {name: str(value) for name, value in asdict(self).items()}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Problem":
        """What `to_json` wrote in, the same problem out."""
        return cls(**{name: str(data.get(name, "")) for name in cls.__dataclass_fields__})


class Refused(Exception):
    """An act that may not happen, with one Problem; raised by deeds, shown by pages and the API."""

    def __init__(self, why: "Problem | str", remedy: str = "", where: str = "", value: str = "", code: str = "refused"):
        self.problem = why if isinstance(why, Problem) else Problem(code, where, value, why, remedy)
        super().__init__(self.problem)

    def __str__(self) -> str:
        return str(self.problem)
