"""The space-time scan: is there a place and a time in which more happened than chance puts together anywhere?

Every township with its nearest ones, for every last stretch of time, is a cylinder; the one that is most unlike the rest is
compared with the most unlike one of many drawn ledgers in which all is chance, so that having looked everywhere is paid for.

Sources: Kulldorff (1997) Comm. Stat. Theory Methods 26:1481 for the likelihood ratio; Kulldorff (2001) JRSS A 164:61 for
cylinders that still go on; Dwass (1957) for the p-value by drawing. Counts that vary more than Poisson's are drawn as they vary
(negative binomial given the total is Dirichlet-multinomial), else every restless township is a cluster. Checked: the ratio by hand, a planted cluster is found with
its townships and its weeks, and p is uniform where nothing was planted.

Cases and expected counts are arrays of regions × periods (whole numbers; any scale, it is brought to the number of cases).
"""

from wushang.statistics.scan.looking import Cluster, log_likelihood_ratio, scan
from wushang.statistics.scan.zones import nearest_first, plane, ring_by_ring, zones

__all__ = ["Cluster", "log_likelihood_ratio", "nearest_first", "plane", "ring_by_ring", "scan", "zones"]
