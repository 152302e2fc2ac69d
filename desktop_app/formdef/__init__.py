"""What a form is: sections, goals, lists, fields and rules, read from TOML. Forms are data."""
