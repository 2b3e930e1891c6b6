"""今日待办: one page for every role."""
