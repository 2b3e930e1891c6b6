"""案卷 (一案一档): the whole record of one warning as a volume: its pieces in order, 卷内目录, one archive to take along."""
