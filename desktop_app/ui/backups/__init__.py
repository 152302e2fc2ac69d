"""Backups in the window: made by themselves, seen on a page, restored from there."""
