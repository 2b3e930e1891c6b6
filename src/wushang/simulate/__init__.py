"""An invented city, written as the files that departments really send, with its truth beside it."""
