"""评估: did the mending work? The re-check after its window (rule S0.9) is proposed here and signed by a person."""
