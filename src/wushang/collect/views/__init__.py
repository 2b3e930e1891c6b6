"""The pages of 收集, one file a page."""
