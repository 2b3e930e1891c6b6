"""异常提示: weekly counts of accepted injuries that stand out for their place, trade and cause. They advise people and have no
legal effect: each is verified, dismissed with a reason, or handed on (`docs/topics/detection.md`)."""
