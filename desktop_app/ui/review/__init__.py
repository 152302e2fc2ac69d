"""Reviews in the window: a returned workbook looked through and brought in, and threads beside the page."""
