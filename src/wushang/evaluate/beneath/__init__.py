"""What a fall may hide (瞒报、漏报): light cases that vanish while grave ones do not, filings that come later, silence after a letter,
reports without a claim. Stands beside every claimed fall, accuses nobody, decides nothing (`statistics.suppression`)."""
