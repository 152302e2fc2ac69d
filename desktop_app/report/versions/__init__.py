"""What becomes of a report's answers when they are read with another version of their form."""
