"""评定: what a rule says of that which is no enterprise: one case, a township, a trade, a department, the whole area."""
