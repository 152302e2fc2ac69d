"""The reviewers' workbook: planned, written, and read back."""
