"""Mathematics only: numbers in, numbers out. Knows neither Django nor a table."""
