"""Which column of a file is which field: what is asked, what is proposed, what a person says, how the source keeps it."""
