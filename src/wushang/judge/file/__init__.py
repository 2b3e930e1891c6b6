"""A policy file: its text, its tree with places, and the Pack that is read from it."""
