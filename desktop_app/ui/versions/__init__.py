"""Newer versions of a report's form in the window: offered, shown as a plan, gone over to."""
