"""运行: does the worker come, what waits for it, what was done last, is there room on the disk — what the house records of itself."""
