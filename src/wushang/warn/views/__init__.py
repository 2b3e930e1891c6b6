"""预警办理 pages: the list, one warning from top to bottom, papers, 待发箱, inbox, ledgers, the door behind a QR code."""
