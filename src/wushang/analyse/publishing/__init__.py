"""用于公开: figures that leave the offices. Small cells and those that would give them away are hidden, what was published is kept, and
what a new publication would tell beside the earlier ones is refused."""

from wushang.analyse.publishing.prepared import MOST_CELLS, Prepared, prepare
from wushang.analyse.publishing.table import Table

__all__ = ["MOST_CELLS", "Prepared", "Table", "prepare"]
