"""The report file: SQLite, its lock, its format and its log. The only place that speaks SQL."""
