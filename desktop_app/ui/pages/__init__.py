"""The pages of a report: one for each section, and the one to check and send."""
