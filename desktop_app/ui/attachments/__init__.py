"""Files that go with answers and rows: shown, attached, opened and saved."""
