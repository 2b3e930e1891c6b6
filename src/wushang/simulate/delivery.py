"""One delivery of a department: a sheet, the period it speaks of, and what is true of its rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import numpy as np

from wushang.simulate.sheet import Sheet


@dataclass
class Delivery:
    """A sheet on its way. `repeated` are rows that say nothing new, `lost` rows that no honest reader can take."""

    source: str
    sheet: Sheet
    first: date
    last: date
    subject: np.ndarray  # number of the injury, enterprise or hazard behind each row
    repeated: set[int] = field(default_factory=set)
    lost: set[int] = field(default_factory=set)
    footer_right: bool = True

    def __len__(self) -> int:
        return len(self.sheet.frame)
