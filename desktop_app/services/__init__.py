"""Use cases in plain Python: what the window and the command line both do."""
