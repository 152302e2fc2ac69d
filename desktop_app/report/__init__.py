"""What an official fills in: the report, its values, its problems and the record of every change."""
