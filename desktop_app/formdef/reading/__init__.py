"""How a form's folder is read: files, tables, choice lists, fields, sections, rules and texts.

Each part takes what it can use and reports the rest, so that one reading finds every mistake.
"""
