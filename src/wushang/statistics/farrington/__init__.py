"""Farrington flexible: is this week's count too high for the season and the trend? Thousands of series at once.

Source: Farrington et al. (1996) JRSS A 159:547; Noufaily et al. (2013) Statistics in Medicine 32:1206. Written from the papers;
checked against R surveillance 1.20.3 (farringtonFlexible) on Salmonella agona and k1: same alarms, bounds, expected values,
dispersions and p-values (tests/statistics/test_farrington.py).

A quasi-Poisson model with a level for each part of the year and, where it is significant, a trend is fitted twice: plainly, then
with less weight on weeks that stand out (so that past outbreaks do not hide the next). Series × weeks are one batch: the weeks
before a week that it is compared with are the same for all, so one set of offsets serves. With one level for each group of
weeks the normal equations are an arrow: sums per group, and one Schur complement for the trend.
"""

from wushang.statistics.farrington.asked import Farrington
from wushang.statistics.farrington.looking import Alarms, farrington
from wushang.statistics.farrington.together import Together, two_weeks

__all__ = ["Alarms", "Farrington", "Together", "farrington", "two_weeks"]
