"""A list of actions on a page: rows shown as laid-out text, exactly one being edited."""
