"""Acts on a delivery: receive, check, mend, accept, return, confirm, withdraw."""
