"""分析: what was printed from which version of the data, what was made public, views that somebody keeps, and how our figures were
squared with those of others."""

from wushang.analyse.models.demonstration import Demonstration
from wushang.analyse.models.printed import Print
from wushang.analyse.models.publication import Publication
from wushang.analyse.models.reconciliation import Difference, Reconciliation
from wushang.analyse.models.view import SavedView, SentView, Subscription

__all__ = ["Demonstration", "Difference", "Print", "Publication", "Reconciliation", "SavedView", "SentView", "Subscription"]
