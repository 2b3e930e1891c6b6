"""Shrunk rates (收缩): what a firm's own few cases say, together with what is known of its industry and size.

A firm's cases are Poisson with mean rate × exposure, its rate is gamma about the mean of its industry × size: so the counts are
negative binomial, and what is known of a rate afterwards is gamma again. `fit` finds the prior from all firms at once (`levels`
from the coarse to the fine), `posterior` the rates, `ranking` who stands how high and how sure that is, `small` puts the firms
too small to be ranked together by industry.

Counts are whole numbers, exposure is any unit above zero (person-years, 1,000 hours), a rate is cases per that unit.

Sources: Robbins (1956); Clayton and Kaldor (1987) Biometrics 43:671 for gamma–Poisson; Bühlmann and Straub (1970), Jewell (1975)
for the cells of a hierarchy; Goldstein and Spiegelhalter (1996) JRSS A 159:385 for ranks with their uncertainty.
Checked on the motor claims of Efron and Hastie (2016), Computer Age Statistical Inference, table 6.1 (shape 0.702, scale 0.306
and the seven shrunk rates), and on simulated cities: `docs/topics/shrinkage.md`.
"""

from wushang.statistics.shrinkage.fitting import Prior, fit
from wushang.statistics.shrinkage.posterior import Posterior, posterior
from wushang.statistics.shrinkage.ranking import Ranks, in_top, ranks, tie_bands
from wushang.statistics.shrinkage.small import Pooled, pool_small

__all__ = ["Pooled", "Posterior", "Prior", "Ranks", "fit", "in_top", "pool_small", "posterior", "ranks", "tie_bands"]
