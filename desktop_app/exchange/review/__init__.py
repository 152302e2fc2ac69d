"""A workbook that came back: guarded, read in a limited process, matched with the report it was made of."""
