"""What was: the history of a place, moments of the report compared, and words removed for good."""
