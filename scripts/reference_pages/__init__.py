"""What scripts/reference.py writes: one file for each page of docs/reference/."""
