"""The tables of 收集: what came in, what waits to be mended, how it came."""

from wushang.collect.models.batch import Batch, QuarantinedRow, SourceVersion, said
from wushang.collect.models.pull import Pull, PullRun
from wushang.collect.models.reporting import DueRule, Urge
from wushang.collect.models.settling import Settling
from wushang.collect.models.ways import Arrival, Drop, Request, Series

__all__ = [
    "Arrival",
    "Batch",
    "Drop",
    "DueRule",
    "Pull",
    "PullRun",
    "QuarantinedRow",
    "Request",
    "Series",
    "Settling",
    "SourceVersion",
    "Urge",
    "said",
]
