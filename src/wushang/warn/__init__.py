"""预警: from a finding to a letter in the enterprise's hand."""
