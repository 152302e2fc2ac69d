"""One editor for each field type, all with one contract: they show an answer and tell what the user edits."""
