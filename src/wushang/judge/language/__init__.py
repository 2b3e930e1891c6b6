"""The small language of a policy's `when`: read once, then a column over all units or the answer for one.

What a value that is missing (缺数) means, the same in both forms:
* arithmetic, min and max with a missing part are missing; so is a division by zero;
* a comparison with a missing side does not hold; only `x is missing` asks for it;
* there is no third truth: `not (x > 3)` holds where x is missing, so a checked pack says so (`pack_check`).
"""

from wushang.judge.language.mistake import Mistake
from wushang.judge.language.read import read, read_number
from wushang.judge.language.tree import Condition, Kind

__all__ = ["Condition", "Kind", "Mistake", "read", "read_number"]
