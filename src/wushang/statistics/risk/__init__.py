"""Expected injuries of the coming months, one a firm: what its industry and size expect, its own past, and a few factors.

    expected = exposure ahead × (rate of its kind) × (own past ÷ kind) × level × factor × factor …

The first two are the shrunk rate of `statistics.shrinkage`, the baseline that the rest must beat. The own past is taken twice, from
all years and from the last one, and put together by a geometric mean; the last year's cases count with less weight where a firm has
so many that its rate would be known better than it lasts (`drift`). Each factor is a step function of one column, learnt by Poisson
boosting without interactions (Friedman 2001, Annals of Statistics 29:1189; Lou, Caruana and Gehrke 2012, KDD) and monotone where
the sense of it is known: a factor can be read, and the factors of a firm multiply to what the model says.

`learn` takes what was known at earlier days and what came afterwards; `Model.foretell` what is known today; `backtest` learns and
foretells along a line of days; `scores` says how good it was. Counts are whole numbers, exposure any unit (person-years), months are
the caller's. Nothing here knows a person.

Checked by recovering simulated truths (tests/statistics/test_risk.py), and on the public file of the United States
(`wushang bench judge.risk_ita`, docs/topics/risk.md).
"""

from wushang.statistics.risk.backtest import Tried, backtest
from wushang.statistics.risk.factors import Factor
from wushang.statistics.risk.known import Day, Past
from wushang.statistics.risk.learning import learn
from wushang.statistics.risk.model import Foretold, Model

__all__ = ["Day", "Factor", "Foretold", "Model", "Past", "Tried", "backtest", "learn"]
