"""The words of the field (工伤预防): plain Python, imports nothing of ours and no Django."""
