"""Check and send: what is wrong, how far the report is, what changed, where it goes, what was sent."""
