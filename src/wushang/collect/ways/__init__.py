"""The ways in that no person uploads by: machine door, inbox folder, pull, hand entry. All end in the same Batch."""
