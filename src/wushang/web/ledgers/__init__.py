"""台账打印: injuries, warnings, deliveries, rectification; the page, the print and the file are drawn from one workbook."""
