"""练习: ten small exercises in the practice city, about thirty minutes; each is done when its deed stands in the log."""
