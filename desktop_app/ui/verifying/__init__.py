"""What a package is worth, in the window: intact or not, signed by whom, newer or older than what is open."""
