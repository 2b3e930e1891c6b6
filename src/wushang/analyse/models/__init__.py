"""分析: what was printed from which version of the data, and how our figures were squared with those of others."""

from wushang.analyse.models.printed import Print
from wushang.analyse.models.reconciliation import Difference, Reconciliation

__all__ = ["Difference", "Print", "Reconciliation"]
