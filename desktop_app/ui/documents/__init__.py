"""Documents in the window: their pages as readers will see them, printed, or saved as files."""
