"""An interval of plausible values (置信区间), closed at both ends."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Interval:
    """`low` to `high` at `confidence` (0.95 means 95 %)."""

    low: float
    high: float
    confidence: float = 0.95

    def __post_init__(self) -> None:
        if not self.low <= self.high:
            raise ValueError(f"the interval's low end {self.low} is not below its high end {self.high}")
        if not 0 < self.confidence < 1:
            raise ValueError(f"confidence is {self.confidence}: write a share between 0 and 1, such as 0.95")

    def __contains__(self, value: float) -> bool:
        return self.low <= value <= self.high

    @property
    def width(self) -> float:
        """high − low."""
        return self.high - self.low
