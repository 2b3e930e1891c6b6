"""工伤事故风险预警: the injuries to be expected of each unit in the next 3 and 12 months (`docs/topics/risk.md`).

It orders work: whom to visit first, what to look at there. No letter, no level, no list and no sanction follows from it, and it
speaks of units, never of a person.
"""
