"""One cell: from what a clerk typed to a value, a whole column at a time."""
