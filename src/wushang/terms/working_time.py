"""Legal working time of a year (年工作日), for rates per hours where nobody reports the hours worked.

Source: 劳社部发〔2008〕3号: 250 days (365 − 104 days of rest − 11 public holidays), 8 hours each; since 2025-01-01 two more
public holidays (国务院令第795号), hence 248. Checked 2026-11-22; the figure for 2025 follows from the number of holidays.
"""

from datetime import date

HOURS_A_DAY = 8
WORKING_DAYS = ((date(2008, 1, 1), 250), (date(2025, 1, 1), 248))  # valid from → days a year
