"""数从哪来: from a figure to the facts that add up to it, from a fact to the rows of the files it came from."""
