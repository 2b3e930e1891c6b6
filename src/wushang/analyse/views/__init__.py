"""The pages of 分析, one file a page."""
