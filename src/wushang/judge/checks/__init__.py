"""The checks of a pack, one kind a file; `wushang.judge.check` runs them all."""
