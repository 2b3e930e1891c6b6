"""数据订正: what was told on an old figure, the list, one correction with its 更正说明."""
