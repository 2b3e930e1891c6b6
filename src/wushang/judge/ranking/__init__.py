"""发生率排序: units, townships and trades by the rate that their few cases and their kind together tell, with how sure a place in the
order is. It orders visits; no level and no list follows from it (`docs/topics/shrinkage.md`)."""
