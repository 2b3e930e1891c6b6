"""The three warning levels (预警等级): yellow < orange < red. Each has a character and a shape, never colour alone."""

from enum import StrEnum


class Level(StrEnum):
    """Ordered by `rank`, written as its English word in data."""

    YELLOW = "yellow"
    ORANGE = "orange"
    RED = "red"

    @property
    def rank(self) -> int:
        """1 yellow, 2 orange, 3 red; 0 is left for no level."""
        return {"yellow": 1, "orange": 2, "red": 3}[self.value]

    @property
    def char(self) -> str:
        """黄, 橙, 红."""
        return "黄橙红"[self.rank - 1]

    @property
    def shape(self) -> str:
        """● yellow, ◆ orange, ■ red: survives a black-and-white print."""
        return "●◆■"[self.rank - 1]

    @property
    def zh(self) -> str:
        """黄色预警, 橙色预警, 红色预警."""
        return f"{self.char}色预警"

    # StrEnum would compare by the alphabet ("orange" < "red" < "yellow"), so all four are said here.
    def __lt__(self, other: object) -> bool:
        return self.rank < other.rank if isinstance(other, Level) else NotImplemented

    def __le__(self, other: object) -> bool:
        return self.rank <= other.rank if isinstance(other, Level) else NotImplemented

    def __gt__(self, other: object) -> bool:
        return self.rank > other.rank if isinstance(other, Level) else NotImplemented

    def __ge__(self, other: object) -> bool:
        return self.rank >= other.rank if isinstance(other, Level) else NotImplemented
