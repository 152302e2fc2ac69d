"""The documents people read: planned once, then written as Word file, PDF, web page or blank form.

``plan`` has the neutral blocks a document is made of, ``planning`` makes them of a report; the writers
know the blocks alone, never the report.
"""
